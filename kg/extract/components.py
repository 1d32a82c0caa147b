"""kg inside a spaCy pipeline of one's own: `nlp.add_pipe("kg_mentions")` and `nlp.add_pipe("kg_claims")`.

    nlp = spacy.load("de_core_news_md")
    nlp.add_pipe("kg_claims")
    doc = nlp("Sören Link warnt vor Huawei.")
    doc._.kg_claims[0].predicate.lemma     # "warnen vor"
    doc.spans["kg_claims"][0]              # the sentence of the first claim

Either works alone; the pipeline needs a parser, a tagger and an entity recognizer before it. spaCy finds the two by the
entry points of this package, so nothing has to be imported. What they find is kept in `doc.user_data` as plain data,
which lasts through `to_bytes`, DocBin and `nlp.pipe(n_process=2)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from kg.errors import ModelError
from kg.extract.passes import extract_claims, of_doc
from kg.records import Argument, Claim, Extraction, Literal, Mention, Predicate, Role, Span, Time

_KEY = "kg"


@Language.component("kg_mentions", requires=["token.dep", "token.tag", "doc.ents"], assigns=["doc.spans"])
def kg_mentions(doc: Doc) -> Doc:
    """Add `doc._.kg_mentions`, a tuple of Mentions, and their spans as `doc.spans["kg_mentions"]`, labelled by type."""
    found = _found(doc)["mentions"]
    spans = [(m["start"], m["end"], m["type"]) for m in found]
    doc.spans["kg_mentions"] = _group(doc, "kg_mentions", spans)
    return doc


@Language.component("kg_claims", requires=["token.dep", "token.tag", "doc.ents"], assigns=["doc.spans"])
def kg_claims(doc: Doc) -> Doc:
    """Add `doc._.kg_claims`, a tuple of Claims, and as `doc.spans["kg_claims"]` the sentence of each, in their order.

    The label of such a span is the lemma of the claim's predicate.
    """
    found = _found(doc)["claims"]
    spans = [(c["sentence"]["start"], c["sentence"]["end"], c["predicate"]["lemma"]) for c in found]
    doc.spans["kg_claims"] = _group(doc, "kg_claims", spans)
    return doc


def _found(doc: Doc) -> dict[str, Any]:
    """What is in a Doc as plain data; the second component finds what the first has left.

    Raises ModelError for a Doc that no parser has seen.
    """
    if _KEY not in doc.user_data:
        if not doc.has_annotation("DEP"):
            raise ModelError("kg: this pipeline has no parser; add kg_mentions and kg_claims to a full German one")
        # A copy, because reading mends the tree, and the Doc is not ours.
        found = extract_claims(of_doc(doc.copy())) if len(doc) else Extraction((), ())
        doc.user_data[_KEY] = {
            "mentions": [asdict(mention) for mention in found.mentions],
            "claims": [asdict(claim) for claim in found.claims],
        }
    kept: dict[str, Any] = doc.user_data[_KEY]
    return kept


def _group(doc: Doc, name: str, spans: list[tuple[int, int, str]]) -> SpanGroup:
    """Spans of a Doc under one name, each given by offsets and label; a part of a token counts as the whole token."""
    made = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
    return SpanGroup(doc, name=name, spans=[span for span in made if span is not None])


def _mentions(doc: Doc) -> tuple[Mention, ...]:
    """The mentions that a Doc keeps as plain data; none before the components have run."""
    return tuple(Mention(**data) for data in doc.user_data.get(_KEY, {}).get("mentions", ()))


def _claims(doc: Doc) -> tuple[Claim, ...]:
    """The claims that a Doc keeps as plain data; none before the components have run."""
    return tuple(_claim(data) for data in doc.user_data.get(_KEY, {}).get("claims", ()))


def _claim(data: Mapping[str, Any]) -> Claim:
    """A claim from its plain data."""
    said, what, who, when = data["predicate"], data["object"], data["speaker"], data["time"]
    spans = tuple((start, end) for start, end in said["spans"])
    parts = {
        "sentence": Span(**data["sentence"]),
        "subject": Argument(**data["subject"]),
        "predicate": Predicate(**{**said, "spans": spans}),
        "object": _end(what) if what else None,
        "roles": tuple(Role(role["role"], role["preposition"], _end(role["argument"])) for role in data["roles"]),
        "speaker": Argument(**who) if who else None,
        "time": Time(**when) if when else None,
    }
    return Claim(**{**data, **parts})


def _end(data: Mapping[str, Any]) -> Argument | Literal:
    return Literal(**data) if "value" in data else Argument(**data)


for _name, _getter in (("kg_mentions", _mentions), ("kg_claims", _claims)):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, getter=_getter)
