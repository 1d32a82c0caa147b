"""The page about an IRI ("/page/entity/Sören_Link"): what it is, its facts with their sentences, where it is mentioned.

It speaks German or English, and what is long comes in pages: a city is part of thousands of facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from starlette.requests import Request

from kg.rdf.sparql.results import shorten
from kg.serve.http.protocol import ProtocolError
from kg.serve.pages import Site, ready_made, templates
from kg.show.explorer.contents import page_words

PAGE = 50
"""How many rows, facts and mentions stand on one page."""

LISTS: Mapping[str, str] = {"rows": "properties.rq", "facts": "facts.rq", "mentions": "mentions.rq"}
"""What comes in pages → the query for it."""

LANGUAGES = ("de", "en")

Binding: TypeAlias = Mapping[str, str]
"""A row of an answer: variable → value; what is an IRI is among its values in <>."""

_WORDS = {
    "de": {"page": "Seite {} von {}", "earlier": "Vorige Seite", "later": "Nächste Seite", "other": "English"},
    "en": {"page": "Page {} of {}", "earlier": "Previous page", "later": "Next page", "other": "Deutsch"},
}


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How somebody wants to see a page: in which language, whether the address says so, and which of several pages."""

    language: str = "de"
    chosen: bool = False
    page: int = 1

    @classmethod
    def of(cls, request: Request) -> PageRequest:
        """What a request asks for: `?lang=` goes before Accept-Language. Raises ProtocolError for what is none."""
        language, page = request.query_params.get("lang", ""), request.query_params.get("page", "1")
        if language not in ("", *LANGUAGES):
            raise ProtocolError(400, f"lang: no page speaks {language!r}; use {' or '.join(LANGUAGES)}")
        if not re.fullmatch("[1-9][0-9]{0,8}", page):
            raise ProtocolError(400, f"page: {page!r} is no number of a page; count from 1")
        return cls(language or liked_language(request.headers.get("accept-language", "")), bool(language), int(page))

    @property
    def address(self) -> str:
        """The part of an address that leads to this view.

        >>> PageRequest("en", True, 2).address, PageRequest().address
        ('?lang=en&page=2', '?')
        """
        said = [f"lang={self.language}"] if self.chosen else []
        return "?" + "&".join(said + ([f"page={self.page}"] if self.page > 1 else []))


def liked_language(header: str) -> str:
    """The one of our languages that an Accept-Language likes best; English for who names neither.

    >>> [liked_language(header) for header in ("", "en-GB,de;q=0.5", "fr, de-AT;q=0.3, en;q=0.2", "fr", "de;q=x")]
    ['de', 'en', 'de', 'en', 'en']
    """
    wishes = []
    for wish in re.split(r"\s*,\s*", header.strip().lower()):
        if found := re.fullmatch(r"(de|en|\*)(?:-[a-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?))?", wish):
            wishes.append((-float(found[2] or 1), found[1]))
    best = min((wish for wish in wishes if wish[0]), default=(0, "en" if header.strip() else "de"))
    return "de" if best[1] == "*" else best[1]


def list_query(name: str, iri: str, view: PageRequest) -> str:
    """A query for one of `LISTS`, as much as a page holds; every row has the count of all as ?n."""
    file = "vocabulary_terms.rq" if name == "rows" and iri.endswith("/ontology") else LISTS[name]
    head, _, query = ready_made(file, IRI=iri, LANG=view.language).partition("\nSELECT ")
    body, _, order = query.partition("\nORDER BY ")
    part = f"SELECT {body} ORDER BY {order} LIMIT {PAGE} OFFSET {PAGE * (view.page - 1)}"
    count = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT {body} }} }}"
    return f"{head}\nSELECT * {{ {{ {part} }} {{ {count} }} }} ORDER BY {order}"


def name_query(iri: str, view: PageRequest) -> str:
    """A query for what an IRI is called."""
    return ready_made("name.rq", IRI=iri, LANG=view.language)


def sentences_query(facts: Sequence[Mapping[str, Any]], view: PageRequest) -> str:
    """A query for the parts and sentences of the facts that `list_query` found."""
    return ready_made("sentences.rq", FACTS=" ".join(f"<{row['f']['value']}>" for row in facts), LANG=view.language)


