"""Questions to a parsed sentence: its `arguments`, and what agrees; TIGER trees as UD trees.

In comes a Doc, out come answers about words and their neighbours: `arguments`, `agreement`, `negation`, `numbers`,
`comparison`, `particles`. `tiger` makes a UD tree of another scheme, `edits` are the only verbs by which a
tree is changed, and `soundness` sees that it stays one.
"""
