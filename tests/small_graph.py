"""A small graph built by hand: what kg should make of three short articles, without any pipeline.

It holds one of everything that outputs must tell apart: a plain fact in two documents, a denial, a plan, a quote, a
literal, a concept that names an organisation, a half-known date, roles beside subject and object, a fact without an
object, and names with umlauts and quotation marks.
"""

from __future__ import annotations

from kg.records import (
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
    Span,
    Time,
)

PAPER = Document(
    "zeitung/huawei.txt",
    "Sören Link leitet Duisburg. Am 12. Januar 2018 unterzeichnete Link ein „Memorandum of Understanding“.\n"
    "RhineCloud setzt keine Komponenten von Huawei ein. Die Prüfung ist 2023 abgeschlossen 😀, sagt Jan Weidenfeld.",
    title='Huawei & "Duisburg"',
    date="2022-04-01",
    publisher="Rheinische Nachrichten",
    url="https://example.org/huawei?id=1",
    encoding="utf-8",
)
BLOG = Document(
    "blog.txt", "Oberbürgermeister Sören Link leitet Duisburg. Huawei will Duisburg beliefern.", date="2018-01"
)
YARD = Document(
    "zeitung/werft.txt", "Henrik Saller übergab Nele Prinz in Stade die Schlüssel nur ungern. Das Lager brannte aus."
)


def span(document: Document, text: str, after: str = "") -> Span:
    """The first place of `text` in a document, behind `after`."""
    start = document.text.index(text, document.text.index(after) if after else 0)
    return document.span(start, start + len(text))


def argument(document: Document, text: str, type: str, after: str = "") -> Argument:
    found = span(document, text, after)
    return Argument(found.start, found.end, found.text, type)


def predicate(document: Document, lemma: str, iri: str, *pieces: str, after: str = "") -> Predicate:
    """A predicate read from pieces of text; `after` is where the last of them is looked for."""
    found = [span(document, piece) for piece in pieces[:-1]] + [span(document, pieces[-1], after)]
    return Predicate(lemma, iri, tuple((s.start, s.end) for s in found), " ".join(s.text for s in found))


def mention(document: Document, text: str, type: str, after: str = "", form: str = "named") -> Mention:
    found = span(document, text, after)
    return Mention(document.id, found.start, found.end, found.text, form, type, found.text)


PAPER_CLAIMS = (
    Claim(
        PAPER.id,
        span(PAPER, "Sören Link leitet Duisburg."),
        argument(PAPER, "Sören Link", "Person"),
        predicate(PAPER, "leiten", "org:headOf", "leitet"),
        argument(PAPER, "Duisburg", "Place"),
    ),
    Claim(
        PAPER.id,
        span(PAPER, "Am 12. Januar 2018 unterzeichnete Link ein „Memorandum of Understanding“."),
        argument(PAPER, "Link", "Person", after="unterzeichnete"),
        predicate(PAPER, "unterzeichnen", "kg:signed", "unterzeichnete"),
        argument(PAPER, "Memorandum of Understanding", "Agreement"),
        time=Time(28, 46, "Am 12. Januar 2018", "2018-01-12", "2018-01-12"),
        confidence=0.8765,
    ),
    Claim(
        PAPER.id,
        span(PAPER, "RhineCloud setzt keine Komponenten von Huawei ein."),
        argument(PAPER, "RhineCloud", "Product"),
        predicate(PAPER, "einsetzen", "kg:uses", "setzt", "ein", after="Huawei ein"),
        argument(PAPER, "Komponenten von Huawei", "Concept"),
        polarity="negative",
    ),
    Claim(
        PAPER.id,
        span(PAPER, "Die Prüfung ist 2023 abgeschlossen 😀, sagt Jan Weidenfeld."),
        argument(PAPER, "Die Prüfung", "Concept"),
        predicate(PAPER, "abschließen", "kgp:abschließen", "abgeschlossen"),
        Literal(169, 173, "2023", "2023"),
        speaker=argument(PAPER, "Jan Weidenfeld", "Person"),
    ),
)
BLOG_CLAIMS = (
    Claim(
        BLOG.id,
        span(BLOG, "Oberbürgermeister Sören Link leitet Duisburg."),
        argument(BLOG, "Sören Link", "Person"),
        predicate(BLOG, "leiten", "org:headOf", "leitet"),
        argument(BLOG, "Duisburg", "Place"),
    ),
    Claim(
        BLOG.id,
        span(BLOG, "Huawei will Duisburg beliefern."),
        argument(BLOG, "Huawei", "Organization"),
        predicate(BLOG, "beliefern", "kgp:beliefern", "beliefern"),
        argument(BLOG, "Duisburg", "Place", after="Huawei will"),
        modality="planned",
    ),
)
YARD_CLAIMS = (
    Claim(
        YARD.id,
        span(YARD, "Henrik Saller übergab Nele Prinz in Stade die Schlüssel nur ungern."),
        argument(YARD, "Henrik Saller", "Person"),
        predicate(YARD, "übergeben", "kgp:übergeben", "übergab"),
        argument(YARD, "die Schlüssel", "Concept"),
        roles=(
            Role("recipient", "", argument(YARD, "Nele Prinz", "Person")),
            Role("place", "in", argument(YARD, "Stade", "Place")),
            Role("manner", "", Literal(56, 66, "nur ungern", "nur ungern")),
        ),
        risk=0.0123,
    ),
    Claim(
        YARD.id,
        span(YARD, "Das Lager brannte aus."),
        argument(YARD, "Das Lager", "Concept"),
        predicate(YARD, "ausbrennen", "kgp:ausbrennen", "brannte", "aus", after="brannte"),
        None,
    ),
)
PAPER_MENTIONS = tuple(
    sorted(
        (
            mention(PAPER, "Sören Link", "Person"),
            mention(PAPER, "Duisburg", "Place"),
            mention(PAPER, "Link", "Person", after="unterzeichnete"),
            mention(PAPER, "Memorandum of Understanding", "Agreement"),
            mention(PAPER, "RhineCloud", "Product"),
            mention(PAPER, "Komponenten von Huawei", "Concept", form="nominal"),
            mention(PAPER, "Huawei", "Organization"),
            mention(PAPER, "Die Prüfung", "Concept", form="nominal"),
            mention(PAPER, "Jan Weidenfeld", "Person"),
        )
    )
)
BLOG_MENTIONS = (
    mention(BLOG, "Sören Link", "Person"),
    mention(BLOG, "Duisburg", "Place"),
    mention(BLOG, "Huawei", "Organization"),
    mention(BLOG, "Duisburg", "Place", after="Huawei will"),
)
YARD_MENTIONS = (
    mention(YARD, "Henrik Saller", "Person"),
    mention(YARD, "Nele Prinz", "Person"),
    mention(YARD, "Stade", "Place"),
    mention(YARD, "die Schlüssel", "Concept", form="nominal"),
    mention(YARD, "Das Lager", "Concept", form="nominal"),
)


