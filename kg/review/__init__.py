"""What a person decides: `questions` that the rules leave open, and the `ledger` of verdicts as a file to edit.

In comes a store, out come its open questions, the most telling first; back come judgements, which are kept in the store
with who decided and when, and of which the last one counts.
"""
