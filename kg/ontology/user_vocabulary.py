"""A user's own relations and classes of verbs, in the form of ours: `kg build artikel/ --relations eigene.toml`.

    [prefixes]
    z = "https://zeitung.example/begriffe#"

    [[relation]]
    iri = "z:sponsors"
    label = { de = "sponsert", en = "sponsors" }
    verbs = ["sponsern", "Trikot zieren"]

    [[class]]
    iri = "z:Sponsoring"
    label = { de = "Sponsoring", en = "sponsoring" }
    broader = "schema:GiveAction"
    verbs = ["sponsern", { verb = "werben", with = ["für"] }]

What the keys mean is told in `relations.toml` and `verb_classes.toml`. An entry with the IRI of one of ours adds words
to it. Where a word is in both, the user's own entry goes before ours.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from kg.errors import SourceError
from kg.ontology import (
    CLASSES,
    DEFAULT_BASE,
    OURS,
    ROLE_PROPERTIES,
    Relation,
    VerbClass,
    Vocabulary,
    check_base,
    is_whole,
    kinds,
    prefixes,
    relation,
    relation_of,
)
from kg.ontology.verb_classes import class_from, verb_classes
from kg.system.log import log
from kg.system.special_files import endless
from kg.system.text import one_line

_TOP = ("prefixes", "relation", "class")
_LISTS = ("nouns", "verbs", "passives", "domain", "range")
_KEYS = {
    "relation": ("iri", "label", "exact", *_LISTS),
    "class": ("iri", "label", "broader", "verbs"),
    "verb": ("verb", "with", "subject", "object"),
}
_TYPED = ("domain", "range", "subject", "object")

# A file of a thousand relations has 200,000 characters; of a key with many dots tomllib takes time by their square.
_LARGEST = 1_000_000
_MOST_DOTS = 200

_PREFIX = re.compile(r"[a-z][a-z0-9]*")
_NAMESPACE = re.compile(r"https?://[\w.-]+(:\d+)?/([\w\-.~@/]*[/#])?")
_LOCAL = re.compile(r"\w[\w\-]*")


def read_vocabulary(path: str | os.PathLike[str] | None, base_iri: str = DEFAULT_BASE) -> Vocabulary:
    """The vocabulary in a file, ours for None, for a graph under a base IRI.

    Raises KgError for what is no base IRI, and SourceError, which names the file, the entry, and what to do.
    """
    check_base(base_iri)
    if path is None:
        return OURS
    if kind := endless(path):
        raise SourceError(f"{path}: is {kind}, no file; name a .toml file with your relations")
    try:
        with open(path, "rb") as stream:
            text = stream.read(4 * _LARGEST + 3).decode("utf-8-sig")  # a character takes four bytes at the most
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read ({reason}); name a .toml file with your relations") from error
    found = vocabulary(text, os.fspath(path))
    check_outside(found, base_iri)
    return found


def vocabulary(text: str, where: str = "relations") -> Vocabulary:
    """The vocabulary that a text of such a file says; "" is ours alone.

    The same text gives the same object. Raises SourceError with `where` as the name of the file.
    """
    if not text:
        return OURS
    try:
        return _read(text)
    except SourceError as error:
        raise SourceError(f"{where}: {error}") from error
    except ValueError as error:  # of a whole number with thousands of digits, when it is shown
        raise SourceError(f"{where}: a number stands in the place of a text ({error}); mend it there") from error


def kept_vocabulary(text: str, path: str | os.PathLike[str] = "") -> Vocabulary:
    """The vocabulary that a graph was built with; of one that another kg took and this one does not, none.

    That is told of where `path` names the file, once for all who ask its graph later.
    """
    try:
        return vocabulary(text, f"{os.fspath(path)}: its relations")
    except SourceError as error:
        if path:
            log.warning("%s; its relations are shown without their labels, and no fact has one of its classes", error)
        return OURS


def check_outside(vocabulary: Vocabulary, base_iri: str) -> None:
    """Raise SourceError where a term has an IRI that a graph under a base IRI gives to records of its own."""
    spaces = [space for space in prefixes(base_iri).values() if space.startswith(base_iri)]
    for iri in (*(term.iri for term in vocabulary.relations), *(term.iri for term in vocabulary.classes)):
        for space in spaces:
            if iri.startswith(space):
                raise SourceError(
                    f"{_cut(iri)}: below {space} are the graph's own; take another prefix, or another base IRI"
                )


@cache
def _read(text: str) -> Vocabulary:
    if len(text) > _LARGEST or any(line.count(".") > _MOST_DOTS for line in text.splitlines()):
        raise SourceError(f"more than {_LARGEST:,} characters, or {_MOST_DOTS} dots in a line; pass relations alone")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers of more than 4,300 digits, too
        raise SourceError(f"no valid TOML ({_cut(error)}); mend it there") from error
    _check_keys("the file", data, _TOP)
    spaces = _prefixes(data.get("prefixes", {}))
    for kind in ("relation", "class"):
        tables = data.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise SourceError(f"{kind} is no list of tables; write [[{kind}]] above each entry")
    entries = [(kind, n, e) for kind in ("relation", "class") for n, e in enumerate(data.get(kind, []), 1)]
    if not entries:
        raise SourceError("no entry in it; write a [[relation]] or a [[class]], or leave it out")
    named = [(kind, f"{kind} {number} ({_cut(entry.get('iri', 'no iri'))})", entry) for kind, number, entry in entries]
    whole = [(kind, where, _resolved(kind, where, entry, spaces)) for kind, where, entry in named]
    relations = [_relation(where, entry) for kind, where, entry in whole if kind == "relation"]
    classes = [(where, _class(where, entry)) for kind, where, entry in whole if kind == "class"]
    _check_once((entry["iri"], where) for _, where, entry in whole)
    _check_broader(classes)
    _check_verbs(classes)
    return Vocabulary(text, tuple(relations), tuple(class_ for _, class_ in classes))


def _prefixes(given: object) -> dict[str, str]:
    """The prefixes of a file. Raises SourceError for one that is ours, and for what is no namespace."""
    if not isinstance(given, dict):
        raise SourceError(
            'prefixes is no table; write [prefixes], and below it z = "https://zeitung.example/begriffe#"'
        )
    ours = prefixes()
    for prefix, space in given.items():
        where = f"prefix {_cut(prefix)}"
        if prefix in ours or prefix in ("http", "https"):
            raise SourceError(f"{where}: is one of kg's own; take another name for it")
        if not _PREFIX.fullmatch(prefix):
            raise SourceError(f"{where}: is no name of a prefix; write small letters and digits, such as z")
        if not isinstance(space, str) or not _NAMESPACE.fullmatch(space):
            raise SourceError(f"{where}: {_shown(space)} is no namespace; write an address that ends in # or /")
        known = next((p for p, known in ours.items() if space.startswith(known)), "")
        if known or space.startswith(DEFAULT_BASE):
            raise SourceError(f"{where}: {_cut(space)} is kg's own {known or 'space'}; take an address of yours")
    return given


def _resolved(kind: str, where: str, entry: Mapping[str, Any], spaces: Mapping[str, str]) -> dict[str, Any]:
    """An entry with whole IRIs, and with the labels that one of ours has."""
    _check_keys(where, entry, _KEYS[kind])
    found = dict(entry) | {"iri": _iri(where, "iri", entry.get("iri"), spaces)}
    if "broader" in entry:
        found["broader"] = _iri(where, "broader", entry["broader"], spaces)
    known: Relation | VerbClass | None = relation(found["iri"]) if not is_whole(found["iri"]) else None
    known = known or verb_classes().get(found["iri"])
    if known is not None:
        if isinstance(known, Relation) != (kind == "relation"):
            other = "relation" if isinstance(known, Relation) else "class"
            raise SourceError(f"{where}: kg has a {other} of that name; write [[{other}]], or take another iri")
        if fixed := sorted(found.keys() & {"label", "broader", "domain", "range"}):
            raise SourceError(f"{where}: kg has it, so that words alone can be added; delete {' and '.join(fixed)}")
        found["label"] = {"de": known.de, "en": known.en}
        if isinstance(known, Relation):
            found |= {"domain": list(known.domain), "range": list(known.range)}
    elif found["iri"].startswith("kg:"):
        raise SourceError(f"{where}: kg has no such {kind}; declare a prefix of yours below [prefixes], and take that")
    _check_labels(where, found.get("label"))
    return found


def _iri(where: str, key: str, said: object, spaces: Mapping[str, str]) -> str:
    """An IRI as kg has it: compact where a prefix of ours has it, else whole."""
    example = "write it as prefix:name"
    if not isinstance(said, str) or not said:
        raise SourceError(f"{where}: {key} is missing or no text; {example}")
    prefix, colon, local = said.partition(":")
    if not colon or not _LOCAL.fullmatch(local):
        raise SourceError(f"{where}: {key} {_shown(said)} is no compact IRI; {example}")
    if prefix in spaces:
        return spaces[prefix] + local
    if prefix not in prefixes():
        short = _cut(prefix)
        raise SourceError(f'{where}: the prefix {short} is unknown; declare it: [prefixes], {short} = "https://…#"')
    if prefix not in _SHARED or said in _reserved():
        raise SourceError(f"{where}: {_cut(said)} means something else in kg's files; take a prefix of yours")
    return said


# Prefixes of ours under which a relation or a class of a user may stand, and what kg writes there for its own records,
# or has above their terms in kg.ttl (a kg:Claim is a schema:Claim).
_SHARED = ("kg", "schema", "org", "foaf")
_RECORDS = (
    *("schema:Action", "schema:Article", "schema:Claim", "schema:Role", "schema:about", "schema:description"),
    *("schema:participant", "schema:roleName", "schema:sameAs", "schema:sha256", "schema:softwareVersion"),
    *("schema:text", "schema:validFrom", "schema:validThrough"),
    *("org:Membership", "org:Role", "org:member", "org:organization", "org:role"),
)


@cache
def _reserved() -> frozenset[str]:
    """What is the class of an entity, the property of a role, or part of a record: what a relation must not be."""
    classes = {*CLASSES.values(), *(kind.class_ for kind in kinds().values())} - verb_classes().keys()
    roles = {iri for iri in ROLE_PROPERTIES.values() if relation(iri) is None}
    return frozenset({*classes, *roles, *_RECORDS})


def _check_labels(where: str, labels: object) -> None:
    good = isinstance(labels, dict) and labels.keys() == {"de", "en"}
    texts = list(labels.values()) if isinstance(labels, dict) else []
    if not good or not all(isinstance(text, str) and text.strip() and text.isprintable() for text in texts):
        raise SourceError(f'{where}: needs a German and an English label; write label = {{ de = "…", en = "…" }}')


def _relation(where: str, entry: Mapping[str, Any]) -> Relation:
    for key in _LISTS:
        _check_words(where, key, entry.get(key, []))
    if not isinstance(entry.get("exact", False), bool):
        raise SourceError(f"{where}: exact is neither true nor false; write one of them")
    if not any(entry.get(key) for key in ("nouns", "verbs", "passives")):
        raise SourceError(f"{where}: no word says it; write nouns, verbs or passives")
    return relation_of(entry)


def _class(where: str, entry: Mapping[str, Any]) -> VerbClass:
    verbs = entry.get("verbs", [])
    if not isinstance(verbs, list) or not verbs:
        raise SourceError(f'{where}: no verb is of it; write verbs = ["…"]')
    for said in verbs:
        if isinstance(said, dict):
            _check_keys(f"{where}, verbs", said, _KEYS["verb"])
            for key in ("with", "subject", "object"):
                _check_words(f"{where}, verbs", key, said.get(key, []))
        _check_infinitive(where, said.get("verb") if isinstance(said, dict) else said)
    return class_from(entry)


def _check_infinitive(where: str, verb: object) -> None:
    if not isinstance(verb, str) or not verb.strip() or verb != " ".join(verb.split()):
        raise SourceError(
            f'{where}: {_shown(verb)} is no verb; write "fördern", or {{ verb = "werben", with = ["für"] }}'
        )
    if not verb.endswith("n"):
        raise SourceError(f"{where}: {_shown(verb)} is no infinitive; write it as a dictionary has it")


def _check_words(where: str, key: str, words: object) -> None:
    if not isinstance(words, list) or not all(isinstance(w, str) and w == " ".join(w.split()) and w for w in words):
        raise SourceError(f'{where}: {key} is no list of words; write {key} = ["…", "…"]')
    unknown = [word for word in words if key in _TYPED and word not in CLASSES]
    if unknown:
        raise SourceError(f"{where}: {key} {_shown(unknown[0])} is unknown; take of {', '.join(CLASSES)}")


def _check_keys(where: str, table: Mapping[str, object], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            meant = get_close_matches(key, known, 1)
            remedy = f"did you mean {meant[0]}?" if meant else f"take of {', '.join(known)}"
            raise SourceError(f"{where}: {_shown(key)} is unknown; {remedy}")


def _check_once(entries: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for iri, where in entries:
        if iri in seen:
            raise SourceError(f"{where}: is there already, as {seen[iri]}; make one entry of both")
        seen[iri] = where.split(" (")[0]


def _check_broader(classes: Iterable[tuple[str, VerbClass]]) -> None:
    """Raise SourceError for a class below one that there is not, or below itself."""
    given = {class_.iri: (where, class_) for where, class_ in classes}
    for where, class_ in given.values():
        above = {class_.iri}
        while class_.broader:
            if class_.broader in above:
                raise SourceError(f"{where}: stands below itself; take broader away from one of these classes")
            if class_.broader not in given:
                if class_.broader not in verb_classes():
                    above_it = _cut(class_.broader)
                    raise SourceError(f"{where}: broader {above_it} is no class; write one, or take one of kg's")
                break
            above.add(class_.broader)
            class_ = given[class_.broader][1]


def _check_verbs(classes: Iterable[tuple[str, VerbClass]]) -> None:
    """Raise SourceError for a verb that is in two classes, with the same beside it."""
    seen: dict[object, str] = {}
    for where, class_ in classes:
        for usage in class_.usages:
            if usage in seen:
                remedy = "tell them apart by with, subject or object, or delete one"
                raise SourceError(f"{where}: {_shown(usage.verb)} is in {seen[usage]} already; {remedy}")
            seen[usage] = where.split(" (")[0]


def _shown(value: object) -> str:
    """A value as a message shows it."""
    return _cut(f'"{value}"' if isinstance(value, str) else repr(value))


def _cut(value: object) -> str:
    """What a message has room for of a text: a line of at most 80 characters."""
    text = one_line(str(value))
    return text if len(text) <= 80 else f"{text[:79]}…"
