"""Graphs for people: `cards` and `stats` as text, a `picture`, tables (`frames`), a `notebook`, the `explorer`."""
