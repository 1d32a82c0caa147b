"""German without spaCy: nouns and what they tell, verbs, auxiliaries, prepositions, acronyms, words as one types them.

Word lists are data (.toml) beside the one module that owns them. In: words as text; out: what the language says of
them.
"""
