"""Files for Gephi and other tools that draw networks: GEXF and GraphML, with places, sizes and colours of `drawing`.

In comes a graph with how much of it is to be drawn, out comes a stream: `drawing` gives nodes and edges with their
attributes, `graphml` and `gexf` write them as they come.
"""
