"""A graph with roles, by hand: a handing over with a recipient and a place, and what has no object.

It holds what a graph of roles can differ in: the same place with two prepositions, a text in a role, a role of the
subject itself, one with the preposition alone to tell two facts apart, and the same fact in two years.
"""

from __future__ import annotations

from dataclasses import replace

from small_graph import argument, predicate, span

from kg.knowledge_graph import KnowledgeGraph
from kg.records import Claim, Document, Entity, Extraction, Fact, FactRole, Literal, Mention, Role, Time

TEXT = Document(
    "werft.txt",
    "Henrik Saller übergab Nele Prinz am 4. Mai 2024 in Stade die Schlüssel. Das Lager brannte aus. "
    "Saller sprach vor dem Rathaus. Prinz sprach 2023 über die Elbe, laut Kurt Amend.",
    date="2024-05-06",
)


def role(name: str, preposition: str, text: str, type: str = "", value: str = "", after: str = "") -> Role:
    """A role of a claim: a thing of that type, or the text `value`."""
    found = span(TEXT, text, after)
    literal = Literal(found.start, found.end, found.text, value)
    return Role(name, preposition, literal if value else argument(TEXT, text, type, after))


def time(text: str, date: str) -> Time:
    found = span(TEXT, text)
    return Time(found.start, found.end, found.text, date, date)


HANDED = Claim(
    TEXT.id,
    span(TEXT, "Henrik Saller übergab Nele Prinz am 4. Mai 2024 in Stade die Schlüssel."),
    argument(TEXT, "Henrik Saller", "Person"),
    predicate(TEXT, "übergeben", "kgp:übergeben", "übergab"),
    argument(TEXT, "die Schlüssel", "Concept"),
    time=time("am 4. Mai 2024", "2024-05-04"),
    roles=(role("recipient", "", "Nele Prinz", "Person"), role("place", "in", "Stade", "Place")),
)
BURNT = Claim(
    TEXT.id,
    span(TEXT, "Das Lager brannte aus."),
    argument(TEXT, "Das Lager", "Concept"),
    predicate(TEXT, "ausbrennen", "kgp:ausbrennen", "brannte", "aus", after="brannte"),
    None,
)
SPOKE = Claim(
    TEXT.id,
    span(TEXT, "Saller sprach vor dem Rathaus."),
    argument(TEXT, "Saller", "Person", after="aus. "),
    predicate(TEXT, "sprechen", "kgp:sprechen", "sprach"),
    None,
    roles=(role("place", "vor", "dem Rathaus", value="Rathaus"),),
)
TOLD = Claim(
    TEXT.id,
    span(TEXT, "Prinz sprach 2023 über die Elbe, laut Kurt Amend."),
    argument(TEXT, "Prinz", "Person", after="Rathaus. "),
    predicate(TEXT, "sprechen", "kgp:sprechen", "sprach", after="Prinz sprach"),
    None,
    speaker=argument(TEXT, "Kurt Amend", "Person"),
    time=time("2023", "2023"),
    roles=(role("topic", "über", "die Elbe", "Place"),),
)
CLAIMS = (HANDED, BURNT, SPOKE, TOLD)


def _mention(text: str, type: str, form: str = "named", after: str = "") -> Mention:
    found = span(TEXT, text, after)
    return Mention(TEXT.id, found.start, found.end, found.text, form, type, found.text)


MENTIONS = tuple(
    sorted(
        (
            _mention("Henrik Saller", "Person"),
            _mention("Nele Prinz", "Person"),
            _mention("Stade", "Place"),
            _mention("die Schlüssel", "Concept", "nominal"),
            _mention("Das Lager", "Concept", "nominal"),
            _mention("Saller", "Person", after="aus. "),
            _mention("Prinz", "Person", after="Rathaus. "),
            _mention("die Elbe", "Place"),
            _mention("Kurt Amend", "Person"),
        )
    )
)
EXTRACTION = Extraction(MENTIONS, CLAIMS)


def _entity(id: str, type: str, label: str, *texts: str) -> Entity:
    own = tuple(mention for mention in MENTIONS if mention.text in (label, *texts))
    return Entity(id, type, label, named=type != "Concept", mentions=own)


ENTITIES = (
    _entity("Elbe", "Place", "Elbe", "die Elbe"),
    _entity("Henrik_Saller", "Person", "Henrik Saller", "Saller"),
    _entity("Kurt_Amend", "Person", "Kurt Amend"),
    _entity("Lager", "Concept", "Lager", "Das Lager"),
    _entity("Nele_Prinz", "Person", "Nele Prinz", "Prinz"),
    _entity("Schlüssel", "Concept", "Schlüssel", "die Schlüssel"),
    _entity("Stade", "Place", "Stade"),
)
TO_PRINZ, IN_STADE = FactRole("recipient", "", "Nele_Prinz"), FactRole("place", "in", "Stade")
DAY = {"since": "2024-05-04", "until": "2024-05-04"}
_HANDED = Fact(
    "a1", "Henrik_Saller", "kgp:übergeben", "übergeben", "Schlüssel",
    **DAY, claims=(HANDED,), roles=(IN_STADE, TO_PRINZ),
)  # fmt: skip
FACTS = (
    _HANDED,
    replace(_HANDED, id="a2", since="2019", until="2019"),
    Fact("b1", "Lager", "kgp:ausbrennen", "ausbrennen", "", claims=(BURNT,)),
    Fact(
        "c1", "Henrik_Saller", "kgp:sprechen", "sprechen", "",
        claims=(SPOKE,), roles=(FactRole("place", "vor", value="Rathaus"),),
    ),
    Fact(
        "c2", "Henrik_Saller", "kgp:sprechen", "sprechen", "",
        claims=(SPOKE,), roles=(FactRole("place", "hinter", value="Rathaus"),),
    ),
    Fact(
        "d1", "Nele_Prinz", "kgp:sprechen", "sprechen", "", speaker="Kurt_Amend", since="2023", until="2023",
        claims=(TOLD,),
        roles=(FactRole("partner", "mit", "Nele_Prinz"), FactRole("place", "bei", "Stade"), IN_STADE,
               FactRole("topic", "über", "Elbe")),
    ),
)  # fmt: skip


def handing_over() -> KnowledgeGraph:
    """One document, seven entities, six facts of which two are the same direct triple."""
    return KnowledgeGraph((TEXT,), ENTITIES, FACTS, CLAIMS)
