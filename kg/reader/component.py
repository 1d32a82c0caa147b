"""The spaCy component `kg_reader`: sets tags, features, lemmas, trees, sentences and names of a Doc in one go.

spaCy finds it by the entry point of this package, so `spacy.load("kg/models/de_kg_news")` gives a plain pipeline whose
Docs have everything that those of `de_core_news_*` have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import ensure_path
from spacy.vocab import Vocab

from kg.reader.net import FILES, Net, Words
from kg.reader.tokens import MARGINS

_ATTRIBUTES = [HEAD, DEP, TAG, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE]
_IOB = {"I": 1, "O": 2, "B": 3}


class Reader:
    """The component; it reads nothing until `from_disk` or `from_bytes` has given it a net."""

    def __init__(self, vocab: Vocab, name: str = "kg_reader") -> None:
        self.vocab, self.name = vocab, name
        self._net: Net | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The types of names and the relations that it gives."""
        if self._net is None:
            return ()
        kinds = {name[2:] for name in self._net.names if name != "O"}
        return tuple(sorted(kinds | set(self._net.labels("dep"))))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc. Raises ValueError where no net was loaded."""
        if self._net is None:
            raise ValueError("kg_reader has no net; load it with from_disk, as spacy.load does")
        tokens = [token for token in doc if not token.is_space]
        spaces = [bool(token.whitespace_) or (token.i + 1 < len(doc) and doc[token.i + 1].is_space) for token in tokens]
        found = self._net.read([token.text for token in tokens], spaces, _known_starts(doc))
        return _annotate(doc, [token.i for token in tokens], found)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate Docs one by one: what one yields never depends on its neighbours."""
        return map(self, stream)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (self._net.files if self._net else {}).items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Reader:
        self._net = Net.load(ensure_path(path))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        packed: bytes = srsly.msgpack_dumps(self._net.files if self._net else {})
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Reader:
        files: dict[str, bytes] = srsly.msgpack_loads(data)
        self._net = Net({name: files[name] for name in FILES}) if files else None
        return self


@Language.factory(
    "kg_reader",
    assigns=[
        "token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head",
        "token.is_sent_start", "doc.tensor", "doc.sents", "doc.ents", "token.ent_type", "token.ent_iob",
    ],
)  # fmt: skip
def make_reader(nlp: Language, name: str) -> Reader:
    """Make the component for a pipeline."""
    return Reader(nlp.vocab, name)


def _known_starts(doc: Doc) -> list[bool | None]:
    """For each word whether a sentence starts there, as somebody has said before; None where nobody has.

    What is said of white space counts for the word behind it.
    """
    known: list[bool | None] = []
    started = False
    for token in doc:
        started = started or (token.is_sent_start is True and token.i > 0)
        if not token.is_space:
            known.append(True if started else token.is_sent_start)
            started = False
    return known


def _annotate(doc: Doc, places: list[int], found: Words) -> Doc:
    """Write what was found into a Doc; white space hangs on the word before it, as spaCy has it."""
    strings, add_morph = doc.vocab.strings, doc.vocab.morphology.add
    # spaCy takes no other numbers, though its types tell otherwise.
    rows: Any = np.zeros((len(doc), len(_ATTRIBUTES)), dtype="uint64")
    blank: list[Any] = [0, strings.add("dep"), strings.add("_SP"), strings.add("SPACE"), add_morph(""), 0, _IOB["O"], 0]
    before = places[0] if places else 0
    numbers = {place: n for n, place in enumerate(places)}
    for i in range(len(doc)):
        n = numbers.get(i)
        if n is None:
            rows[i] = [_offset(before - i), *blank[1:5], strings.add(doc[i].text), *blank[6:]]
            continue
        before, name = i, found.names[n]
        rows[i] = [
            _offset(places[found.heads[n]] - i), strings.add(found.deps[n]), strings.add(found.tags[n]),
            strings.add(found.pos[n]), add_morph(found.morphs[n]), strings.add(found.lemmas[n]),
            _IOB[name[0]], strings.add(name[2:]) if name != "O" else 0,
        ]  # fmt: skip
    doc.from_array(_ATTRIBUTES, rows)
    doc.tensor = np.zeros((len(doc), len(MARGINS)), np.float32)
    if places:
        doc.tensor[places] = found.margins
    return doc


def _offset(steps: int) -> int:
    """A head as spaCy has it: the steps to it, negative ones as the complement."""
    return steps % 2**64
