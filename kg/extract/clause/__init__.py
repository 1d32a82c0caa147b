"""Clauses: a verb with its arguments, its `predicates` as words and property, its date, how far it commits itself."""
