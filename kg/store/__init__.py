"""One SQLite file that keeps documents with the mentions and claims found in them, as they were found.

`store` is the file with its verbs, `tables` its rows, which `checked` hands out; `resolved` keeps in it which entities
and facts follow from these, so that a question for one name reads what is said of that name alone; `absent` tells which
documents it does not have, and why. `header`, `sqlite`, `neighbours` and `locking` look after the file, `damage` tells
what is wrong with it.
"""
