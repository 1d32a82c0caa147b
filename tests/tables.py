"""Claims as rows of Markdown tables, under headings: what `gold/claims.md` and `gold/seed-claims.md` have in common."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Claim, Role, Time

COLUMNS = ("Satz", "Subjekt", "Prädikat", "Objekt", "Rollen", "Polarität", "Modalität", "Sprecher", "Zeit")
NONE = "–"
SIGNS = {"positive": "+", "negative": "−"}

Row = tuple[str, ...]
"""A claim as a table has it: subject, predicate, object, roles, polarity, modality, speaker and time."""


def table_rows(markdown: str, columns: Row) -> Iterator[tuple[str, Row]]:
    """The rows of all tables, each with the heading above it. Raises ValueError for a row with other columns.

    >>> list(table_rows('''## Verben
    ... | Satz | Objekt |
    ... | --- | --- |
    ... | Bosch baut. | – |
    ... ''', ("Satz", "Objekt")))
    [('Verben', ('Bosch baut.', '–'))]
    """
    heading = ""
    for line in markdown.splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|")) if line.startswith("|") else ()
        if not cells or cells == columns or set(line) <= set("|- "):
            continue
        if len(cells) != len(columns):
            raise ValueError(f"{line!r}: {len(cells)} columns, not {len(columns)}")
        yield heading, cells


def row(claim: Claim) -> Row:
    """A claim as a table writes it."""
    return (
        claim.subject.text,
        claim.predicate.lemma,
        claim.object.text if claim.object else NONE,
        "; ".join(map(_role, claim.roles)) or NONE,
        SIGNS[claim.polarity],
        claim.modality,
        claim.speaker.text if claim.speaker else NONE,
        _when(claim.time) if claim.time else NONE,
    )


def _when(time: Time) -> str:
    """A time by its ends; by its words where it has none."""
    return f"{time.since}/{time.until}" if time.since or time.until else time.text


def triples(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """A claim as triples, one for the object and one for each role, whose preposition stands behind the verb.

    Link – übergeben – Schlüssel, in Stade → (Link, übergeben, Schlüssel), (Link, übergeben in, Stade); what has neither
    gives (Das Lager, ausbrennen, "").
    """
    said = claim.predicate.lemma
    if claim.object or not claim.roles:
        yield claim.subject.text, said, claim.object.text if claim.object else ""
    for role in claim.roles:
        yield claim.subject.text, f"{said} {role.preposition}".strip(), role.argument.text


def _role(role: Role) -> str:
    """A role as a table writes it: "place (in): Stade", "recipient: Nele Prinz"."""
    led = f" ({role.preposition})" if role.preposition else ""
    return f"{role.role}{led}: {role.argument.text}"
