"""Graphs for people: `cards`, `differences` and `stats` as text, a `picture`, tables (`frames`), a `notebook`, the
`explorer`.

In comes a graph, out comes what a person reads: on a terminal, in pandas, beside a cell of a notebook, or as one page
that works offline. How facts and edges are called is `kg.graph.labels`, for all of them alike.
"""
