"""Who says so: verbs of saying, source phrases ("laut Polizei"), and what becomes of a clause between them.

In come sentences with their clauses (`sentences`) and quotations; out comes a voice for each clause, or none.
`attribution` asks in this order: `direct_speech`, `reporting_clauses`, `source_phrases` and `citations`, `konjunktiv`;
`factuality` says what is left of a modality and a polarity behind a voice.
"""
