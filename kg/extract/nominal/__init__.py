"""What nouns say without a verb: roles and affiliations, events, relations, offices."""
