"""The reader: one small transformer that tags, parses and finds names, as a component of a spaCy pipeline."""
