"""Which names are one: spellings, acronyms, firms, persons, and the lists that know them."""
