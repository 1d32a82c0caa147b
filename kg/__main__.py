"""`python -m kg` is the command `kg`; Ctrl+C and too little memory are one line even while it is being loaded.

Nothing that takes time is imported above `main`: what comes before it, Python alone can answer.
"""

from __future__ import annotations

import os
import signal

from kg.memory import SHORTAGE, is_shortage

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it
_BAD_INPUT = 2


def main() -> NoReturn:
    """Run the command line and exit, see `kg.cli.main`."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        # A KeyboardInterrupt within an import may come out of it as another error, or not at all.
        signal.signal(signal.SIGINT, lambda *_: _end("interrupted", _INTERRUPTED))
    try:
        from kg.cli import main as run
    except Exception as error:
        if not is_shortage(error):
            raise
        _end(SHORTAGE, _BAD_INPUT)
    signal.signal(signal.SIGINT, before)
    run()


def _end(message: str, code: int) -> NoReturn:
    """End at once: no file is open yet."""
    os.write(2, f"kg: {message}\n".encode())
    os._exit(code)


if __name__ == "__main__":
    main()
