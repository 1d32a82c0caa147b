"""The vocabulary: prefixes, the class of each entity type, and which words say which relation.

"Felix zur Nieden, Sprecher der DVV" says kg:spokespersonFor, because `relations.toml` lists the noun "Sprecher".
IRIs are compact ("org:headOf") everywhere but in output; `expand` makes them whole under a base IRI. Those of a user's
own file (`kg build --relations`, see `kg.ontology.user_vocabulary`) are whole everywhere, as no prefix of ours fits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote

from kg.errors import KgError
from kg.records import ROLES
from kg.system.characters import plain
from kg.system.files import read_table

_Given = ParamSpec("_Given")
_Table = TypeVar("_Table")

DEFAULT_BASE = "https://kg.example/"

BASE_IRI = re.compile(r"https?://[\w.-]+(:\d+)?/([\w\-.~@/]*/)?")
"""What the IRIs of a graph may begin with. Parts are appended to it, one with a fragment, so it ends in a slash."""

_FOREIGN = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Ours, below the base IRI: vocabulary, open predicates, and one space per kind of record.
_OWN = {
    "kg": "ontology#",
    "kga": "annotation/",
    "kgc": "claim/",
    "kgd": "document/",
    "kge": "entity/",
    "kgf": "fact/",
    "kgm": "mention/",
    "kgo": "membership/",
    "kgp": "predicate/",
    "kgr": "run/",
    "kgs": "span/",
}

AGENTS = ("Person", "Organization")
"""The types of what can act and speak for itself."""

CLASSES: Mapping[str, str] = {
    "Agreement": "kg:Agreement",
    "Concept": "skos:Concept",
    "Event": "schema:Event",
    "Organization": "schema:Organization",
    "Person": "schema:Person",
    "Place": "schema:Place",
    "Product": "schema:Product",
    "Role": "org:Role",
    "Thing": "schema:Thing",
    "Work": "schema:CreativeWork",
}
"""The RDF class of each of `records.TYPES`."""

TYPE_LABELS: Mapping[str, tuple[str, str]] = {
    "Agreement": ("Vereinbarung", "agreement"),
    "Concept": ("Begriff", "concept"),
    "Event": ("Ereignis", "event"),
    "Organization": ("Organisation", "organisation"),
    "Person": ("Person", "person"),
    "Place": ("Ort", "place"),
    "Product": ("Produkt", "product"),
    "Role": ("Rolle", "role"),
    "Thing": ("Sache", "thing"),
    "Work": ("Werk", "work"),
}
"""German and English label of each type."""

_OF_SCHEMA = {"recipient": "schema:recipient", "place": "schema:location", "instrument": "schema:instrument"}

ROLE_PROPERTIES: Mapping[str, str] = {role: _OF_SCHEMA.get(role, f"kg:{role}") for role in ROLES}
"""The property that leads from a fact to what has a role in it: schema.org's of an Action where it says the same."""

ROLE_LABELS: Mapping[str, tuple[str, str]] = {
    "schema:recipient": ("Empfänger", "recipient"),
    "schema:location": ("Ort", "place"),
    "schema:instrument": ("Mittel", "instrument"),
}
"""German and English label of the properties of roles that are not ours; ours have theirs in `kg.ttl`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is finer than a type: a company among the organisations, with its RDF class and its labels.

    `names` are of that kind wherever they stand: groups of names for the same, its label first ("Vereinigte Staaten",
    "USA"). `legal_forms` end the names of such organisations.
    """

    type: str
    name: str
    class_: str
    de: str
    en: str
    names: tuple[tuple[str, ...], ...] = ()
    legal_forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Relation:
    """A property and the words that say it; `domain` and `range` are entity types, empty for any.

    `exact` tells that no compound of the nouns says it: "Fraktionschef" is not the Chef of the party. `told_by_noun`
    tells that an edge reads by the noun that says it: "Gouverneur" says more than "hat eine Funktion bei".
    """

    iri: str
    de: str
    en: str
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    passives: tuple[str, ...] = ()
    exact: bool = False
    told_by_noun: bool = False
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()

    def fits(self, subject: str, object: str) -> bool:
        """Whether the relation may hold between two types; a Thing may turn out to be anything.

        >>> relation("org:headOf").fits("Person", "Organization")
        True
        >>> relation("org:headOf").fits("Person", "Concept")
        False
        """
        ends = ((subject, self.domain), (object, self.range))
        return all(not allowed or type_ in allowed or type_ == "Thing" for type_, allowed in ends)


@dataclass(frozen=True, slots=True)
class Usage:
    """One verb or idiom of a class of verbs, and what has to stand beside it for it to mean that.

    `with_` are the prepositions of which one leads a role ("ziehen nach"), `subject` and `object` the types that these
    may have; empty for any.
    """

    verb: str
    with_: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VerbClass:
    """Verbs of one kind: "kaufen", "erwerben" and "ersteigern" are schema:BuyAction.

    `broader` is the IRI of the class above it, else "": what is a kg:Attack is a kg:Conflict too.
    """

    iri: str
    de: str
    en: str
    usages: tuple[Usage, ...] = ()
    broader: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What somebody's own file adds to ours; `text` is that file. There is one object for each text."""

    text: str = ""
    relations: tuple[Relation, ...] = ()
    classes: tuple[VerbClass, ...] = ()

    @property
    def mark(self) -> str:
        """What it changes in the reading of texts, in short; "" for nothing. Classes are asked for later."""
        return hashlib.sha256(repr(self.relations).encode()).hexdigest() if self.relations else ""


