"""The command that asks a person: review."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.group import NOTHING_FOUND, cli, store_argument
from kg.cli.terminal import ask, tell, user_name
from kg.sources.fields import valid
from kg.system.text import counted, one_line, today

if TYPE_CHECKING:
    from kg.store.store import Store


@cli.command()
@store_argument
@click.option("--export", "target", metavar="FILE", help="Write the open questions (.csv) or the ledger (.jsonl).")
@click.option("--import", "source", metavar="FILE", help="Read verdicts from such a file into the store.")
@click.option("--same", nargs=2, metavar="NAME NAME", help="Judge that these two are one, whatever the rules say.")
@click.option("--not-same", nargs=2, metavar="NAME NAME", help="Judge that these two are not one.")
@click.option("--by", default="", metavar="NAME", help="Who judges.  [default: your user name]")
@click.option(
    "--date", "when", default="", metavar="YYYY-MM-DD", help="When.  [default: that of SOURCE_DATE_EPOCH, else today]"
)
def review(
    store: str, target: str | None, source: str | None, by: str, when: str, **said: tuple[str, str] | None
) -> int:
    """Say who is who where the rules are not sure.

    Shows two mentions with their sentences, those that most hangs on first, and takes one key: y same, n not same,
    u unsure, s skip, q quit. Verdicts go into the store's ledger; none is ever overwritten, the last one counts.
    --export and --import do the same through a file, whose column verdict takes y, yes, j, ja or x; n, no or nein; u.
    --same and --not-same judge what nobody asked: two entities by their names. A later verdict on the same two takes an
    earlier one back; one whose names stand elsewhere since the text was changed is kept, but counts no longer.

    \b
    Example:
      kg review duisburg.kg
      kg review duisburg.kg --export fragen.csv
      kg review duisburg.kg --import fragen.csv
      kg review duisburg.kg --same "Sabine Wolkenhauer" Wolkenhauer
    """
    from kg.building.keeping import run_date
    from kg.formats import suffix_of
    from kg.formats.apart import check_apart
    from kg.opening import keep_anew
    from kg.store.locking import locked
    from kg.store.store import Store
    from kg.system.files import check_target, files_of

    spoken = {name: names for name, names in said.items() if names}
    if bool(target) + bool(source) + len(spoken) > 1:
        raise click.UsageError("--export, --import, --same and --not-same are runs of their own")
    if target:
        if suffix_of(target) not in (".csv", ".jsonl"):
            raise click.UsageError(f"{target} is no name for a sheet; take .csv for questions, .jsonl for the ledger")
        check_target(target)
        check_apart([target], (*files_of(store)[1:], store))
    day = run_date(when) or today()
    with Store(store, readonly=True) as kept:
        if target:
            return _export(kept, target)
        kept.check()
    with locked(store), Store(store) as kept:
        try:
            return _judged(kept, store, spoken, source, by, day)
        finally:
            keep_anew(kept)  # also where Ctrl+C ends it: what was answered until then is kept


def _judged(
    kept: Store, store: str, spoken: Mapping[str, tuple[str, str]], source: str | None, by: str, day: str
) -> int:
    """Keep what is said on the command line, in a file, or on the terminal."""
    from dataclasses import replace

    from kg.review import questions as reviewing
    from kg.review.ledger import read_ledger

    for name, (left, right) in spoken.items():
        judged = replace(reviewing.verdict(kept, left, right, name.replace("_", " ")), by=_judge(by), when=day)
        tell(f"{counted(reviewing.answer(kept, [judged]), 'new judgement')} → {store}")
        return 0
    if source:
        found = [replace(j, by=j.by or _judge(by), when=j.when or day) for j in read_ledger(source)]
        tell(f"{counted(reviewing.answer(kept, found), 'new judgement')} → {store}")
        return 0 if found else NOTHING_FOUND
    return _ask(kept, by, day)


def _ask(kept: Store, by: str, day: str) -> int:
    """Ask all that is open on the terminal; each answer is kept at once."""
    from kg.review.questions import answer, questions

    found = questions(kept)
    if not found:
        tell("kg: nothing is left open")
        return NOTHING_FOUND
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask on; use --export FILE.csv, fill it in, and --import it")
    for judgement in ask(found, _judge(by), day):
        answer(kept, [judgement])
    return 0


def _judge(by: str) -> str:
    """Who judges: who is named, else the user. Raises UsageError where neither has a name."""
    if name := valid(one_line(by)) or user_name():
        return name
    raise click.UsageError("nobody is named to have judged; pass --by NAME")


def _export(kept: Store, target: str) -> int:
    """Write the ledger, whatever can be read of it, or the open questions."""
    from kg.errors import DamagedError
    from kg.formats import suffix_of
    from kg.review.ledger import write_ledger, write_questions
    from kg.review.questions import questions

    if suffix_of(target) == ".jsonl":
        judgements, lost = kept.rescued_judgements()
        write_ledger(target, judgements)
        if lost:
            raise DamagedError(
                f"{kept.path}: damaged: {counted(lost, 'verdict')} cannot be read; {target} has the other "
                f"{len(judgements)}; restore a copy of the store, or build it again elsewhere and --import them"
            )
        tell(f"{counted(len(judgements), 'judgement')} → {target}")
        return 0
    found = questions(kept)
    write_questions(target, found)
    tell(f"{counted(len(found), 'question')} → {target}")
    return 0 if found else NOTHING_FOUND
