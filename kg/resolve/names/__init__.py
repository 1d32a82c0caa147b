"""Which names are one: spellings, acronyms, firms, persons, and the lists that know them.

In come mentions with names, out come judgements that two are the same, each with a reason and a score: `names` makes
keys of them, `spelling`, `acronyms` and `renamed` tell other forms, `people` and `firms` what kinds of names may share,
`generic` what is no name alone, `lists` what a gazetteer knows.
"""
