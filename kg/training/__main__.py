"""The stages on the command line: `python -m kg.training teachers --work /tmp/kgtrain`.

A stage that was cut off goes on where it stopped: the teacher behind its last pass, silver behind its last shard, the
student behind its last step (WORK/STEP.done). To do a stage again, delete what it wrote, or take another WORK.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

MODEL = Path(__file__).parents[1] / "models" / "de_kg_news"
FIGURES = "figures.json"
ROUNDS = 2


def teachers(options: argparse.Namespace) -> None:
    """Fine-tune the teacher on all annotated corpora (eight passes of ten minutes on one core)."""
    from kg.training.teach import teach

    teach(options.corpora, options.work / "teacher")


def reader(options: argparse.Namespace) -> None:
    """The teacher itself as a pipeline, in 8 bits: WORK/reader."""
    from kg.training.assemble import META
    from kg.training.bundle import write_files, write_pipeline
    from kg.training.encoder import PackedModel, find_model
    from kg.training.teacher import load_teacher

    packed = PackedModel(find_model())
    net, pieces, inventory = load_teacher(options.work / "teacher", packed)
    write_files(net, inventory, packed, pieces.kept, options.work / "reader.files")
    write_pipeline(options.work / "reader.files", options.work / "reader", META)


def silver(options: argparse.Namespace) -> None:
    """Let the teacher label the corpora and some millions of words of raw text (20 minutes a round)."""
    from kg.training.silver import make_silver

    make_silver(options.corpora, options.work, options.rounds)
    (options.work / "silver.done").touch()


def student(options: argparse.Namespace) -> None:
    """Vectors, then a tok2vec that thinks like the teacher, then the pipeline over it."""
    if not (options.work / "silver.done").exists():
        sys.exit(f"{options.work}: the stage silver is not over; run `python -m kg.training silver` first")
    for step in (vectors, distil, convert, fit):
        run_step(step, options)


def vectors(options: argparse.Namespace) -> None:
    """Floret vectors from raw text (5 to 12 minutes on two cores)."""
    from kg.training.unseen import test_texts
    from kg.training.vectors import train_floret, write_raw, write_table

    text, table = options.work / "raw.txt", options.work / "vectors.floret"
    write_raw(options.corpora / "raw", text, test_texts(options.corpora))
    train_floret(text, table)
    write_table(table, options.work / "vectors")


def distil(options: argparse.Namespace) -> None:
    """The student's tok2vec and vectors learn the teacher's word vectors."""
    from kg.training.distil import distil as learn

    learn(options.corpora, options.work)


def convert(options: argparse.Namespace) -> None:
    """Gold and silver to spaCy's binary format."""
    from kg.training.student import convert as write

    write(options.corpora, options.work)


def fit(options: argparse.Namespace) -> None:
    """Train the pipeline with spaCy's trainer, then strip it to what is shipped."""
    import spacy

    from kg.training.assemble import write_pipeline
    from kg.training.student import fit as train

    (options.work / FIGURES).unlink(missing_ok=True)
    train(options.work, options.max_steps)
    write_pipeline(spacy.load(options.work / "student" / "model-best"), options.work / MODEL.name)


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


STAGES = {stage.__name__: stage for stage in (teachers, reader, silver, student, evaluate, package)}


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line; STAGE "all" runs every stage."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("stage", choices=[*STAGES, "all"])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="holds ner/, treebank/, raw/")
    parser.add_argument("--work", type=Path, default=Path("/tmp/kgtrain"), help="folder for everything in between")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of raw text to label (default: {ROUNDS})")
    parser.add_argument("--max-steps", type=int, help="train no longer than this, to try things out")
    parser.add_argument("--model", type=Path, help="evaluate this pipeline instead of WORK/de_kg_news")
    return parser.parse_args(argv)


def run_step(step: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> None:
    """Run a step of a stage, or skip it if it is done."""
    marker = options.work / f"{step.__name__}.done"
    if marker.exists():
        print(f"{step.__name__}: done already (delete {marker} to do it again)", file=sys.stderr)
        return
    print(f"{step.__name__}: {step.__doc__}", file=sys.stderr)
    step(options)
    if not options.max_steps:
        marker.touch()


def main(argv: list[str] | None = None) -> None:
    """Run one stage, or all."""
    options = parse_arguments(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    for name in STAGES if options.stage == "all" else [options.stage]:
        STAGES[name](options)


if __name__ == "__main__":
    main()
