"""`python -m kg` is the command `kg`; Ctrl+C and too little memory are one line even while it is being loaded.

Nothing that takes time is imported above `main`: what comes before it, Python alone can answer.
"""

from __future__ import annotations

import os
import signal

from kg.errors import BAD_INPUT, INTERRUPTED, NO_FOLDER, NO_TIME
from kg.system.memory import shortage

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit, see `kg.cli.main`."""
    if hasattr(signal, "SIGXCPU"):
        signal.signal(signal.SIGXCPU, lambda *_: _end(NO_TIME, BAD_INPUT))
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        # A KeyboardInterrupt within an import may come out of it as another error, or not at all.
        signal.signal(signal.SIGINT, lambda *_: _end("interrupted", INTERRUPTED))
    try:
        os.getcwd()
    except FileNotFoundError:
        _end(NO_FOLDER, BAD_INPUT)
    try:
        from kg.cli import main as run
    except Exception as error:
        if not (told := shortage(error)):
            raise
        _end(told, BAD_INPUT)
    if ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _end(message: str, code: int) -> NoReturn:
    """End at once: no file is open yet."""
    os.write(2, f"kg: {message}\n".encode())
    os._exit(code)


if __name__ == "__main__":
    main()
