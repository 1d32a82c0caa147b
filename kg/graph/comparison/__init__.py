"""Two graphs compared: what last week's has of today's, and what came, went and changed.

In come two graphs, out comes a `difference` of plain records: documents, entities and facts that are new, gone, merged,
split, renamed or changed. Who is who between the two is told by `links`, which fact is which by `facts`.
"""
