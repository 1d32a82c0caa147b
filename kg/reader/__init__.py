"""The reader: one small transformer that tags, parses and finds names, as a component of a spaCy pipeline.

In come words, out come their tags, features, lemmas, names and trees. `pipeline` loads what is wanted; `component` is
what spaCy calls; `pieces` cuts words for the `net`, whose scores `decode` turns into trees and names, and `lemmas` into
lemmas; `tokens` has the sets of labels that everybody asks for.
"""