def _mentions(*texts: str) -> tuple[Mention, ...]:
    return tuple(sorted(m for m in PAPER_MENTIONS + BLOG_MENTIONS + YARD_MENTIONS if m.text in texts))


ENTITIES = (
    Entity(
        "Duisburg",
        "Place",
        "Duisburg",
        same_as=("https://sws.geonames.org/2934691/",),
        mentions=_mentions("Duisburg"),
    ),
    Entity("Henrik_Saller", "Person", "Henrik Saller", mentions=_mentions("Henrik Saller")),
    Entity("Huawei", "Organization", "Huawei", description="Tech-Konzern", mentions=_mentions("Huawei")),
    Entity("Jan_Weidenfeld", "Person", "Jan Weidenfeld", mentions=_mentions("Jan Weidenfeld")),
    Entity(
        "Komponenten_von_Huawei",
        "Concept",
        "Komponenten von Huawei",
        named=False,
        parts=("Huawei",),
        mentions=_mentions("Komponenten von Huawei"),
    ),
    Entity("Lager", "Concept", "Lager", named=False, mentions=_mentions("Das Lager")),
    Entity(
        "Memorandum_of_Understanding",
        "Agreement",
        "Memorandum of Understanding",
        mentions=_mentions("Memorandum of Understanding"),
    ),
    Entity("Nele_Prinz", "Person", "Nele Prinz", mentions=_mentions("Nele Prinz")),
    Entity("Prüfung", "Concept", "Prüfung", named=False, mentions=_mentions("Die Prüfung")),
    Entity("RhineCloud", "Product", "RhineCloud", mentions=_mentions("RhineCloud")),
    Entity("Schlüssel", "Concept", "Schlüssel", named=False, mentions=_mentions("die Schlüssel")),
    Entity("Stade", "Place", "Stade", mentions=_mentions("Stade")),
    Entity("Sören_Link", "Person", "Sören Link", aliases=("Link",), mentions=_mentions("Sören Link", "Link")),
)

FACTS = (
    Fact("a1", "Sören_Link", "org:headOf", "leiten", "Duisburg", weight=2, claims=(BLOG_CLAIMS[0], PAPER_CLAIMS[0])),
    Fact(
        "b2",
        "Sören_Link",
        "kg:signed",
        "unterzeichnen",
        "Memorandum_of_Understanding",
        since="2018-01-12",
        until="2018-01-12",
        claims=(PAPER_CLAIMS[1],),
    ),
    Fact(
        "c3",
        "RhineCloud",
        "kg:uses",
        "einsetzen",
        "Komponenten_von_Huawei",
        polarity="negative",
        claims=(PAPER_CLAIMS[2],),
    ),
    Fact(
        "d4",
        "Prüfung",
        "kgp:abschließen",
        "abschließen",
        "",
        literal="2023",
        speaker="Jan_Weidenfeld",
        since="2023",
        claims=(PAPER_CLAIMS[3],),
    ),
    Fact("e5", "Huawei", "kgp:beliefern", "beliefern", "Duisburg", modality="planned", claims=(BLOG_CLAIMS[1],)),
    Fact(
        "f6",
        "Henrik_Saller",
        "kgp:übergeben",
        "übergeben",
        "Schlüssel",
        claims=(YARD_CLAIMS[0],),
        roles=(
            FactRole("manner", value="nur ungern"),
            FactRole("place", "in", "Stade"),
            FactRole("recipient", entity="Nele_Prinz"),
        ),
        risk=0.0123,
    ),
    Fact("g7", "Lager", "kgp:ausbrennen", "ausbrennen", "", claims=(YARD_CLAIMS[1],)),
)
