"""Clauses: a verb with its arguments, its `predicates` as words and property, its date, how far it commits itself.

In comes a mended tree with its mentions; out come clauses (`clauses`, with `participles`, `predicatives`,
`joined_clauses`), what their verbs are called (`verb_lemmas`, `predicates`), when they hold (`dating`,
`terms_of_office`), and how firmly: `modality` asks `modal_verbs` and `joined_clauses`.
"""
