"""Between kg and the machine: files written whole, processes that end in time, memory, the log, XML.

Nothing here knows of texts or graphs; every other room may stand on it.
"""
