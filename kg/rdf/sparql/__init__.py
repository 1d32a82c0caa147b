"""Triples to ask: a `dataset`, the `query` over it, and its `results` as text.

A query is tried out (`rehearsal`) and `rewriting` makes it what pyoxigraph answers well; `unknown_terms` says which of
its names the graph lacks; `prepared` queries come with kg.
"""
