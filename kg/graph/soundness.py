"""Whether a graph holds together: a fact about "Sören Link" needs an entity of that id, and a predicate an IRI.

`kg.build` makes no other graphs. Who makes one by hand, or takes records out of one, is told at once what is wrong and
where, and not by whatever format stumbles over it first. So is who reads RDF that somebody has changed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache, lru_cache
from itertools import chain
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from kg.checks import is_collection, short
from kg.errors import KgError
from kg.ontology import BASE_IRI, DEFAULT_BASE, is_whole, kinds, prefixes
from kg.records import (
    MODALITIES,
    POLARITIES,
    ROLES,
    TYPES,
    Argument,
    Claim,
    Document,
    Entity,
    Fact,
    FactRole,
    Literal,
    Mention,
    Predicate,
    Role,
    Run,
    Span,
    Time,
)

if TYPE_CHECKING:
    from kg.graph.graph import Graph

_RECORDS = {
    kind.__name__: kind
    for kind in (Argument, Claim, Document, Entity, Fact, FactRole, Literal, Mention, Predicate, Role, Run, Span, Time)
}
_RECORD = tuple(_RECORDS.values())

MOST = 2**31 - 1
"""The largest number in a graph: no text is as long, and no layout and no file format holds a larger one everywhere."""

# What no IRI may hold, as RFC 3987 has it and pyoxigraph with it.
_WHOLE = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`\x7f-\x9f\ud800-\udfff]+")
_PER_CENT = re.compile("%(?![0-9A-Fa-f]{2})")

_WORDS: Mapping[tuple[str, str], Sequence[str]] = {
    ("Entity", "type"): TYPES,
    ("Fact", "polarity"): POLARITIES,
    ("Fact", "modality"): MODALITIES,
    ("FactRole", "role"): ROLES,
    ("Claim", "polarity"): POLARITIES,
    ("Claim", "modality"): MODALITIES,
    ("Role", "role"): ROLES,
}
"""The fields that hold one of a few words."""


def check_graph(graph: Graph) -> None:
    """Raise KgError, of one line, for the first record that cannot be written, drawn or asked for."""
    if not isinstance(graph.base_iri, str) or not BASE_IRI.fullmatch(graph.base_iri):
        raise KgError(f"base_iri={short(graph.base_iri)}: no base IRI; pass an absolute one that ends in a slash, such "
                      f"as {DEFAULT_BASE}")  # fmt: skip
    records = {"documents": Document, "entities": Entity, "facts": Fact, "claims": Claim}
    for name, kind in records.items():
        for record in getattr(graph, name):
            if not isinstance(record, kind):
                raise KgError(f"{name}: {short(record)} is no {kind.__name__}; pass records of `kg`")
    for record in chain(graph.documents, graph.entities, graph.facts, _claims(graph)):  # one after the other
        if flaw := flaw_of(record):
            raise KgError(f"{_called(record)}: its {flaw}")
    if flaw := flaw_of(graph.run) if isinstance(graph.run, Run) else f"run {short(graph.run)} is no Run":
        raise KgError(f"run: its {flaw}")
    _check_ids(graph)
    _check_links(graph)


def _claims(graph: Graph) -> Iterator[Any]:
    """Each claim once, of which most stand both in the graph and in a fact; a fact has been checked to have claims."""
    seen: set[int] = set()
    for claims in (graph.claims, *(fact.claims for fact in graph.facts)):
        for claim in claims:
            if id(claim) not in seen:
                seen.add(id(claim))
                yield claim


def _called(record: Any) -> str:
    """A record as a message calls it."""
    if isinstance(record, Claim):
        start = record.sentence.start if isinstance(record.sentence, Span) else 0
        return f"claim of {short(record.doc)} at {short(start)}"
    return f"{type(record).__name__.lower()} {short(record.id)}"


def _check_ids(graph: Graph) -> None:
    """Raise KgError where two records have the same id, of which a question for it would find one."""
    for records in (graph.documents, graph.entities, graph.facts):
        seen: set[str] = set()
        for record in records:
            if record.id in seen:
                raise KgError(f"{_called(record)}: there are two with this id; give each its own")
            seen.add(record.id)


def _check_links(graph: Graph) -> None:
    """Raise KgError for a record that leads to one which the graph does not hold."""
    documents, entities = set(graph.documents_by_id), set(graph.entities_by_id)
    for entity in graph.entities:
        _check_there(entity, "part", entity.parts, entities)
    for fact in graph.facts:
        _check_there(fact, "subject", (fact.subject,), entities)
        _check_there(fact, "object or role", fact.ends, entities)
        _check_there(fact, "speaker", (fact.speaker,) if fact.speaker else (), entities)
        _check_there(fact, "claim's document", (claim.doc for claim in fact.claims), documents)
    for claim in graph.claims:
        _check_there(claim, "document", (claim.doc,), documents)


def _check_there(record: Any, what: str, ids: Iterable[str], there: set[str]) -> None:
    for id in ids:
        if id not in there:
            raise KgError(f"{_called(record)}: its {what} {short(id)} is not in the graph; add it, or leave the "
                          f"{type(record).__name__.lower()} out")  # fmt: skip


def flaw_of(record: Any) -> str:
    """What is wrong with a field of a record, or of one within it: "sentence.start -5 is no …"; "" if nothing is."""
    kind: Any = type(record)
    for name, sure, check in _fields(kind):
        value = getattr(record, name)
        if type(value) is not sure and (flaw := check(value)):
            return f"{name}{flaw}"
    return ""


_Check = Callable[[Any], str]


@cache
def _fields(kind: Any) -> tuple[tuple[str, type | None, _Check], ...]:
    """The fields of a class of records, each with a type that is right whatever its value, and what finds fault."""
    found = []
    for name, type_ in ((field.name, str(field.type)) for field in fields(kind)):
        check = _check_of(kind.__name__, name, type_)
        sure = str if check is _no_text else type(None) if type_.endswith(" | None") else None
        found.append((name, sure, check))
    return tuple(found)


def _check_of(kind: str, name: str, type_: str) -> _Check:
    if (kind, name) in _OTHERS:
        return _OTHERS[kind, name]
    if words := _WORDS.get((kind, name)):
        return lambda value: "" if _is_among(value, words) else f" {short(value)} is none of {', '.join(words)}"
    if type_.startswith("tuple[") and type_.endswith(", ...]"):
        return _all(_check_of(kind, name, type_.removeprefix("tuple[").removesuffix(", ...]")))
    if type_ in _LEAVES:
        return _LEAVES[type_]
    return _record(type_)


def _all(check: _Check) -> _Check:
    def flaw(values: Any) -> str:
        if not isinstance(values, tuple):
            return f" {short(values)} is no tuple; write ( …, )"
        return next(filter(None, map(check, values)), "") if values else ""

    return flaw


def _record(type_: str) -> _Check:
    """Finds fault with what is none of some records: "Argument | Literal | None"."""
    names = type_.split(" | ")
    kinds, told = tuple(_RECORDS[name] for name in names if name != "None"), type_.replace(" | ", " or ")

    def flaw(value: Any) -> str:
        if value is None and "None" in names:
            return ""
        if not isinstance(value, kinds):
            return f" {short(value)} is no {told}"
        return f".{found}" if (found := flaw_of(value)) else ""

    return flaw


def _is_among(value: Any, words: Sequence[str]) -> bool:
    """Whether a value is one of some words; an array is none, and cannot be asked."""
    return isinstance(value, str) and value in words


def _no_text(value: Any) -> str:
    return "" if isinstance(value, str) else f" {short(value)} is no string"


def _no_flag(value: Any) -> str:
    return "" if isinstance(value, bool) else f" {short(value)} is neither True nor False"


def _no_number(value: Any) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    return "" if fits else f" {short(value)} is no whole number from 0 to {MOST}"


def _no_share(value: Any) -> str:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return "" if fits else f" {short(value)} is no number from 0 to 1"


def _no_pair(value: Any) -> str:
    fits = isinstance(value, tuple) and len(value) == 2 and not any(map(_no_number, value))
    return "" if fits else f" {short(value)} is no pair of whole numbers from 0 to {MOST}"


_LEAVES: Mapping[str, _Check] = {
    "str": _no_text,
    "bool": _no_flag,
    "int": _no_number,
    "float": _no_share,
    "tuple[int, int]": _no_pair,
}
"""What finds fault with a value of a type that is no record."""


@cache
def _spaces() -> frozenset[str]:
    return frozenset(prefixes())


def _no_predicate(value: Any) -> str:
    if flaw := _no_text(value):
        return flaw
    if is_whole(value):
        fits = _WHOLE.fullmatch(value) and not _PER_CENT.search(value) and _is_iri(value)
        return "" if fits else f" {short(value)} is no IRI; encode what it may not hold, as a blank (%20)"
    prefix, colon, _ = value.partition(":")
    if colon and prefix in _spaces():
        return ""
    return f" {short(value)} is no IRI; write kgp:warnen, one with another prefix of kg, or a whole one (https://…)"


@lru_cache(maxsize=1 << 14)
def _is_iri(value: str) -> bool:
    """Whether pyoxigraph, which writes the triples, takes an IRI: not "http://[", whose host is none."""
    from pyoxigraph import NamedNode

    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


def _no_kind(value: Any) -> str:
    if flaw := _no_text(value):
        return flaw
    known = sorted({name for _, name in kinds()})
    return "" if not value or value in known else f" {short(value)} is none of {', '.join(known)}"


_OTHERS: Mapping[tuple[str, str], _Check] = {
    ("Entity", "kind"): _no_kind,
    ("Fact", "claims"): _all(lambda value: "" if isinstance(value, Claim) else f" {short(value)} is no Claim"),
    ("Fact", "predicate"): _no_predicate,
    ("Fact", "weight"): lambda value: _no_number(value) or ("" if value else " 0 is no number of documents"),
    # RDF below the level "full" does not tell what a claim's predicate is.
    ("Predicate", "iri"): lambda value: "" if value == "" else _no_predicate(value),
}
"""The fields that hold less than their type says."""


def records_of(values: Any, what: str) -> tuple[Any, ...]:
    """Records as the tuple that a graph keeps of them. Raises KgError for what is no collection."""
    if isinstance(values, tuple):
        return values
    if isinstance(values, str | bytes | Mapping) or not is_collection(values):
        raise KgError(f"{what}: {short(values)} is no collection of records; pass a tuple or a list")
    return tuple(values)


def of_python(value: Any) -> Any:
    """A record, or what is in one, with texts and numbers of Python alone; itself where it has no others.

    numpy, pandas and enums have texts and numbers of their own, which are equal to those of Python and are written in
    other words. What is neither stays, for `check_graph` to tell.

    >>> import enum
    >>> of_python(("Stadt", enum.StrEnum("Kind", "ORT").ORT))
    ('Stadt', 'ort')
    """
    if type(value) in _ALREADY_PLAIN:
        return value
    if isinstance(value, tuple):
        found = tuple(map(of_python, value))
        return value if type(value) is tuple and all(map(operator.is_, found, value)) else found
    if isinstance(value, _RECORD):
        return _plain_record(value)
    for kind, taken in _PLAIN.items():
        if isinstance(value, kind) and not isinstance(value, bool):
            return taken(value)
    return value


def _plain_record(record: Any) -> Any:
    kind: Any = type(record)
    changed = {}
    for name, is_share in _kinds_of_fields(kind):
        value = getattr(record, name)
        if type(value) in _ALREADY_PLAIN and not is_share:
            continue  # nearly all are, and a graph has millions
        found = float(value) if is_share and type(value) is int and 0 <= value <= 1 else of_python(value)
        if found is not value:
            changed[name] = found
    return replace(record, **changed) if changed else record


@cache
def _kinds_of_fields(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a class of records, and whether each is a number from 0 to 1."""
    return tuple((field.name, str(field.type) == "float") for field in fields(kind))


_ALREADY_PLAIN = frozenset({str, int, float, bool, type(None)})

_PLAIN: Mapping[Any, Callable[[Any], Any]] = {str: str.__str__, Integral: int, Real: float}
"""What makes the plain one of a text or number that is of a class of its own."""
