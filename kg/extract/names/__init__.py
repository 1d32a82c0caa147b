"""Names of a text, and all other mentions: the model's names, corrected by what stands beside them.

In comes the reading with the names that the model found; out come `mentions`, complete before any claim is read.
`passes` is the table, in its order: what is recognised, `acronyms` and repeated names, `appositions` and titles,
`firms`, `birth_names`, `positions` in sports, `metonymy` ("Berlin" that acts), `loose_appositions`.
"""
