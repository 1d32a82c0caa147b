"""`kg` in a process of its own, without loading modules and pipeline anew: a Python that has them forks for each command.

What loads them takes most of the time of a short command, and the tests give more than a thousand. The forked
process goes through `python -m kg` from its first line, and ends as that would.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO

import kg
from kg.extract import extract
from kg.reader.pipeline import fingerprint, load
from kg.records import Document

_NOT_LOADED = ("kg.__main__", "kg.models", "kg.training")
"""What a command runs from its first line on, and what none needs."""


_LATER = ("spacy.cli", "spacy.lang.de", "pyshacl", "trafilatura")
"""What commands import once they are at work."""

Streams = Mapping[int, int | None]
"""For stdin (0), stdout (1) and stderr (2), a file that takes its place, or None where the process finds it closed."""


class Forked:
    """A `kg` in a process of its own that runs, used as `subprocess.Popen` is."""

    def __init__(self, pid: int, told: int) -> None:
        self.pid, self.returncode = pid, None
        self._told = told

    def poll(self, seconds: float = 0) -> int | None:
        """The exit status, None while it runs; waits for it so many seconds."""
        if self.returncode is None and select.select([self._told], [], [], seconds)[0]:
            status = os.read(self._told, 20)
            os.close(self._told)
            if not status:
                raise ChildProcessError("the Python that forks is gone")
            self.returncode = int(status)
        return self.returncode

    def wait(self, timeout: float = 120) -> int:
        """The exit status. Raises subprocess.TimeoutExpired when it takes too long."""
        if self.poll(timeout) is None:
            raise subprocess.TimeoutExpired("kg", timeout)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # ended in between
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def started(
    args: Sequence[str], *, cwd: str | os.PathLike[str], env: Mapping[str, str], files: Sequence[int | None]
) -> Forked:
    """Start `kg` with some arguments; the files are its stdin, stdout and stderr, None for one that is closed."""
    connection, _ = _server()
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as command:
        closed = [number for number, file in enumerate(files) if file is None]
        order = {"args": list(args), "cwd": os.fspath(cwd), "env": dict(env), "closed": closed}
        command.write(json.dumps(order).encode())
        command.seek(0)
        given = [command.fileno() if file is None else file for file in files]
        socket.send_fds(connection, [b"!"], [command.fileno(), *given, writing])
    os.close(writing)
    pid = b""
    while not pid.endswith(b"\n"):
        if not (byte := os.read(reading, 1)):
            raise ChildProcessError("the Python that forks is gone")
        pid += byte
    return Forked(int(pid), reading)


def forked(
    args: Sequence[str], *, cwd: Path, stdin: bytes, env: Mapping[str, str], streams: Streams
) -> tuple[int, bytes, bytes]:
    """Exit status, stdout and stderr of `kg` with some arguments. Raises TimeoutExpired after two minutes."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        told.write(stdin)
        told.seek(0)
        files = [streams.get(number, file.fileno()) for number, file in enumerate((told, out, err))]
        process = started(args, cwd=cwd, env=env, files=files)
        try:
            status = process.wait()
        finally:
            process.kill()
        return status, _content(out), _content(err)


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


@cache
def _server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """A connection to a Python that forks; it ends when this one does."""
    ours, theirs = socket.socketpair()
    root = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, __file__, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        env={**os.environ, "PYTHONPATH": str(root)},
        cwd=root,
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    atexit.register(_end)
    return ours, process


def _end() -> None:
    if _server.cache_info().currsize:
        connection, process = _server()
        connection.close()
        process.kill()
        process.wait()
        _server.cache_clear()


def _next_order(connection: socket.socket) -> dict | None:
    """In a forked process, what it is to do; None in the first one once nobody asks any more.

    The first one tells of each process first its number, then how it ended.
    """
    running: dict[int, int] = {}
    ended, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waking)
    while True:
        ready, _, _ = select.select([connection, ended], [], [])
        if ended in ready:
            os.read(ended, 512)
            for pid, told in list(running.items()):
                done, status = os.waitpid(pid, os.WNOHANG)
                if done:
                    _tell(told, str(os.waitstatus_to_exitcode(status)))
                    os.close(running.pop(pid))
        if connection not in ready:
            continue
        message, (*files,), *_ = socket.recv_fds(connection, 1, 5)
        if not message:
            return None
        child = os.fork()
        if not child:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            connection.close()
            with open(files[0], "rb") as command:
                order = json.loads(command.read())
            for target, file in enumerate(files[1:4]):
                os.dup2(file, target)
            for file in (*files[1:], *running.values(), ended, waking):
                os.close(file)
            return order
        for file in files[:4]:
            os.close(file)
        running[child] = files[4]
        _tell(files[4], f"{child}\n")


def _tell(file: int, text: str) -> None:
    with suppress(BrokenPipeError):  # nobody waits for it any more
        os.write(file, text.encode())


def _main(connection: socket.socket) -> None:
    for module in walk_packages(kg.__path__, "kg."):
        if not module.name.startswith(_NOT_LOADED):
            import_module(module.name)
    for name in _LATER:
        import_module(name)
    _load_pipeline()
    measure = _measuring(os.environ.get("KG_COVERAGE"))
    gc.freeze()
    order = _next_order(connection)
    if order is None:
        return
    measure()
    os.chdir(order["cwd"])
    if order["env"].get("KG_MODEL") != os.environ.get("KG_MODEL"):
        load.cache_clear()
        fingerprint.cache_clear()
    os.environ.clear()
    os.environ.update(order["env"])
    tempfile.tempdir = None  # TMPDIR may be another
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in order["closed"]:  # as Python begins where it finds them closed
        os.close(number)
        name = ("stdin", "stdout", "stderr")[number]
        setattr(sys, name, None)
        setattr(sys, f"__{name}__", None)
    sys.argv = ["kg", *order["args"]]
    sys.path[0] = order["cwd"]
    status = 0
    try:
        runpy.run_module("kg", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        status = ended.code or 0
    _end_process(status)


def _load_pipeline() -> None:
    """The pipeline, its fingerprint, and the tables that the first sentence asks for."""
    fingerprint(None, "")
    extract(Document("brief", "Angela Merkel besuchte Paris."), load(None))


def _measuring(data: str | None) -> Callable[[], None]:
    """What has coverage told which code a forked process runs, beside what `pytest --cov` measures (see conftest.py).

    All that costs time is done before there is a fork. What no process runs is told by `pytest --cov` alone.
    """
    if not data:
        return lambda: None
    import coverage

    root = Path(kg.__file__).parent
    measured = coverage.Coverage(data, data_suffix=True, config_file=str(Path(__file__).parents[1] / "pyproject.toml"))
    measured.set_option("run:source_pkgs", [])
    measured.set_option("run:include", [f"{root}/*"])
    measured.set_option("run:sigterm", True)  # which is how servers end
    measured.start()
    measured.stop()

    def measure() -> None:
        measured.start()
        atexit.register(measured.save)
        atexit.register(measured.stop)

    return measure


def _end_process(status: int) -> None:
    """End as Python does, without taking all modules apart: to touch what is shared with others would copy it first."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream and not stream.closed:
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])))
