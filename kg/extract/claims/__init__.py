"""Claims from all that was found in a document, each with its evidence and how sure it is.

In come the reading, its mentions, clauses and voices (`names`, `clause`, `speech`); out come its claims.
`propositions` collects what is said, in this order: `anaphora` finds the words that stand for others, `verbal` reads
each clause – `agents` say who acts, `role_fillers` and `complements` what stands beside, `nonarguments` what takes no
part –, `verb_object_relations` types it, `confidence` weighs how sure it is and what it risks, `claims` makes the
records, in the order of the text.
"""
