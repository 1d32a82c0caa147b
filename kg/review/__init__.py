"""What a person decides: `questions` that the rules leave open, and the `ledger` of verdicts as a file to edit."""
