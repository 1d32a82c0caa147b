"""Small corpora whose names are marked by hand, to see who is named together.

"{Ina Krause:Krause} traf {ihn:Link:pronoun}. / …" has two mentions with the ids of their entities; " / " stands between
two sentences, and so does an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import networkx as nx

from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document, Entity, Mention

MARKED = re.compile(r"\{([^:}]+):(\w+)(?::(\w+))?\}| / |\n\n")
TYPES = {"Krause": "Person", "Link": "Person", "Rat": "Organization", "Risiko": "Concept", "Stade": "Place"}


def marked(doc: str, text: str) -> tuple[str, dict[str, list[Mention]]]:
    """A text without its marks, and the mentions by their entities."""
    plain, sentence, found = "", 1, {}
    at = 0
    for match in MARKED.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match[1]:
            place = (len(plain), len(plain) + len(match[1]), match[1])
            type, form = TYPES.get(match[2], "Person"), match[3] or "named"
            found.setdefault(match[2], []).append(Mention(doc, *place, form, type, match[1], sentence=sentence))
            plain += match[1]
        else:
            sentence += 1
            plain += match[0].replace(" / ", " ")
    return plain + text[at:], found


def corpus(texts: Mapping[str, str], dates: Mapping[str, str] = {}) -> KnowledgeGraph:
    documents, mentions = [], {}
    for doc, text in texts.items():
        plain, found = marked(doc, text)
        documents.append(Document(doc, plain, date=dates.get(doc, "")))
        for id, those in found.items():
            mentions.setdefault(id, []).extend(those)
    entities = (
        Entity(id, TYPES.get(id, "Person"), id, named=id != "Risiko", mentions=tuple(sorted(those)))
        for id, those in mentions.items()
    )
    return KnowledgeGraph(tuple(documents), tuple(sorted(entities, key=lambda entity: entity.id)), ())


def weights(network: nx.Graph) -> dict[str, int]:
    return {" ".join(sorted(ends)): weight for *ends, weight in network.edges(data="weight")}


TWO = (
    "{Sören Link:Link} traf {Ina Krause:Krause} in {Stade:Stade}. / {Ina Krause:Krause} lobte {Sören Link:Link}.\n\n"
    "Der {Rat:Rat} tagt in {Stade:Stade}. / {Sören Link:Link} fehlte."
)


def three_texts() -> KnowledgeGraph:
    """Three texts, of which one is there twice."""
    texts = {
        "a": TWO,
        "b": "Gestern fehlte {Sören Link:Link}. / {Ina Krause:Krause} sprach mit {ihm:Link:pronoun}, und {Sören Link:Link} mit {Ina Krause:Krause}.",
        "c": TWO,
        "d": "Im {Rat:Rat} saß {Ina Krause:Krause}.",
    }
    return corpus(texts, {"a": "2018-01", "b": "2022-04-01", "c": "2018-03-07", "d": ""})
