"""What is no file though it has the name of one: `mkfifo a.ttl` makes a pipe, and who opens it waits for a writer.

Such a name is neither read nor replaced. What a shell hands over by number ends with its writer, and is read. What
Linux makes up as somebody reads it looks like a file, and may let them wait (/proc/kmsg) or have no end.
"""

from __future__ import annotations

import os
import stat

_KINDS = (
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)

# Where Linux shows what it knows.
_MADE_UP = ("/proc/", "/sys/")


def special_kind(path: str | os.PathLike[str]) -> str:
    """What a path is, if it is neither file nor folder; links count as what they lead to, /dev/stdout among them."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return ""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "")


def endless(path: str | os.PathLike[str]) -> str:
    """What a path to be read is, where reading may never end: a pipe that has a name, a device, a socket; else "".

    The pipes of `<(…)` and /dev/stdin have none.
    """
    try:
        real = os.path.realpath(path)
        handed = os.fspath(path).startswith("/dev/fd/") or not os.path.exists(real)
        if handed:
            return ""
        return "made up by the system" if real.startswith(_MADE_UP) else special_kind(path)
    except (OSError, ValueError):  # who opens it says what is wrong with it
        return ""
