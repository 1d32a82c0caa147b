"""Start serving: "duisburg.kg" is read, laid down for the workers, and http://127.0.0.1:8000/ answers.

The triples wait in a temporary folder, which goes when the server does; its own process keeps none.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn

from kg.dataset import open_dataset
from kg.errors import KgError
from kg.serve.app import make_app
from kg.serve.pages import Site
from kg.serve.protocol import MOST_BYTES
from kg.serve.worker import write_folder
from kg.serve.workers import Workers


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen and how much one query may take: seconds, and rows or triples of its answer."""

    host: str
    port: int
    timeout: float
    limit: int


def serve(
    path: str | os.PathLike[str], settings: Settings, base_iri: str = "", explorer: Callable[[], str] | None = None
) -> None:
    """Serve a .kg store or RDF file until the process is told to end.

    `base_iri` is as for `open_dataset`; `explorer` makes the page at /explorer, which there is none of without it.
    Raises KgError for a file that cannot be read and an address where one cannot listen.
    """
    listener = _listen(settings)
    dataset = open_dataset(path, base_iri)
    site = Site.of(dataset, settings.limit)
    folder = tempfile.TemporaryDirectory(prefix="kg-serve-")
    write_folder(dataset, Path(folder.name))
    del dataset
    workers = Workers(Path(folder.name), settings.timeout, max(2, min(4, os.cpu_count() or 1)))
    app = make_app(site, workers, explorer, ready=lambda: _say_where(listener), done=folder.cleanup)
    # The address of a GET holds the query; h11 refuses longer ones before we can say why.
    config = uvicorn.Config(app, http="h11", log_level="warning", h11_max_incomplete_event_size=8 * MOST_BYTES)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        # A name that leads to no address has a number of its own, below zero.
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such address"
        raise KgError(f"{place}: cannot listen there ({reason}); choose another --port or "
                      "--host") from error  # fmt: skip


def _say_where(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/ – ends with Ctrl+C", err=True)
