"""What pronouns and common nouns refer to: candidates, the clues for each, and the choice.

In come the mentions of one document in the order of the text, out come judgements for those that stand for others:
`candidates` are who was named so far, `clues` speak for and against each, `reference` chooses or leaves it open;
`things` and `anchors` are the nouns that a whole text has one of.
"""
