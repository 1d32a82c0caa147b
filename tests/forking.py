"""`kg` in a process of its own, without loading its modules anew: a Python that has them forks for each command.

What loads modules takes most of the time of a short command, and the tests give more than a thousand. The forked
process goes through `python -m kg` from its first line, and ends as that would.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO

import kg

_NOT_LOADED = ("kg.__main__", "kg.models", "kg.training")
"""What a command runs from its first line on, and what none needs."""


def forked(args: Sequence[str], *, cwd: Path, stdin: bytes, env: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """Exit status, stdout and stderr of `kg` with some arguments. Raises TimeoutError after two minutes."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        told.write(stdin)
        told.seek(0)
        order = {"args": list(args), "cwd": os.fspath(cwd), "env": dict(env)}
        with tempfile.TemporaryFile() as command:
            command.write(json.dumps(order).encode())
            command.seek(0)
            status = _ask([command, told, out, err])
        return status, _content(out), _content(err)


def _ask(files: Sequence[IO[bytes]]) -> int:
    connection, _ = _server()
    try:
        socket.send_fds(connection, [b"!"], [file.fileno() for file in files])
        return int(connection.recv(20))
    except BaseException:  # it is still at work: nobody may ask it for anything else
        _end()
        raise


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
    ours.settimeout(120)
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
    """In a forked process, what it is to do; None in the first one once nobody asks any more."""
    while True:
        message, (*files,), *_ = socket.recv_fds(connection, 1, 4)
        if not message:
            return None
        child = os.fork()
        if not child:
            connection.close()
            with open(files[0], "rb") as command:
                order = json.loads(command.read())
            for target, file in enumerate(files[1:]):
                os.dup2(file, target)
                os.close(file)
            return order
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _main(connection: socket.socket) -> None:
    for module in walk_packages(kg.__path__, "kg."):
        if not module.name.startswith(_NOT_LOADED):
            import_module(module.name)
    import_module("spacy.cli")
    gc.freeze()
    order = _next_order(connection)
    if order is None:
        return
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["kg", *order["args"]]
    sys.path[0] = order["cwd"]
    runpy.run_module("kg", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])))
