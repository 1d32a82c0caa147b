"""The command line: `kg build artikel/ -o artikel.kg`, then `kg why artikel.kg "Sören Link"`.

One thin command per public function. Data goes to stdout, progress and logs to stderr; exit 0 is fine, 1 nothing found,
2 wrong use or bad input, told in one line.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg.cli import ask, build, check, judge, serve  # noqa: F401  each adds its commands to the group
from kg.cli.group import ANSWERS, cli
from kg.cli.terminal import LateLog, complain, fail, set_up_streams
from kg.errors import INTERRUPTED, KgError
from kg.system.memory import FEW_THREADS, SHORTAGE, is_shortage, shortage, threads_start

__all__ = ["ANSWERS", "cli", "main"]


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; every KgError ends in one line on stderr, behind what was left out, and exit 2."""
    set_up_streams()
    log = LateLog()
    try:
        code = cli.main(args, prog_name="kg", standalone_mode=False, obj="kg")  # see `shelter`
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        fail(f"{error.format_message().rstrip('.')}; see `{path} --help`")
    except KgError as error:
        log.tell("kg.sources.leftout")
        fail(str(error))
    except (click.Abort, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, EOFError) and is_shortage(error):  # of Python's own reading of a module
            fail(SHORTAGE)
        if not threads_start():
            fail(FEW_THREADS)
        log.tell()
        goes_on = {"build": "a build into a .kg goes on", "add": "it goes on"}
        told = goes_on.get(" ".join((sys.argv[1:] if args is None else args)[:1]))
        complain(
            f"interrupted; {told} behind the last text it finished when you run it again" if told else "interrupted"
        )
        sys.exit(INTERRUPTED)
    except Exception as error:
        if not (told := shortage(error)):
            raise
        fail(told)
    log.tell()
    sys.exit(code)
