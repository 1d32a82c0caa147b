"""One SQLite file that keeps documents with the mentions and claims found in them, as they were found.

`store` is the file with its verbs, `tables` its rows; `header`, `sqlite`, `neighbours` and `locking` look after the
file, `damage` tells what is wrong with it.
"""
