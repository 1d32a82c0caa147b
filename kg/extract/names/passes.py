"""How the names of a document are found: one list of passes, each for one thing that tells a name.

The first pass to claim a token keeps it, so the order is the order of trust: an acronym that its long form explains,
then what the entity recogniser found with what German orthography adds to it, then names found once wherever their
words stand again. The types come last, when all places of a name can vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from kg.extract.names import appositions
from kg.extract.names.acronyms import find_distant_forms, find_long_forms
from kg.extract.names.appositions import Name
from kg.extract.names.birth_names import with_birth_names
from kg.extract.names.firms import with_legal_form, with_trade, without_legal_form
from kg.extract.names.metonymy import with_teams
from kg.extract.names.names import parts, quoted, recognised, repeated, with_particles
from kg.extract.reading import Reading
from kg.extract.table import Pass

FoundNames: TypeAlias = tuple[Name, ...]
Finder: TypeAlias = Callable[..., Iterable[Name]]


class Cover:
    """Names that do not overlap: the first to claim a token keeps it."""

    def __init__(self, size: int) -> None:
        """Start without names, for a text of `size` tokens."""
        self.names: list[Name] = []
        self.taken = [False] * size

    def add(self, names: Iterable[Name]) -> Cover:
        """Add those of some names that claim no token of another, and return the cover itself."""
        for name in names:
            tokens = range(name.first, name.last + 1)
            if name.text and not any(self.taken[i] for i in tokens):
                self.names.append(name)
                for i in tokens:
                    self.taken[i] = True
        return self


def _organization(reading: Reading, first: int, last: int) -> Name:
    """The name of an organisation from a first to a last token."""
    return Name(first, last, "Organization", reading.doc[first : last + 1].text)


def _long_forms(reading: Reading) -> tuple[FoundNames, Cover]:
    """Long forms with their acronyms as names of organisations, and the cover that holds them: "… (BSI)"."""
    pairs = [(_organization(reading, *long), _organization(reading, i, i)) for long, i in find_long_forms(reading)]
    found = Cover(len(reading.doc)).add(name for pair in pairs for name in pair)
    return tuple(found.names), found


def _distant_forms(reading: Reading, found: Cover) -> Cover:
    """Long forms that stand apart from an acronym found before, added to the cover: "Verband kommunaler …" for VKW."""
    acronyms = {name.text for name in found.names if name.type == "Organization" and name.text.isupper()}
    return found.add([_organization(reading, *place) for place in find_distant_forms(reading.doc, acronyms)])


def _types(reading: Reading, found: Cover) -> Mapping[str, str]:
    """Each name's text → its type: most of its places tell it, and nouns before it go before them."""
    return _voted(found.names) | appositions.told_by_nouns(reading.doc, found.names)


def _voted(names: Iterable[Name]) -> dict[str, str]:
    """Each name's text → the type it has most often in this document; "Thing" only where there is no other."""
    votes: dict[str, Counter[str]] = {}
    for name in names:
        votes.setdefault(name.text, Counter())[name.type] += 1
    for text in [text for text in votes if text.endswith("s") and text[:-1] in votes]:  # "Kenias" is Kenia
        votes[text] += votes[text[:-1]]
    return {
        text: min(counts, key=lambda type_: (type_ == "Thing", -counts[type_], type_)) for text, counts in votes.items()
    }


def _settled(reading: Reading, found: Cover) -> FoundNames:
    """All names in text order, each with the type that was settled for its text."""
    types = _types(reading, found)
    settled = {replace(name, type=types.get(name.text, name.type)) for name in found.names}
    return tuple(sorted(appositions.with_numeral(reading.doc, name) for name in settled))


def _birth_names(reading: Reading, names: FoundNames) -> FoundNames:
    """All names in text order, birth names with the first name of the person before them: "geborene Kern"."""
    return tuple(sorted(with_birth_names(reading.doc, names)))


def _teams(reading: Reading, names: FoundNames) -> FoundNames:
    """All names in text order, places that play as organisations: "Köln" in a sports report."""
    return tuple(sorted(with_teams(reading.doc, names)))


def _adding(name: str, phenomenon: str, example: str, find: Finder, needs: tuple[str, ...] = ("reading",)) -> Pass:
    """A pass that adds to the names found before those that `find` yields from what it needs besides."""

    def add(found: Cover, *given: object) -> Cover:
        """The cover with the names that the finder yields."""
        return found.add(list(find(*given)))

    return Pass(name, phenomenon, ("found", *needs), ("found",), example, add)


