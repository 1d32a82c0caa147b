"""German without spaCy: nouns and what they tell, words of origin, verbs, prepositions, acronyms, words as typed.

Word lists are data (.toml) beside the one module that owns them. In: words as text; out: what the language says of
them.
"""
