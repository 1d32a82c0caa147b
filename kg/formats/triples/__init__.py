"""RDF files: one module for each format that is written, and `reading` for all that pyoxigraph parses.

`lengths` and `nesting` hold what is written and read to what can be read again.
"""