_BY_RECOGNISER = ("reading", "recognised")

PASSES = (
    Pass(
        "long forms",
        "Abkürzung: an acronym in brackets and the long form before it",
        ("reading",),
        ("long forms", "found"),
        "Das Bundesamt für Sicherheit in der Informationstechnik (BSI) warnt.",
        _long_forms,
    ),
    Pass(
        "recognised",
        "named entities, trimmed to the name: no article, no title, no quotation mark",
        ("reading",),
        ("recognised",),
        "Angela Merkel besuchte Paris.",
        lambda reading: tuple(recognised(reading)),
    ),
    _adding(
        "particles",
        "surnames with a particle: zu, von, zur",
        "Felix zur Nieden warnt. Das sagte zur Nieden.",
        with_particles,
        _BY_RECOGNISER,
    ),
    _adding(
        "firms",
        "a firm under less than its whole name",
        "Die Nordhafen Logistik AG wächst. Nordhafen Logistik baut.",
        lambda reading, names, long: without_legal_form(reading, (*names, *long)),
        (*_BY_RECOGNISER, "long forms"),
    ),
    _adding(
        "towns",
        "enge Apposition: a town with its river",
        "Er wohnt in Halle (Saale).",
        lambda reading, names: appositions.towns(reading.doc, names),
        _BY_RECOGNISER,
    ),
    _adding(
        "institutions",
        "enge Apposition: a noun that makes something else of a place",
        "Er klagte vor dem Landgericht Mannheim.",
        lambda reading, names: appositions.institutions(reading.doc, names),
        _BY_RECOGNISER,
    ),
    _adding(
        "quoted adjectives",
        "an adjective within quotation marks belongs to the name",
        "Die Häfen an der „neuen Seidenstraße“ wachsen.",
        lambda reading, names: appositions.with_quoted_adjectives(reading.doc, names),
        _BY_RECOGNISER,
    ),
    _adding(
        "trades",
        "a firm by the plural of a trade at its end",
        "Den Umbau plant das Büro Lang Hofer Architekten.",
        lambda reading, names: with_trade(reading.doc, names),
        _BY_RECOGNISER,
    ),
    _adding(
        "entities",
        "named entities that are part of no longer name",
        "Angela Merkel besuchte Paris.",
        lambda names: names,
        ("recognised",),
    ),
    _adding("legal forms", "a firm by its legal form", "Gestern baute die Vektra GmbH.", with_legal_form),
    _adding("quoted", "a title in quotation marks", "Die Plattform „Frag den Staat“ half.", quoted),
    _adding(
        "introduced",
        "enge Apposition: a name that a noun of its kind introduces",
        "Die Lernplattform Lernraum wächst.",
        lambda reading: appositions.introduced(reading.doc),
    ),
    Pass(
        "distant forms",
        "Abkürzung: a long form that stands apart from its acronym",
        ("reading", "found"),
        ("found",),
        "Hilfe kam vom VKW. Der Verband kommunaler Wasserbetriebe hatte gewarnt.",
        _distant_forms,
    ),
    Pass(
        "known names",
        "the type that most places of a name, or the nouns before it, tell",
        ("reading", "found"),
        ("known names",),
        "Sören Link warnt.",
        _types,
    ),
    Pass(
        "repeated and parts",
        "a name wherever its words stand again, and as first part of a compound (Kompositum)",
        ("reading", "known names", "found"),
        ("found",),
        "Die DVV baut. Ein DVV-Sprecher sagte es.",
        lambda reading, known, found: found.add([*repeated(reading, known, found.taken), *parts(reading, known)]),
    ),
    Pass(
        "types",
        "one name, one type: all its places vote",
        ("reading", "found"),
        ("names",),
        "Vektra baut. Am Montag warnte Vektra. Wir sahen Vektra.",
        _settled,
    ),
    Pass(
        "teams",
        "Metonymie: a place that plays is its team",
        ("reading", "names"),
        ("names",),
        "In der Bundesliga freute sich der Torhüter über den Sieg gegen Hamburg.",
        _teams,
    ),
    Pass(
        "birth names",
        "Geburtsname: a surname behind „geborene“ or „geb.“, with the first name of whom it was",
        ("reading", "names"),
        ("names",),
        "Eva Horn, geborene Kern, leitet die Klinik.",
        _birth_names,
    ),
)
