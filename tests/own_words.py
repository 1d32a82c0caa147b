"""A newspaper's own relations and classes, as a file for `kg build --relations`, and a text that says one of them."""

from __future__ import annotations

SPACE = "https://zeitung.example/begriffe#"
OWN = f"""
[prefixes]
z = "{SPACE}"

[[relation]]
iri = "z:sponsors"
label = {{ de = "gibt Geld an", en = "sponsors" }}
nouns = ["Hauptsponsor"]
verbs = ["bezuschussen"]
domain = ["Person", "Organization"]

[[relation]]
iri = "kg:supports"
verbs = ["beistehen"]

[[class]]
iri = "z:Sponsoring"
label = {{ de = "Sponsoring", en = "sponsoring" }}
broader = "kg:Support"
verbs = ["bezuschussen", {{ verb = "werben", with = ["für"] }}]

[[class]]
iri = "kg:Conflict"
verbs = ["sich kabbeln"]
"""
TEXT = "Der Konzern Krauss bezuschusst den FC Lindau. Angela Merkel besuchte Paris."
# The labels of an entry, for one that needs some.
LABEL = 'label = { de = "a", en = "b" }\n'
