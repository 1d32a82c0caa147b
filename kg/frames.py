"""Tables for pandas: one row per entity, per fact or per sentence, as in "Sören Link | unterzeichnen | Memorandum".

An analyst counts, filters and joins in a DataFrame. The graph's tables have labels to read beside the ids to join on;
and a table of texts, one a row, is read like a file. pandas comes with the extra `notebook` and is imported here alone.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, QueryError, SourceError
from kg.fields import document_from_record
from kg.leftout import Outcome, first_few
from kg.periods import first_and_last
from kg.records import Claim, Fact
from kg.wording import object_label, one_line, predicate_label, speaker_label

if TYPE_CHECKING:
    import pandas

    from kg.graph import KnowledgeGraph
    from kg.query import Answer

_ENTITY = "id label type kind named aliases description mentions documents facts same_as".split()
_FACT = (
    "id subject predicate object polarity modality speaker since until weight first_date last_date direct "
    "subject_id predicate_iri object_id speaker_id"
).split()
_EVIDENCE = (
    "fact document title publisher date url start end sentence subject cue object speaker time confidence".split()
)


def entities_frame(graph: KnowledgeGraph) -> pandas.DataFrame:
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


def facts_frame(graph: KnowledgeGraph) -> pandas.DataFrame:
    """One row per fact, sorted by id, with the labels of its ends and of its speaker. Raises KgError without pandas.

    `since` and `until` are what the sentences say, `first_date` and `last_date` the dates of the documents, all as
    precise as they are known: "2018", "2018-01", "2018-01-12".
    """
    return _frame([_fact_row(graph, fact) for fact in graph.facts], _FACT)


def evidence_frame(graph: KnowledgeGraph) -> pandas.DataFrame:
    """One row per sentence behind a fact, with where it stands; `fact` is the fact's id. Raises KgError without pandas.

    `subject`, `cue`, `object` and `speaker` are the words of the text, `start` and `end` the sentence's offsets.
    """
    return _frame([_evidence_row(graph, fact, claim) for fact in graph.facts for claim in fact.claims], _EVIDENCE)


def answer_frame(answer: Answer) -> pandas.DataFrame:
    """The rows of a SELECT query, one column per variable, even where there is no row.

    Raises QueryError for what is no SELECT, KgError without pandas.
    """
    from kg.query import Rows, value

    if not isinstance(answer, Rows):
        raise QueryError("query: it gives no rows for a table; ask with SELECT, or take `sparql` for this one")
    return _frame([tuple(map(value, row)) for row in answer.rows], answer.variables)


def is_frame(item: object) -> bool:
    """Whether something is a DataFrame; who has one has imported pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(item, pandas.DataFrame)


def read_frame(frame: pandas.DataFrame) -> Iterator[Outcome]:
    """Yield the document of each row: column "text", and as far as there "id", "title", "date", "publisher", "url".

    Without an id the row's label in the index is one ("row-0"). A row whose text is missing or empty, or another field
    wrong, is an error in the document's place. Raises SourceError for a table without texts.
    """
    columns = list(map(str, frame.columns))
    if "text" not in columns:
        raise SourceError(
            f'DataFrame: no column "text" (there is {", ".join(columns) or "none"}); '
            'name it so: frame.rename(columns={"…": "text"})'
        )
    if len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        raise SourceError(f'DataFrame: two columns "{twice}"; drop or rename one')
    if frame.empty:
        raise SourceError("DataFrame: no rows; pass one with a text a row")
    yield from first_few(map(_row, frame.index, frame.to_dict("records")), "DataFrame")


def _row(label: object, row: Mapping[Hashable, Any]) -> Outcome:
    record = {str(name): _plain(value) for name, value in row.items()}
    try:
        return replace(document_from_record(record, f"DataFrame, row {label}", f"row-{label}"), encoding="")
    except SourceError as error:
        return error


def _fact_row(graph: KnowledgeGraph, fact: Fact) -> tuple[object, ...]:
    return (
        fact.id,
        graph.entities_by_id[fact.subject].label,
        predicate_label(fact),
        object_label(graph, fact),
        *(fact.polarity, fact.modality, speaker_label(graph, fact), fact.since, fact.until, fact.weight),
        *first_and_last((claim.doc for claim in fact.claims), graph.documents_by_id),
        *(fact.direct, fact.subject, fact.predicate, fact.object, fact.speaker),
    )


def _evidence_row(graph: KnowledgeGraph, fact: Fact, claim: Claim) -> tuple[object, ...]:
    document = graph.documents_by_id[claim.doc]
    spoken = (claim.subject.text, claim.predicate.text, claim.object.text, claim.speaker.text if claim.speaker else "")
    return (
        *(fact.id, document.id, document.title, document.publisher, document.date, document.url),
        *(claim.sentence.start, claim.sentence.end, one_line(claim.sentence.text)),
        *map(one_line, spoken),
        one_line(claim.time.text) if claim.time else "",
        claim.confidence,
    )


def _frame(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pandas.DataFrame:
    return _pandas().DataFrame.from_records(rows, columns=columns)


def _pandas() -> ModuleType:
    try:
        import pandas
    except ImportError as error:
        raise KgError("tables need pandas, which is not installed; run: pip install 'kg-de[notebook]'") from error
    return pandas


def _plain(value: Any) -> Any:
    """A cell as JSON would have it: what is missing as None, a date as ISO text, a year that became 2018.0 whole."""
    import pandas

    if pandas.api.types.is_scalar(value) and pandas.isna(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, pandas.Period):
        return str(value)
    value = getattr(value, "item", lambda: value)() if pandas.api.types.is_scalar(value) else value  # numpy's numbers
    return int(value) if isinstance(value, float) and value.is_integer() else value
