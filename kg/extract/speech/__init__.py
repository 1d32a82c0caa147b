"""Who says so: verbs of saying, source phrases ("laut Polizei"), and what becomes of a clause between them."""
