"""SPARQL over triples: "SELECT ?wer { ?wer kg:signed ?was }" with our prefixes known beforehand.

pyoxigraph evaluates, because rdflib takes ten times as long and more. This module says in one line what is wrong
with a query, keeps it off the network, and turns what comes back into plain Python values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from operator import itemgetter
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from kg.errors import QueryError
from kg.language.fulltext import matching
from kg.ontology import expand
from kg.rdf.rdflib_terms import new_graph, triple_for_rdflib
from kg.rdf.sparql.rehearsal import rehearse
from kg.rdf.sparql.rewriting import doubtful_service, keywords, needs_rewriting, rewritten
from kg.rdf.terms import XSD
from kg.system.memory import SHORTAGE
from kg.system.stack import ROOM, while_wanted, with_room
from kg.system.text import one_line

if TYPE_CHECKING:
    import rdflib

    from kg.rdf.sparql.dataset import Dataset

RdfTerm: TypeAlias = NamedNode | BlankNode | Literal | Triple


_VALUES: dict[str, Callable[[str], Any]] = {
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}
"""Datatype → what makes a Python value of such a literal; the other numbers of XML Schema do not come out of SPARQL."""

# A sentence among the tokens that pyoxigraph says it expected.
_REASON = re.compile(r"(?:, |one of |expected )([A-Z][a-z]+ [^,\[\]\"]+)")

# Where the triples of a large store are kept, in what RocksDB says of them, see kg.rdf.sparql.at_hand.
_KEPT = re.compile(r"[^/\\]*\.triples(?=[/\\])")

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


# pyoxigraph reads what is nested by calling itself, and beyond some thousand levels needs more than the usual stack.
_DEEPEST = 500
_NESTING = frozenset({"OPTIONAL", "UNION", "BIND", "MINUS"})

# The most stack that pyoxigraph was seen to take for a bracket, an operator and a character behind DESCRIBE (0.5.13),
# brackets and operators that stand in texts and IRIs counted with the others: what no scanner decides, none can evade.
_BRACKET, _OPERATOR, _DESCRIBED = 13 << 10, 5 << 8, 5 << 9
_ROW = re.compile(r"""\([^(){}\[\]"'<>\#\\]*\)""")  # as in VALUES (?a ?b) { (1 2) (3 4) … }: flat wherever it stands

# How many characters before an error are looked through for the start of a word.
_WORD = 200


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: names of variables, and for each row their terms, None where one is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[RdfTerm | None, ...], ...]


Answer: TypeAlias = Rows | bool | list[Triple]
"""What SELECT gives; what ASK gives; what CONSTRUCT and DESCRIBE give, sorted."""


def evaluate(dataset: Dataset, query: str, seconds: float | None = None) -> Answer:
    """Run a query over a dataset, with its prefixes known, and hold the whole answer.

    Raises QueryError for one that does not parse or cannot be answered, that takes longer than `seconds`, and for what
    `check_query` refuses. Without `seconds` a long or nested one has those that `rehearse` gives to be read and
    planned.
    """
    began = monotonic()
    stack = check_query(dataset, query)
    rehearse(query, dataset.prefixes, seconds)
    left = seconds and max(seconds - monotonic() + began, 0)
    with told(query):
        try:
            return with_room(lambda: _evaluated(dataset, query), left, stack)
        except TimeoutError as error:
            raise QueryError(f"query: it took longer than {seconds:g} s and was ended; narrow it, set a LIMIT, or give "
                             "it more time") from error  # fmt: skip


def _evaluated(dataset: Dataset, query: str) -> Answer:
    found = solve(dataset, query)
    if isinstance(found, QuerySolutions):
        names = tuple(variable.value for variable in found.variables)
        return Rows(names, tuple(tuple(row) for row in while_wanted(found)))
    return bool(found) if isinstance(found, QueryBoolean) else in_order(while_wanted(found))


