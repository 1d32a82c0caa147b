"""The addresses of a served graph: /sparql for programs, / for people, /entity/Duisburg for either.

An IRI of the graph names a thing, not a page, so it is answered with 303 and the address of a page (/page/…) or of
RDF (/data/…), as the sender accepts (W3C, Cool URIs for the Semantic Web).
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.serve.description import describe_service
from kg.serve.entity import LISTS, PageRequest, entity_page, list_query, name_query, sentences_query
from kg.serve.http.protocol import ProtocolError, accepted, not_accepted, task_of, unless_gone
from kg.serve.pages import Site, description_query, query_page
from kg.serve.workers.line import client_of
from kg.serve.workers.worker import GRAPH_FORMATS, Reply, Task
from kg.serve.workers.workers import Workers

_HTML = "text/html"

_AS_TYPED = {"X-Content-Type-Options": "nosniff"}

# Nothing of a page comes from elsewhere, and no page may say otherwise.
_POLICY = _AS_TYPED | {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
}

# The explorer says the like of itself, but who may frame it only a header can say.
_EXPLORER_POLICY = _AS_TYPED | {"Content-Security-Policy": "frame-ancestors 'none'"}

# Some clients take no more than 8 KB for all headers together.
_LONGEST_HEADER = 4_096


def make_app(site: Site, workers: Workers, explorer: Callable[[], Awaitable[bytes]] | None = None) -> Starlette:
    """The web application of one version of a graph; `explorer` gives its page, which a store alone has."""
    addresses = _Addresses(site, workers, explorer)
    routes = [
        Route("/", addresses.query_page),
        Route("/sparql", addresses.sparql, methods=["GET", "POST", "OPTIONS"]),
        Route("/site.json", addresses.site_facts),
        *([Route("/explorer", addresses.explore)] if explorer else []),
        Mount("/static", StaticFiles(packages=[("kg.serve", "static")])),
        Route("/page/{path:path}", addresses.entity),
        Route("/data/{path:path}", addresses.data),
        *(Route(f"/{folder}/{{path:path}}", addresses.thing) for folder in site.folders if folder != "ontology"),
        Route("/ontology", addresses.thing),
    ]
    refusals = {HTTPException: _refuse, ProtocolError: _refuse_protocol, ClientDisconnect: _say_nothing}
    return Starlette(routes=routes, exception_handlers=refusals)


class _Addresses:
    """What is at each address of one site."""

    def __init__(self, site: Site, workers: Workers, explorer: Callable[[], Awaitable[bytes]] | None) -> None:
        self._site, self._workers, self._explorer = site, workers, explorer

    async def sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS, POST"})
        task = await task_of(request, self._site.limit)
        if task is None:
            return self._description(request)
        return self._response(*await self._ask(request, task))

    def _description(self, request: Request) -> Response:
        """What the endpoint can do, as RDF; a person is led to the page."""
        type = accepted(request, [_HTML, *GRAPH_FORMATS])
        if type == _HTML:
            return RedirectResponse("/", 303, headers={"Vary": "Accept"})
        if not type:
            raise not_accepted(GRAPH_FORMATS)
        endpoint = str(request.url.replace(query="", fragment=""))
        return Response(describe_service(self._site, endpoint, type), media_type=type, headers={"Vary": "Accept"})

    def _response(self, reply: Reply, body: bytes) -> Response:
        headers = {"Vary": "Accept", **_AS_TYPED}
        if reply.cut:
            headers["KG-Truncated"] = str(self._site.limit)
        if unknown := _unknown(reply):
            headers["KG-Unknown"] = unknown
        return Response(body, reply.status, headers | _retry(reply), media_type=reply.type)

    async def query_page(self, _: Request) -> Response:
        return HTMLResponse(query_page(self._explorer is not None), headers=_POLICY)

    async def site_facts(self, _: Request) -> Response:
        return Response(self._site.facts_for_page(), headers=_AS_TYPED, media_type="application/json")

    async def explore(self, request: Request) -> Response:
        assert self._explorer
        try:
            html = await unless_gone(request, self._explorer())  # laying out a large graph takes seconds
        except KgError as error:
            raise HTTPException(500, str(error)) from error
        return HTMLResponse(html, headers=_EXPLORER_POLICY)

    async def thing(self, request: Request) -> Response:
        """Lead to the page about a thing, or to its RDF."""
        type = accepted(request, [*GRAPH_FORMATS, _HTML])
        kind = "page" if type == _HTML else "data"
        asked = f"?{request.url.query}" if kind == "page" and request.url.query else ""
        return RedirectResponse(f"/{kind}{quote(request.scope['path'])}{asked}", 303, headers={"Vary": "Accept"})

    async def data(self, request: Request) -> Response:
        iri = self._site.iri(request.path_params["path"])
        type = accepted(request, GRAPH_FORMATS) or "text/turtle"
        reply, body = await self._ask(request, Task(description_query(iri), "", type, self._site.limit))
        if reply.status == 200 and reply.empty:
            raise HTTPException(404, f"{iri}: nothing is known of it")
        return self._response(reply, body)

    async def entity(self, request: Request) -> Response:
        iri, view = self._site.iri(request.path_params["path"]), PageRequest.of(request)
        found = {name: await self._rows(request, list_query(name, iri, view)) for name in LISTS}
        if not any(found.values()):
            there = f" on page {view.page}" if view.page > 1 else ""
            raise HTTPException(404, f"{iri}: nothing is known of it{there}")
        found["name"] = await self._rows(request, name_query(iri, view))
        found["sentences"] = await self._rows(request, sentences_query(found["facts"], view))
        headers = {"Vary": "Accept-Language", "Content-Language": view.language}
        return HTMLResponse(entity_page(self._site, iri, view, found), headers=_POLICY | headers)

    async def _ask(self, request: Request, task: Task) -> tuple[Reply, bytes]:
        client = client_of(request.client.host) if request.client else ""
        return await unless_gone(request, self._workers.ask(task, client))

    async def _rows(self, request: Request, query: str) -> list[dict[str, Any]]:
        """The rows that answer a query of a page; a page is short, whatever the limit on other queries."""
        reply, body = await self._ask(request, Task(query))
        if reply.status != 200:
            raise HTTPException(reply.status, body.decode().strip(), _retry(reply))
        rows: list[dict[str, Any]] = json.loads(body)["results"]["bindings"]
        return rows


def _unknown(reply: Reply) -> str:
    """The terms that the graph has not, as a header tells them: as many as fit one that every client takes."""
    told = [" ".join(quote(name, ":") for name in names) for names in reply.unknown]
    sizes = accumulate(len(each) + len(", ") for each in told)
    return ", ".join(each for each, size in zip(told, sizes, strict=True) if size <= _LONGEST_HEADER)


def _retry(reply: Reply) -> dict[str, str]:
    return {"Retry-After": "1"} if reply.status == 503 else {}


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, {**(error.headers or {}), **_AS_TYPED})


async def _refuse_protocol(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProtocolError)
    return PlainTextResponse(f"{error}\n".encode("utf-8", "backslashreplace"), error.status, _AS_TYPED)


async def _say_nothing(_: Request, __: Exception) -> Response:
    """For a sender who has gone; nobody reads it."""
    return Response(status_code=400)