def entity_page(site: Site, iri: str, view: PageRequest, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """The page about an IRI, from the rows that answer the queries above: `LISTS`, "name" and "sentences"."""
    return _Page(site, view).html(iri, found)


class _Page:
    """One page of a site in one view."""

    def __init__(self, site: Site, view: PageRequest) -> None:
        self.site, self.view = site, view

    def html(self, iri: str, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
        counts = {name: int(found[name][0]["n"]["value"]) if found[name] else 0 for name in LISTS}
        name = found["name"][0].get("name", {}).get("value") if found["name"] else None
        return templates().get_template("entity.html").render(
            iri=iri,
            name=name or re.split("[/#]", iri)[-1],
            data="/data" + self.site.link(iri).removeprefix("/page"),
            language=self.view.language,
            words=_WORDS[self.view.language],
            other=replace(self.view, language=_other(self.view.language), chosen=True),
            pages=self._pages(max(-(-count // PAGE) for count in counts.values())),
            counts={name: self._counted(name, count) for name, count in counts.items()},
            rows=[self._row(row) for row in found["rows"]],
            facts=self._facts(found["facts"], found["sentences"]),
            mentions=[self._mention(row) for row in found["mentions"]],
        )  # fmt: skip

    def _pages(self, last: int) -> Mapping[str, str]:
        """Where one is among the pages, and what leads to those before and behind."""
        view = self.view
        at = _filled(_WORDS[view.language]["page"], self._number(view.page), self._number(last))
        return {
            "at": at if last > 1 else "",
            "earlier": replace(view, page=view.page - 1).address if view.page > 1 else "",
            "later": replace(view, page=view.page + 1).address if view.page < last else "",
        }

    def _row(self, row: Mapping[str, Any]) -> Mapping[str, str]:
        """A property and its value in words, with links where one may follow them."""
        about, value, is_iri = row["p"]["value"], row["o"]["value"], row["o"]["type"] == "uri"
        called = row["wen"]["value"] if "wen" in row else shorten(value, self.site.prefixes) if is_iri else value
        return {
            "what": row["was"]["value"] if "was" in row else shorten(about, self.site.prefixes),
            "what_link": self._link(about),
            "value": called,
            "value_link": self._link(value) if is_iri else "",
        }

    def _facts(self, facts: Sequence[Mapping[str, Any]], said: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The facts in their order, each with its sentences and where they stand."""
        found: dict[str, dict[str, Any]] = {}
        for row in facts:
            values = _values(row)
            found[values["f"]] = {"label": values["fakt"], "link": self._link(values["f"]), "time": "", "sentences": {}}
        for values in map(_values, said):
            fact = found[values["f"]]
            fact["label"] = self._label(values) or fact["label"]
            begin, end = values.get("ab", ""), values.get("bis", "")
            fact["time"] = begin if begin == end or not end else f"{begin} – {end}"
            if "satz" in values:
                place = (self._link(values["d"]), values.get("titel", values["d"])) if "d" in values else ("", "")
                fact["sentences"][(values["satz"], *place)] = True
        return list(found.values())

    def _label(self, values: Binding) -> str:
        """A fact in English, which only the explorer says otherwise; "" where the graph's own label will do."""
        if self.view.language == "de" or not {"wer", "was"} <= values.keys():
            return ""
        denied = values.get("polung") == "negative"
        predicate = _filled(self._say("polarity.not"), values["was"]) if denied else values["was"]
        marks = []
        if values.get("art") in page_words()["modality"].keys() - {"asserted"}:
            marks.append(self._say(f"modality.{values['art']}"))
        if "laut" in values:
            marks.append(_filled(self._say("voice.says"), values["laut"]))
        line = " – ".join([values["wer"], predicate, *(values[name] for name in ("wen", "rollen") if name in values)])
        return f"{line} ({'; '.join(marks)})" if marks else line

    def _mention(self, row: Mapping[str, Any]) -> Mapping[str, str]:
        values = _values(row)
        place = values.get("titel", shorten(values["d"], self.site.prefixes))
        return {
            "text": values["wort"],
            "link": self._link(values["m"]),
            "place": f"{place}:{values['ab']}" if "ab" in values else place,
            "place_link": self._link(values["d"]),
        }

    def _link(self, iri: str) -> str:
        """Where an IRI leads; a language that was chosen stays so on all our pages."""
        link = self.site.link(iri)
        return link + replace(self.view, page=1).address if self.view.chosen and link.startswith("/page/") else link

    def _counted(self, name: str, count: int) -> str:
        if name == "mentions" and count == 1:
            return self._say("counts.mention")
        if name == "mentions":
            return _filled(self._say("counts.mentions"), self._number(count))
        return f"{self._number(count)} {self._say('counts.fact' if count == 1 else 'counts.facts')}"

    def _number(self, number: int) -> str:
        return f"{number:,}".replace(",", "." if self.view.language == "de" else ",")

    def _say(self, name: str) -> str:
        """What the explorer calls it."""
        group, key = name.split(".")
        return page_words()[group][key][self.view.language]


def _other(language: str) -> str:
    return LANGUAGES[1 - LANGUAGES.index(language)]


def _filled(text: str, *values: str) -> str:
    for value in values:
        text = text.replace("{}", value, 1)
    return text


def _values(row: Mapping[str, Any]) -> Binding:
    return {name: term["value"] for name, term in row.items()}
