"""What pronouns and common nouns refer to: candidates, the clues for each, and the choice."""