def solve(dataset: Dataset, query: str, **graphs: Any) -> QuerySolutions | QueryBoolean | QueryTriples:
    """What pyoxigraph says to a query, lazily; `graphs` are its `default_graph` and `named_graphs`.

    To be called `with_room`, for as much stack as `check_query` says. Raises what pyoxigraph raises; see `told`.
    """
    functions = {NamedNode(dataset.prefixes["kg"] + "matches"): matching}
    options: dict[str, Any] = {"prefixes": dict(dataset.prefixes), "custom_functions": functions}
    if needs_rewriting(query):
        # Nothing is found in an empty store, but errors have their place in the query as it was written.
        found = pyoxigraph.Store().query(query, **options)
        names = [variable.value for variable in found.variables] if isinstance(found, QuerySolutions) else []
        query = rewritten(query, names)
    return dataset.store.query(query, **options, **graphs)


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Triples as one reads them: by subject, its classes first, then its label."""
    first = (expand("rdf:type"), expand("rdfs:label"))
    return sorted(triples, key=lambda t: (str(t.subject), *(t.predicate.value != iri for iri in first), str(t)))


def check_query(dataset: Dataset, query: str) -> int:
    """Raise QueryError for what would change the graph or reach out to the network; how much stack the rest may take.

    FROM is for datasets that have several graphs. pyoxigraph would follow SERVICE, and it does not need the blank
    behind a keyword ("5SERVICE", "SERVICEkg:x").
    """
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"query: {_place(query, error.start)}: half a character; decode the query again") from error
    found = list(keywords(query))
    body = [(word, offset) for word, offset in found if word not in ("BASE", "PREFIX") and not word.endswith(":")]
    if body and body[0][0] not in _FORMS:
        word, offset = body[0]
        raise QueryError(f"query: {_place(query, offset)}: {word[:30]} asks nothing, and kg changes nothing; begin "
                         "with SELECT, ASK, CONSTRUCT or DESCRIBE")  # fmt: skip
    counts = {
        "brackets open at once, those in texts and comments included": _depth(query),
        "of the words OPTIONAL, UNION, BIND and MINUS": sum(word in _NESTING for word, _ in found),
        "signs !, those in texts and comments included": query.count("!"),
    }
    what, count = max(counts.items(), key=itemgetter(1))
    if count > _DEEPEST:
        raise QueryError(f"query: too long or too deep: it has {count:,} {what}, and kg reads {_DEEPEST} at most; ask "
                         "in several queries")  # fmt: skip
    stack = _stack(query, body[0][0] if body else "")
    if stack > ROOM:
        raise QueryError("query: has more brackets and operators than can be read at once; ask in several queries")
    if (hidden := doubtful_service(query)) >= 0:
        found.append(("SERVICE", hidden))
    for word, offset in found:
        if "SERVICE" in word:
            raise QueryError(f"query: {_place(query, offset)}: SERVICE asks another server, and kg works offline; "
                             "query one graph at a time")  # fmt: skip
        if word == "FROM" and not any(dataset.store.named_graphs()):
            raise QueryError(f"query: {_place(query, offset)}: FROM names a graph to read from, and kg works offline; "
                             "leave it out")  # fmt: skip
    return stack


def _depth(query: str) -> int:
    """How deep the brackets of a query are nested, those in its texts included."""
    depths = accumulate((c in "({[") - (c in ")}]") for c in re.sub(r"[^(){}\[\]]+", "", query))
    return max(depths, default=0)


def _stack(query: str, form: str) -> int:
    """How much stack it may take at most to read a query, plan its answer and let go of the plan."""
    nested, linked = _ROW.sub("", query), query.replace("//", "")  # "//" is in IRIs alone
    brackets, operators = sum(map(nested.count, "({[")), sum(map(linked.count, "|&+-*/^"))
    return brackets * _BRACKET + operators * _OPERATOR + len(query) * (_DESCRIBED if form == "DESCRIBE" else 0)


@contextmanager
def told(query: str) -> Iterator[None]:
    """A block in which what pyoxigraph raises about `query` becomes a QueryError of one line."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(f"query: {_trouble(query, str(error))}") from error
    except MemoryError as error:
        raise QueryError(f"query: it cannot be answered ({one_line(str(error)) or SHORTAGE}); simplify "
                         "it") from error  # fmt: skip
    except (OSError, RuntimeError, ValueError) as error:
        if found := _KEPT.search(str(error)):
            raise QueryError(f"query: what is kept of the triples is damaged; delete the folder {found[0]}") from error
        raise QueryError(f"query: it cannot be answered ({one_line(str(error))}); simplify it") from error


def values(answer: Answer, prefixes: Mapping[str, str]) -> bool | list[dict[str, Any]] | rdflib.Graph:
    """An answer as plain Python values.

    SELECT gives one dict per row, variable → value: a str for an IRI or a text, a bool, int, float, date or datetime
    for such a literal, None where a variable is unbound; `pandas.DataFrame` takes the list as it is. ASK gives a bool,
    CONSTRUCT and DESCRIBE an rdflib Graph with the `prefixes` bound. Raises QueryError for triple terms of RDF 1.2:
    rdflib has none.
    """
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, Rows):
        return [
            {name: python_value(term) for name, term in zip(answer.variables, row, strict=True)} for row in answer.rows
        ]
    found = new_graph(prefixes)
    known: dict[NamedNode, rdflib.URIRef] = {}
    for triple in answer:
        if isinstance(triple.object, Triple):
            raise QueryError("query: constructs triple terms of RDF 1.2, which rdflib does not have; SELECT them")
        found.add(triple_for_rdflib(triple, known))
    return found


def python_value(term: RdfTerm | None) -> Any:
    """A term as a Python value.

    >>> [python_value(term) for term in (Literal(3), Literal("Stadt", language="de"), NamedNode("urn:a"), None)]
    [3, 'Stadt', 'urn:a', None]
    """
    if isinstance(term, Literal):
        try:
            return _VALUES.get(term.datatype.value, str)(term.value)
        except ValueError:  # "2018-02-30"^^xsd:date is a literal too, and stays a text
            return term.value
    return text_of(term) if term is not None else None


def text_of(term: RdfTerm) -> str:
    """An IRI or a text as it is; a blank node and a triple as N-Triples writes them."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _trouble(query: str, message: str) -> str:
    """Where and why a query does not parse, and the way out, in one line.

    pyoxigraph's position is where it could not go on, often the middle of a word; a person looks for its start.
    """
    found = re.search(r"error at (\d+):(\d+)", message)
    if not found:
        return f"{one_line(message)}; check the syntax"
    stop = sum(map(len, query.split("\n")[: int(found[1]) - 1])) + int(found[1]) - 1 + int(found[2]) - 1
    word = re.search(r"\S*$", query[max(stop - _WORD, 0) : stop])
    start = stop - len(word[0] if word else "")
    place, near = _place(query, start), one_line(query[start : start + 30])
    if "Prefix not found" in message:
        return f"{place}: no such prefix at {near!r}; add a PREFIX line or check the spelling"
    if reason := _REASON.search(message):
        return f"{place}: {one_line(reason[1])}; check the names of the variables"
    if not near:
        return f"{place}: not SPARQL, it breaks off; check the brackets"
    return f"{place}: not SPARQL at {near!r}; check the syntax and the brackets"


def _place(query: str, offset: int) -> str:
    r"""An offset as a person counts.

    >>> _place("ASK\n{ ?x }", 4)
    'line 2, column 1'
    """
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