OURS = Vocabulary()
"""The vocabulary that adds nothing."""

_spoken = ContextVar("vocabulary", default=OURS)


@contextmanager
def speaking(vocabulary: Vocabulary) -> Iterator[None]:
    """Read texts with the words of a vocabulary inside this block; another thread has its own."""
    before = _spoken.set(vocabulary)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Vocabulary:
    """The vocabulary that texts are read with at the moment."""
    return _spoken.get()


def per_vocabulary(function: Callable[_Given, _Table]) -> Callable[_Given, _Table]:
    """As `functools.cache`, for what is made of `relations()`: a user's own vocabulary has other tables than ours.

    Only positional arguments, as all tables have.
    """
    made: dict[tuple[Any, ...], _Table] = {}

    @wraps(function)
    def cached(*args: _Given.args, **named: _Given.kwargs) -> _Table:
        assert not named
        key = (_spoken.get(), *args)
        if key not in made:
            made[key] = function(*args, **named)
        return made[key]

    return cached


@cache
def kinds() -> Mapping[tuple[str, str], Kind]:
    """All kinds of `kinds.toml`, by type and name.

    >>> kinds()["Organization", "party"].class_
    'schema:PoliticalParty'
    """
    found = (
        Kind(
            type=k["type"],
            name=k["name"],
            class_=k["class"],
            de=k["label"]["de"],
            en=k["label"]["en"],
            names=tuple((n,) if isinstance(n, str) else tuple(n) for n in k.get("names", ())),
            legal_forms=frozenset(k.get("legal_forms", ())),
        )
        for k in _read("kinds.toml")["kind"]
    )
    return {(kind.type, kind.name): kind for kind in found}


def _read(name: str) -> dict[str, Any]:
    return read_table(__package__, name)


@per_vocabulary
def relations() -> tuple[Relation, ...]:
    """All relations: those of the vocabulary that is spoken, then those of `relations.toml`, in their order."""
    return (*spoken().relations, *our_relations())


@cache
def our_relations() -> tuple[Relation, ...]:
    """The relations of `relations.toml`."""
    return tuple(map(relation_of, _read("relations.toml")["relation"]))


def relation_of(entry: Mapping[str, Any]) -> Relation:
    """A [[relation]] table as a relation."""
    lists = ("nouns", "verbs", "passives", "domain", "range")
    return Relation(
        iri=entry["iri"],
        de=entry["label"]["de"],
        en=entry["label"]["en"],
        exact=entry.get("exact", False),
        told_by_noun=entry.get("told_by_noun", False),
        **{key: tuple(entry.get(key, ())) for key in lists},
    )


@cache
def _by_iri(vocabulary: Vocabulary) -> Mapping[str, Relation]:
    return {relation.iri: relation for relation in (*vocabulary.relations, *our_relations())}


def relation(iri: str, vocabulary: Vocabulary = OURS) -> Relation | None:
    """The relation with that IRI, of ours or of a graph's vocabulary; None for an open predicate ("kgp:warnen_vor")."""
    return _by_iri(vocabulary).get(iri)


def check_base(base_iri: str) -> None:
    """Raise KgError for what the IRIs of a graph cannot begin with."""
    if not BASE_IRI.fullmatch(base_iri):
        raise KgError(f"{base_iri}: no base IRI; pass an absolute one that ends in a slash, such as {DEFAULT_BASE}")


def prefixes(base_iri: str = DEFAULT_BASE) -> dict[str, str]:
    """Prefix → namespace, sorted; our own move with the base IRI.

    >>> prefixes("https://example.org/")["kg"]
    'https://example.org/ontology#'
    """
    own = {prefix: base_iri + path for prefix, path in _OWN.items()}
    return dict(sorted((_FOREIGN | own).items()))


def expand(compact: str, base_iri: str = DEFAULT_BASE) -> str:
    """The whole IRI of a compact one; what the local part may not hold is percent-encoded, umlauts stay.

    >>> expand("kge:Sören_Link")
    'https://kg.example/entity/Sören_Link'
    >>> expand("org:headOf")
    'http://www.w3.org/ns/org#headOf'
    """
    if is_whole(compact):
        return compact
    prefix, _, local = compact.partition(":")
    namespace = base_iri + _OWN[prefix] if prefix in _OWN else _FOREIGN[prefix]
    return namespace + iri_safe(local)


def is_whole(iri: str) -> bool:
    """Whether an IRI is no compact one, but whole: that of a user's own relation."""
    return iri.startswith(("http://", "https://"))


def local_name(iri: str) -> str:
    """What an IRI ends in.

    >>> local_name("kg:signed"), local_name("https://zeitung.example/begriffe#sponsors")
    ('signed', 'sponsors')
    """
    return re.split("[#/]", iri)[-1] if is_whole(iri) else iri.partition(":")[2]


def iri_safe(text: str) -> str:
    """Percent-encode what RFC 3987 keeps out of an IRI path segment: blanks, quotes, brackets, control characters.

    >>> iri_safe('Müller & Söhne "GmbH"')
    'Müller%20&%20Söhne%20%22GmbH%22'
    """
    return re.sub(r"[^\w\-.~!$&'()*+,;=:@/]", lambda m: quote(m[0], safe="", errors="replace"), text)


def slug(text: str) -> str:
    """A readable local name: runs of other characters become one underscore.

    >>> slug("warnen vor"), slug("Müller & Söhne GmbH"), slug("C++")
    ('warnen_vor', 'Müller_Söhne_GmbH', 'C')
    """
    return re.sub(r"[^\w\-]+", "_", plain(text)).strip("_-") or "_"
