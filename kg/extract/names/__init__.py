"""Names of a text, and all other mentions: the model's names, corrected by what stands beside them."""
