"""The version of kg, which the package, the runs in a store and the RDF of it tell."""

__version__ = "0.1.0"
