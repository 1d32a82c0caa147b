"""Tables for pandas: one row per entity, per fact or per sentence, as in "Sören Link | unterzeichnen | Memorandum".

An analyst counts, filters and joins in a DataFrame. The graph's tables have labels to read beside the ids to join on.
pandas comes with the extra `notebook`.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from kg.errors import KgError, QueryError
from kg.graph.labels import object_label, predicate_label, role_text, speaker_label
from kg.graph.periods import first_and_last
from kg.graph.verb_classes import classes_of
from kg.records import Claim, Fact
from kg.system.text import one_line

if TYPE_CHECKING:
    import pandas

    from kg.graph.graph import Graph
    from kg.rdf.sparql.query import Answer

_ENTITY = "id label type kind named aliases description mentions documents facts same_as".split()
_FACT = (
    "id subject predicate class object roles polarity modality speaker since until confidence risk weight first_date "
    "last_date direct subject_id predicate_iri object_id speaker_id"
).split()
_EVIDENCE = (
    "fact document title publisher date url start end sentence subject cue object roles speaker time confidence risk"
).split()


def entities_frame(graph: Graph) -> pandas.DataFrame:
    """One row per entity, sorted by id; `mentions`, `documents`, `facts` are counts. Raises KgError without pandas."""
    rows = [
        (
            *(entity.id, entity.label, entity.type, entity.kind, entity.named, entity.aliases, entity.description),
            len(entity.mentions),
            entity.weight,
            len(graph.facts_of(entity.id)),
            entity.same_as,
        )
        for entity in graph.entities
    ]
    return _frame(rows, _ENTITY)


def facts_frame(graph: Graph) -> pandas.DataFrame:
    """One row per fact, sorted by id, with the labels of its ends and of its speaker. Raises KgError without pandas.

    `roles` has a tuple for each: its name, the preposition, the label of who or what has it, and the entity's id or "".
    `since` and `until` are what the sentences say, `first_date` and `last_date` the dates of the documents, all as
    precise as they are known: "2018", "2018-01", "2018-01-12".
    """
    return _frame([_fact_row(graph, fact) for fact in graph.facts], _FACT)


def evidence_frame(graph: Graph) -> pandas.DataFrame:
    """One row per sentence behind a fact, with where it stands; `fact` is the fact's id. Raises KgError without pandas.

    `subject`, `cue`, `object` and `speaker` are the words of the text, `start` and `end` the sentence's offsets;
    `roles` has a tuple for each: its name, the preposition, and the words.
    """
    return _frame([_evidence_row(graph, fact, claim) for fact in graph.facts for claim in fact.claims], _EVIDENCE)


def answer_frame(answer: Answer) -> pandas.DataFrame:
    """The rows of a SELECT query, one column per variable, even where there is no row.

    Raises QueryError for what is no SELECT, KgError without pandas.
    """
    from kg.rdf.sparql.query import Rows, python_value

    if not isinstance(answer, Rows):
        raise QueryError("query: it gives no rows for a table; ask with SELECT, or take `sparql` for this one")
    return _frame([tuple(map(python_value, row)) for row in answer.rows], answer.variables)


def _fact_row(graph: Graph, fact: Fact) -> tuple[object, ...]:
    return (
        fact.id,
        graph.entities_by_id[fact.subject].label,
        predicate_label(fact, graph.vocabulary),
        next(iter(classes_of(graph, fact)), ""),
        object_label(graph, fact),
        tuple((role.role, role.preposition, role_text(graph, role), role.entity) for role in fact.roles),
        *(fact.polarity, fact.modality, speaker_label(graph, fact)),
        *(fact.since, fact.until, fact.confidence, fact.risk, fact.weight),
        *first_and_last((claim.doc for claim in fact.claims), graph.documents_by_id),
        *(fact.direct, fact.subject, fact.predicate, fact.object, fact.speaker),
    )


def _evidence_row(graph: Graph, fact: Fact, claim: Claim) -> tuple[object, ...]:
    document = graph.documents_by_id[claim.doc]
    spoken = (part.text if part else "" for part in (claim.subject, claim.predicate, claim.object))
    return (
        *(fact.id, document.id, document.title, document.publisher, document.date, document.url),
        *(claim.sentence.start, claim.sentence.end, one_line(claim.sentence.text)),
        *map(one_line, spoken),
        tuple((role.role, role.preposition, one_line(role.argument.text)) for role in claim.roles),
        one_line(claim.speaker.text) if claim.speaker else "",
        one_line(claim.time.text) if claim.time else "",
        *(claim.confidence, claim.risk),
    )


def _frame(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pandas.DataFrame:
    frame: pandas.DataFrame = _pandas().DataFrame.from_records(rows, columns=columns)
    return frame


def _pandas() -> ModuleType:
    try:
        import pandas
    except ImportError as error:
        raise KgError("tables need pandas, which is not installed; run: pip install 'kg-de[notebook]'") from error
    return pandas
