"""Texts whose mentions are marked by hand, and the entities that `kg.resolve` makes of them.

"{Sören Link/P} traf {Huawei/O}." holds a Person and an Organization; a third part is the case ("{Putins/P/Gen}") or
the noun beside the name ("{Essen/P/Trainer}"). An entity is written as its id and its mentions, "document:text".
"""

from __future__ import annotations

import re

from kg.language.name_words import parted_nickname
from kg.records import Document, Entity, Judgement, Mention
from kg.resolve import resolve

TYPES = {"P": "Person", "O": "Organization", "L": "Place", "T": "Thing", "A": "Agreement", "C": "Concept", "R": "Role"}
MARK = re.compile(r"\{([^{}/]+)/(\w)(?:/(\w+))?\}")
CASES = ("Nom", "Gen", "Dat", "Acc")


def marked(doc: str, text: str) -> tuple[Document, list[Mention]]:
    """A document and its mentions, from a text with marks."""
    plain, mentions, last = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        words, type_, more = mark[1], TYPES[mark[2]], mark[3] or ""
        form = "nominal" if type_ in ("Concept", "Role") else "named"
        name, _ = parted_nickname(re.sub(r"^(?:die|der|das) ", "", words))
        case, noun = (more, "") if more in CASES else ("", more)
        mentions.append(Mention(doc, len(plain), len(plain) + len(words), words, form, type_, name, noun, case))
        plain += words
        last = mark.end()
    return Document(doc, plain + text[last:]), mentions


def resolved(texts: dict[str, str], judgements: tuple[Judgement, ...] = ()) -> tuple[Entity, ...]:
    pairs = [marked(doc, text) for doc, text in texts.items()]
    return resolve([document for document, _ in pairs], [m for _, found in pairs for m in found], judgements)


def shape(entities: tuple[Entity, ...]) -> dict[str, set[str]]:
    return {entity.id: {f"{m.doc}:{m.text}" for m in entity.mentions} for entity in entities}
