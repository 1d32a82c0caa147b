"""Files for Gephi and other tools that draw networks: GEXF and GraphML, with places, sizes and colours of `drawing`."""
