"""Trees as the extraction wants them: one list of `passes`, each for one phenomenon."""
