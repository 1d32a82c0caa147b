"""The graph as data: entities and claims → facts, and what may be asked, filtered and drawn of them.

`graph` gathers claims into facts; `matching` is what a typed name means; `filters` make smaller graphs; `periods` say
when a fact holds; `labels` and `styling` are how it reads and looks; `network` has it as nodes and edges, `layout`
where these stand; `cooccurrence` is another network, of who is named together.
"""
