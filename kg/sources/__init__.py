"""Anything → Document: files, folders, pages, JSON lines, tables; and gazetteers → Listed.

`inputs` finds what is named, `documents` reads it by its kind (`pages` HTML, `sheets` tables, `frames` pandas),
`fields` makes the Document; what cannot be read is `leftout`, which costs nothing else.
"""
