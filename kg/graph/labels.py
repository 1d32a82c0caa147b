"""Facts in words: "RhineCloud – nicht: setzt ein – Komponenten von Huawei (laut Sören Link)".

A fact is read as subject, predicate, object; what keeps it from being plainly true stands beside it, so that nobody
reads a denial or a plan as an assertion: "nicht:" before the predicate, modality and speaker in brackets behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.modalities import ASSERTED, TABLE
from kg.ontology import relation
from kg.system.text import one_line

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Fact

MODALITY_WORDS: Mapping[str, str] = {modality.name: modality.de for modality in TABLE if modality.name != ASSERTED}
"""What a German label says for each modality but "asserted", which goes without saying."""


def predicate_label(fact: Fact) -> str:
    """The German label of a fact's predicate: that of its relation, else the lemma."""
    known = relation(fact.predicate)
    return known.de if known else fact.lemma


def edge_label(fact: Fact) -> str:
    """The predicate as it reads on an edge: "setzt ein", or "nicht: setzt ein" when it is denied."""
    label = predicate_label(fact)
    return f"nicht: {label}" if fact.polarity == "negative" else label


def object_label(graph: Graph, fact: Fact) -> str:
    """The label of the object entity, or the literal."""
    return graph.entities_by_id[fact.object].label if fact.object else fact.literal


def speaker_label(graph: Graph, fact: Fact) -> str:
    """The label of the speaker, "" for the author's own voice."""
    return graph.entities_by_id[fact.speaker].label if fact.speaker else ""


def fact_label(graph: Graph, fact: Fact) -> str:
    """The whole fact in one line: "Sören Link – hat unterzeichnet – Memorandum of Understanding"."""
    subject = graph.entities_by_id[fact.subject].label
    speaker = speaker_label(graph, fact)
    marks = [MODALITY_WORDS.get(fact.modality, ""), f"laut {speaker}" if speaker else ""]
    beside = "; ".join(mark for mark in marks if mark)
    line = f"{subject} – {edge_label(fact)} – {object_label(graph, fact)}"
    return one_line(f"{line} ({beside})" if beside else line)
