"""From texts to a store that holds what they say: made anew, changed, or one that loses some of its documents.

In: documents (`kg.sources`), and a store that may be there. Out: a store with what was read of them. `reading` reads
only what the store does not have, `keeping` says what else of it stays; `workfile` is the file that all is written to.
"""
