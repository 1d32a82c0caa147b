"""The stages on the command line: `python -m kg.training train --work /tmp/kgtrain`.

Training that was cut off goes on behind its last pass. To do it again, take another WORK.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

MODEL = Path(__file__).parents[1] / "models" / "de_kg_news"
FIGURES = "figures.json"


def train(options: argparse.Namespace) -> None:
    """Fine-tune the net on all annotated corpora, on its own gold and on made-up sentences: WORK/net."""
    from kg.training.train import train as fit

    start = options.start and options.start / "kg_reader"
    fit(options.corpora, options.work / "net", options.passes, start, options.seed)


def export(options: argparse.Namespace) -> None:
    """The trained net as a spaCy pipeline, in 8 bits: WORK/de_kg_news."""
    from kg.training.assemble import write_files, write_lemmas, write_pipeline
    from kg.training.encoder import PackedModel, find_model
    from kg.training.network import load_network
    from kg.training.resume import average, read_inventory, read_pieces, read_weights

    packed = PackedModel(find_model())
    net, kept, inventory = load_network(options.work / "net", packed)
    if options.average:
        other = options.average / "kg_reader"
        if read_inventory(other) != inventory or read_pieces(other, packed) != kept:
            raise SystemExit(f"{options.average}: has other labels or pieces than this net; no mean of both is one")
        net.load_state_dict(average(net.state_dict(), read_weights(other)))
    write_files(net, inventory, packed, kept, options.work / "files")
    write_lemmas(options.corpora, options.work / "files")
    write_pipeline(options.work / "files", options.work / MODEL.name)
    (options.work / FIGURES).unlink(missing_ok=True)


def evaluate(options: argparse.Namespace) -> None:
    """Figures on GermEval test and GSD test, size, speed and load time; printed, and kept in WORK/figures.json."""
    from kg.training.evaluate import evaluate as score
    from kg.training.evaluate import format_figures

    model = options.model or options.work / MODEL.name
    figures = score(model, options.corpora)
    print(format_figures(figures))
    if options.model is None:
        (model.parent / FIGURES).write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def package(options: argparse.Namespace) -> None:
    """WORK/de_kg_news with its figures into kg/models; the card and the licence there stay."""
    from kg.training.assemble import update_json

    fresh = MODEL.with_name(f"{MODEL.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(options.work / MODEL.name, fresh)
    update_json(fresh / "meta.json", performance=json.loads((options.work / FIGURES).read_text()))
    for name in ("README.md", "LICENSE"):
        shutil.copy(MODEL / name, fresh / name)
    shutil.rmtree(MODEL)
    fresh.replace(MODEL)


STAGES = {stage.__name__: stage for stage in (train, export, evaluate, package)}


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line; STAGE "all" runs every stage."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("stage", choices=[*STAGES, "all"])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="holds ner/, treebank/, raw/")
    parser.add_argument("--work", type=Path, default=Path("/tmp/kgtrain"), help="folder for everything in between")
    parser.add_argument("--passes", type=int, default=4, help="over the lessons (default: 4)")
    parser.add_argument("--start", type=Path, help="train the net of this pipeline further, with another --seed")
    parser.add_argument("--average", type=Path, help="export the mean of the trained net and of this pipeline's")
    parser.add_argument("--seed", type=int, default=2026, help="of what is drawn at random (default: 2026)")
    parser.add_argument("--model", type=Path, help="evaluate this pipeline instead of WORK/de_kg_news")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> None:
    """Run one stage, or all."""
    options = parse_arguments(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    for name in STAGES if options.stage == "all" else [options.stage]:
        STAGES[name](options)


if __name__ == "__main__":
    main()
