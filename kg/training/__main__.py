"""The stages on the command line: `python -m kg.training train --work /tmp/kgtrain --half ner`.

A stage that is done leaves a file WORK/STAGE.done and is skipped the next time, unless --force.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

MODEL = Path(__file__).parents[1] / "models" / "de_kg_news"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def convert(options: argparse.Namespace) -> None:
    """Corpora to spaCy's binary format."""
    from kg.training.convert import convert_ner, convert_syntax

    convert_ner(options.corpora, options.work)
    convert_syntax(options.corpora, options.work)


def vectors(options: argparse.Namespace) -> None:
    """Floret vectors from raw text (5 to 12 minutes on two cores)."""
    from kg.training.vectors import train_floret, write_raw, write_table

    text, table = options.work / "raw.txt", options.work / "vectors.floret"
    write_raw(options.corpora / "raw", text)
    train_floret(text, table)
    write_table(table, options.work / "vectors")


def train(options: argparse.Namespace) -> None:
    """Both halves side by side, one core each (an hour), or the one of --half here."""
    if options.half:
        from kg.training.fit import fit_half

        return fit_half(options.half, options.work, options.max_steps)
    from kg.training.fit import HALVES

    extra = ["--max-steps", str(options.max_steps)] if options.max_steps else []
    command = [sys.executable, "-m", "kg.training", "train", "--work", str(options.work), *extra]
    runs = []
    for half in HALVES:
        log = (options.work / f"train_{half}.log").open("w")
        environment = {**os.environ, **ONE_THREAD}
        runs.append(subprocess.Popen([*command, "--half", half], env=environment, stdout=log, stderr=log))
    codes = [run.wait() for run in runs]
    if any(codes):
        raise SystemExit(f"training failed; see {options.work}/train_*.log")


def assemble(options: argparse.Namespace) -> None:
    """Two halves to one pipeline, WORK/de_kg_news."""
    from kg.training.assemble import join_halves, write_pipeline

    best = [options.work / half / "model-best" for half in ("syntax", "ner")]
    write_pipeline(join_halves(*best), options.work / MODEL.name)


def evaluate(options: argparse.Namespace) -> None:
    """Figures on GermEval test and GSD test; printed, and kept in WORK/figures.json."""
    import spacy

    from kg.training.evaluate import evaluate as score
    from kg.training.evaluate import format_table, measure_speed

    nlp = spacy.load(options.model or options.work / MODEL.name)
    scores = score(nlp, options.corpora)
    print(format_table(scores))
    print(f"{measure_speed(nlp, options.corpora):,.0f} words per second of processor time")
    figures = {title: {kind: round(s.f1, 2) for kind, s in table.items()} for title, table in scores.items()}
    (options.work / "figures.json").write_text(json.dumps(figures, indent=2, ensure_ascii=False))


def package(options: argparse.Namespace) -> None:
    """WORK/de_kg_news with its figures into kg/models; the card and the licence there stay."""
    from kg.training.assemble import update_json

    source, figures = options.work / MODEL.name, options.work / "figures.json"
    kept = {path: path.read_bytes() for name in ("README.md", "LICENSE") if (path := MODEL / name).exists()}
    shutil.rmtree(MODEL, ignore_errors=True)
    shutil.copytree(source, MODEL)
    for path, content in kept.items():
        path.write_bytes(content)
    if figures.exists():
        update_json(MODEL / "meta.json", performance=json.loads(figures.read_text()))


STAGES = {stage.__name__: stage for stage in (convert, vectors, train, assemble, evaluate, package)}
ALWAYS = frozenset({"assemble", "evaluate", "package"})  # quick, and what they print or write is what one wants


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line; STAGE "all" runs every stage."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("stage", choices=[*STAGES, "all"])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="holds ner/, treebank/, raw/")
    parser.add_argument("--work", type=Path, default=Path("/tmp/kgtrain"), help="folder for everything in between")
    parser.add_argument("--half", choices=["syntax", "ner"], help="train this half only, in this process")
    parser.add_argument("--max-steps", type=int, help="train no longer than this, to try things out")
    parser.add_argument("--model", type=Path, help="evaluate this pipeline instead of WORK/de_kg_news")
    parser.add_argument("--force", action="store_true", help="run a stage that is done already")
    return parser.parse_args(argv)


def run_stage(name: str, options: argparse.Namespace) -> None:
    """Run a stage, or skip it if it is done."""
    marker = options.work / f"{name}{'.' + options.half if options.half else ''}.done"
    if marker.exists() and not options.force and name not in ALWAYS:
        print(f"{name}: done already (--force to run it again)", file=sys.stderr)
        return
    print(f"{name}: {STAGES[name].__doc__}", file=sys.stderr)
    STAGES[name](options)
    marker.touch()


def main(argv: list[str] | None = None) -> None:
    """Run one stage, or all."""
    options = parse_arguments(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    for name in STAGES if options.stage == "all" else [options.stage]:
        run_stage(name, options)


if __name__ == "__main__":
    main()
