"""Queries as a person writes them, made into what pyoxigraph answers well: "SELECT *", `kg:matches(?l, "mueller")`.

The text is only touched where a small scanner, which knows what can hide a word, finds one of these two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.language.fulltext import loose_patterns

# What can hide a word: comments, IRIs, strings, names, escaped characters. SPARQL 1.1 §19.8, cut to that purpose. Only
# so much may stand before the colon of a name that a query of dots and dashes is not searched from each of them on.
_TOKEN = re.compile(
    r"""\#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*> | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | [?$]\w+ | @[\w-]+
    | (?P<prefix>[\w.-]{0,255}:)(?:(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*)? | \\. | (?P<word>\w+)""",
    re.VERBOSE | re.DOTALL,
)

_STAR = re.compile(r"[^{]*\bSELECT\s*((DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)

# The call of our function that says beforehand what is looked for, in a string without escapes.
_MATCHES = re.compile(r"""kg:matches\s*\(\s*([?$]\w+)\s*,\s*("[^"\\\n\r]*"|'[^'\\\n\r]*')\s*\)""")


def keywords(query: str) -> Iterator[tuple[str, int]]:
    r"""Yield keywords and prefixes of a query in capitals, with their offsets.

    None comes from within strings, IRIs, comments and variables.

    >>> list(keywords("ask { ?service a kg:service, 'service' ; <x:service> kg:a\\'b } # service"))
    [('ASK', 0), ('A', 15), ('KG:', 17), ('KG:', 53)]
    """
    for match in _TOKEN.finditer(query):
        if word := match["word"] or match["prefix"]:
            yield word.upper(), match.start()


_LESS_THAN = re.compile(r"<[^<>\s()']*+[()'][^<>\s]*+>")


def doubtful_service(query: str) -> int:
    """The offset of a SERVICE that may be hidden from `keywords` in what looks like an IRI, else -1.

    In "1<2)SERVICE#>" only the whole grammar tells that the sign is no bracket. Where one is in doubt, the word is
    looked for everywhere, within strings too.

    >>> doubtful_service("ASK { FILTER(1<2)SERVICE#>\\n<http://x.example/> { ?a ?b ?c } }")
    17
    >>> doubtful_service("ASK { <urn:a> rdfs:label ?l FILTER(?l = 'Service') }")
    -1
    """
    return query.upper().find("SERVICE") if _LESS_THAN.search(query) else -1


def names(query: str) -> Iterator[tuple[str, str]]:
    r"""Yield the prefixed names of a query; one that PREFIX declares comes as "ex:" with its namespace.

    Names in the template of a CONSTRUCT are made, not looked for, and stay out.

    >>> list(names("PREFIX ex: <urn:x#> ASK { ?a ex:b/kg:c ?d. ?d kg:e.f 'kg:g' }"))
    [('ex:', 'urn:x#'), ('ex:b', ''), ('kg:c', ''), ('kg:e.f', '')]
    >>> list(names("CONSTRUCT { ?a ex:b ?c } WHERE { ?a kg:d ?c }"))
    [('kg:d', '')]
    """
    tokens = list(_TOKEN.finditer(query))
    said = [(token["word"] or "").upper() for token in tokens]
    first = said.index("WHERE") if "CONSTRUCT" in said and "WHERE" in said else 0
    for number, token in enumerate(tokens):
        if not token["prefix"]:
            continue
        if number and said[number - 1] == "PREFIX":
            yield token[0], "".join(other[0] for other in tokens[number + 1 : number + 2])[1:-1]
        elif number >= first:
            yield token[0].rstrip("."), ""


def needs_rewriting(query: str) -> bool:
    """Whether `rewritten` may have something to do."""
    return bool(_STAR.match(query) or "kg:matches" in query)


def rewritten(query: str, found: Iterable[str]) -> str:
    """A query that means the same; `found` are the variables of its answer."""
    return _filtered(_as_written(query, found))


def _as_written(query: str, found: Iterable[str]) -> str:
    """A query with the variables that it finds in place of SELECT *, in the order in which it names them.

    pyoxigraph's order is that of its plan. What is no SELECT * stays as it is.

    >>> _as_written("SELECT * { ?wer kg:signed ?was }", ["was", "wer"])
    'SELECT ?wer ?was { ?wer kg:signed ?was }'
    """
    star = _STAR.match(query)
    first = {name: place for place, name in reversed(list(enumerate(re.findall(r"[?$](\w+)", query))))}
    names = [f"?{name}" for name in sorted(found, key=lambda name: first.get(name, len(first)))]
    return f"{query[: star.end() - 1]}{' '.join(names)}{query[star.end() :]}" if star and names else query


def _filtered(query: str) -> str:
    """A query in which a REGEX, which pyoxigraph does by itself, goes before each call of `kg:matches`.

    The function is Python's, and to call it for 100,000 labels takes long; the REGEX lets few of them through. Of `&&`
    pyoxigraph always evaluates both sides, of IF only what it needs.

    >>> _filtered('ASK { ?s ?p ?l FILTER(kg:matches(?l, "–")) }')
    'ASK { ?s ?p ?l FILTER(IF(false, kg:matches(?l, "–"), false)) }'
    """
    pieces, done = [], 0
    for token in _TOKEN.finditer(query):
        call = _MATCHES.match(query, token.start())
        if not call or token.start() < done:
            continue
        patterns = loose_patterns(call[2][1:-1])
        tests = [f'REGEX(STR({call[1]}), "{pattern}", "i")' for pattern in patterns]
        loosely = " && ".join(tests) or "false"
        pieces += [query[done : call.start()], f"IF({loosely}, {call[0]}, false)"]
        done = call.end()
    return "".join([*pieces, query[done:]])
