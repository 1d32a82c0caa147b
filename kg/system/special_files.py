"""What is no file though it has the name of one: `mkfifo a.ttl` makes a pipe, and who opens it waits for a writer.

Such a name is neither read nor replaced. What a shell hands over by number ends with its writer, and is read. What
Linux makes up as somebody reads it looks like a file, and may let them wait (/proc/kmsg) or have no end.
"""

from __future__ import annotations

import os
import stat

try:
    import fcntl
except ImportError:  # Windows, where no pipe has such a name
    fcntl = None  # type: ignore[assignment]

_KINDS = (
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)

# Where Linux shows what it knows.
_MADE_UP = ("/proc/", "/sys/")

# How many links in a row Linux follows.
_MOST_LINKS = 40


def special_kind(path: str | os.PathLike[str]) -> str:
    """What a path is, if it is neither file nor folder; links count as what they lead to, /dev/stdout among them."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return ""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "")


def endless(path: str | os.PathLike[str]) -> str:
    """What a path to be read is, where reading may never end: a pipe that has a name, a device, a socket; else "".

    The pipes of `<(…)` and /dev/stdin have none. One that kg itself writes to, as /dev/stdout mostly is, never ends.
    """
    try:
        if _is_written_here(path):
            return "a pipe that kg itself writes to"
        real = os.path.realpath(path)
        handed = os.fspath(path).startswith("/dev/fd/") or not os.path.exists(real)
        if handed:
            return ""
        return "made up by the system" if real.startswith(_MADE_UP) else special_kind(path)
    except (OSError, ValueError):  # who opens it says what is wrong with it
        return ""


def _is_written_here(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a pipe whose writing end this process holds: /dev/stdout of `kg … | less`."""
    found = os.stat(path)
    if fcntl is None or not stat.S_ISFIFO(found.st_mode):
        return False
    return any(_writes_to(file, found) for file in map(int, os.listdir("/dev/fd")))


def _writes_to(file: int, found: os.stat_result) -> bool:
    """Whether a file that is open by number is the one that was found, and is open for writing."""
    try:
        same = os.path.samestat(os.fstat(file), found)
        return same and fcntl.fcntl(file, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
    except OSError:  # closed by now, as what listed them is
        return False


def is_stream(path: str | os.PathLike[str]) -> bool:
    """Whether a path leads to what somebody has opened, as /dev/stdout does, whatever file or pipe that is."""
    place = os.path.abspath(path)
    for _ in range(_MOST_LINKS):
        place = os.path.join(os.path.realpath(os.path.dirname(place)), os.path.basename(place))
        if place.startswith("/proc/"):
            return True
        if not os.path.islink(place):
            return False
        place = os.path.join(os.path.dirname(place), os.readlink(place))
    return False
