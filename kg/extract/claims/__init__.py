"""Claims from all that was found in a document, each with its evidence and how sure it is."""
