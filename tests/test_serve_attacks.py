"""What `kg serve` does with clients that mean it ill or have lost their way: it says so, or lets them go, and serves on."""

from __future__ import annotations

import os
import re
import select
import socket
import struct
import sys
import time
from contextlib import contextmanager, suppress
from urllib.parse import quote

import pytest
from serving import ENDLESS, SELECT, ask, running, until

HOST = b"Host: localhost\r\n"
CLOSE = HOST + b"Connection: close\r\n"
QUERY = b"Content-Type: application/sparql-query\r\n"
CHUNKED = b"POST /sparql HTTP/1.1\r\n" + CLOSE + QUERY + b"Transfer-Encoding: chunked\r\n\r\n"
ASKED = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n"
MEGABYTE = b"x" * (1 << 20)


@contextmanager
def attacked(folder, graph, seconds):
    """A server that gives each query so many seconds, and says nothing whatever is done to it."""
    graph.write(folder / "a.ttl")
    with running(folder / "a.ttl", "--timeout", seconds) as found:
        yield found
    assert found.log == []


@pytest.fixture(scope="module")
def server(tmp_path_factory, small_graph):
    with attacked(tmp_path_factory.mktemp("attacked"), small_graph, "2") as found:
        yield found


def connect(server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def statuses(server, *parts: bytes) -> list[int]:
    """The statuses of all that comes back for what is sent, until the server closes."""
    with connect(server) as client:
        for part in parts:
            client.sendall(part)
        answer = b"".join(iter(lambda: client.recv(1 << 16), b""))
    return [int(status) for status in re.findall(rb"HTTP/1\.1 ([0-9]{3})", answer)]


def get(target: bytes, *headers: bytes, method: bytes = b"GET") -> bytes:
    return b"%b %b HTTP/1.1\r\n%b%b\r\n" % (method, target, CLOSE, b"".join(header + b"\r\n" for header in headers))


def post(body: bytes, *headers: bytes, target: bytes = b"/sparql") -> bytes:
    return get(target, b"Content-Length: %d" % len(body), *headers, method=b"POST") + body


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"GET / HTTP/1.0\r\n\r\n", [200]),
        (b"GET /\r\n\r\n", [400]),
        (b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03" + bytes(300), [400]),
        (b"GET /\0 HTTP/1.1\r\n" + CLOSE + b"\r\n", [400]),
        (b"GET / HTTP/1.1\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", [400]),
        (get(b"/", b"X: a\0b"), [400]),
        (get(b"/static/%00"), [404]),
        (get(b"/static/..%2f..%2f..%2fetc/passwd"), [404]),
        (get(b"/page/entity/a%00b"), [404]),
        (get(b"/data/entity/%ED%A0%80%zz"), [404]),
        (get(b"/data/entity/%7B%7D%3C%3E%22%5C"), [404]),
        (get(b"*"), [404]),
        (get(b"http://evil.example/"), [404]),
        (get(b"/sparql?query=%FF"), [400]),
        (get(b"/sparql?query=ASK%7B%00%7D"), [400]),
        (get(b"/sparql?query=ASK%7B%7D&named-graph-uri=%00"), [400]),
        (get(b"/", method=b"BREW"), [405]),
        (get(b"/sparql", method=b"TRACE"), [405]),
        (get(b"/static/kg.css", method=b"CONNECT"), [405]),
        (get(b"/", b"Upgrade: websocket", b"Connection: Upgrade"), [200]),
        (get(b"/static/kg.css", b"Range: bytes=0-0," + b"1-2," * 9999), [200]),
        (get(b"/sparql?query=ASK%7B%7D", b"X-Forwarded-For: \xff, ;;", b"X-Forwarded-Proto: gopher"), [200]),
        (get(b"/page/entity/Duisburg", b"Accept-Language: " + b",;q=de*" * 500), [200]),
        (ASKED + HOST + b"\r\n" + ASKED + HOST + b"\r\n" + get(b"/"), [200, 200, 200]),
        (ASKED + HOST + b"\r\n" + b"\xff\xfe\r\n\r\n", [200, 400]),
        (post(b"ASK {}", QUERY.strip()) + b"\r\nand so on", [200]),
        (post(b"ASK {}", QUERY.strip(), b"Expect: 100-continue"), [200]),
        (get(b"/sparql", QUERY.strip(), b"Expect: 100-continue", b"Content-Length: 999999", method=b"POST"), [413]),
        (get(b"/sparql", b"Content-Length: -1", method=b"POST"), [400]),
        (get(b"/sparql", b"Content-Length: " + b"9" * 99, method=b"POST"), [400]),
        (get(b"/sparql", b"Transfer-Encoding: gzip", method=b"POST"), [501]),
        (CHUNKED + b"6\r\nASK {}\r\n0\r\n\r\n", [200]),
        (CHUNKED + b"zz\r\nASK {}\r\n", [400]),
        (CHUNKED + b"-1\r\nASK {}\r\n", [400]),
        (CHUNKED + b"6\r\nASK {}and so on\r\n0\r\n\r\n", [400]),
        (CHUNKED + b"fffffffffffffffffffffff\r\n", [400]),
        (CHUNKED.replace(b"POST", b"HEAD") + b"zz\r\n", [400]),
    ],
    ids=lambda value: repr(value)[:70],
)
def test_strange_requests(server, sent, expected):
    found = [status for status in statuses(server, sent) if status != 100]
    assert found == expected
    assert ask(server.address, SELECT).status_code == 200


@pytest.mark.parametrize("target", ["/sparql", "/sparql?query=ASK%7B%7D", "/entity/Duisburg", "/data/entity/Duisburg"])
@pytest.mark.slow
def test_strange_wishes(server, target):
    """No Accept brings more than a refusal."""
    wishes = (
        "*/*;q=abc|*/*;q=|*/*;q=nan|*/*;q=inf|*/*;q=-1|*/*;q=1e999|;|,|/|a/b/c|*|*/x|text/*;q=0.5;q|=;=|\xff/\xfe|\t"
    )
    wishes += (
        '|text/html;a="b,c"|text/turtle;charset==|text/csv;=;q==1|' + "text/html;q=0.5," * 3000 + "|" + "a" * 60000
    )
    for wish in wishes.split("|"):
        assert statuses(server, get(target.encode(), b"Accept: " + wish.encode("latin-1"))) in (
            [200],
            [303],
            [400],
            [406],
        )


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ((get(b"/sparql?query=" + MEGABYTE),), 414),
        ((get(b"/" + MEGABYTE * 5),), 414),
        ((MEGABYTE * 5,), 414),
        ((get(b"/", b"X: " + MEGABYTE),), 431),
        ((get(b"/", b"X: " + MEGABYTE[:70_000]),), 431),
        ((get(b"/", *[b"X: y"] * 20_000),), 431),
        ((post(MEGABYTE * 40, QUERY.strip()),), 413),
        ((CHUNKED, *[b"100000\r\n" + MEGABYTE + b"\r\n"] * 9, b"0\r\n\r\n"), 413),
        ((post(MEGABYTE * 9, target=b"/nowhere"),), 404),
        ((post(MEGABYTE * 9, target=b"/"),), 405),
        ((post(MEGABYTE * 9, b"Content-Type: text/plain"),), 415),
        ((b"POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9437184\r\n\r\n" + MEGABYTE * 9 + get(b"/", b"Host: x"),), 421),
    ],
    ids=lambda value: repr(value)[:70],
)  # fmt: skip
def test_what_is_too_long_is_refused_and_not_cut_off(server, sent, status):
    """Clients that write all before they read anything get to see why."""
    assert statuses(server, *sent)[0] == status
    assert ask(server.address, SELECT).status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_clients_that_go_away_at_any_time(server, reset):
    """In the middle of a request, while it is answered, in the middle of an answer: nothing remains of them."""
    before = files(server)
    whole = post(b"SELECT * { ?a ?b ?c }", QUERY.strip())
    endless = get(b"/sparql?query=" + quote(ENDLESS).encode())
    explorer = get(b"/page/entity/Duisburg")
    cuts = (
        [whole[:n] for n in range(0, len(whole) + 1, 2)] + [endless] * 8 + [explorer] * 8 + [whole[:-1] + b"\xff"] * 8
    )
    for sent in cuts:
        with connect(server) as client:
            client.sendall(sent)
            if sent == explorer:
                client.recv(10)
            if reset:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    until(lambda: ask(server.address, SELECT).status_code == 200)
    until(lambda: files(server) <= before + 12)  # of a hundred; workers come and go, each with a few


def files(server) -> int:
    """The files that a server holds open."""
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


@pytest.fixture(scope="module")
def patient(tmp_path_factory, small_graph):
    with attacked(tmp_path_factory.mktemp("attacked"), small_graph, "60") as found:
        yield found


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("ASK { FILTER(" + "||".join(["true"] * 20_000) + ") }", 200),
        ("SELECT (" + "+".join(["1"] * 3_000) + " AS ?x) {}", 200),
        ("ASK { FILTER(" + "STR(" * 490 + "?a" + ")" * 490 + ") }", 200),
        ("ASK { FILTER(" + "IF(')',?a," * 2_000 + "?b" + ")" * 2_000 + ") }", 200),
        ("DESCRIBE " + "<urn:a> " * 2_000, 200),
        ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c FILTER(" + "||".join(["true"] * 20_000) + ") }", 200),
        ("ASK {" + "{}" * 100_000 + "}", 400),
    ],
    ids=lambda value: str(value)[:30],
)
def test_long_and_nested_queries_end_no_worker(patient, query, status):
    for _ in range(3):  # there are no more workers than that on most machines
        response = ask(patient.address, query, "*/*")
        assert response.status_code == status, response.text[:200]


@pytest.mark.slow
def test_who_never_ends_a_request_is_let_go(server):
    """Five hundred of them, some silent, some writing a letter now and then, and others are served meanwhile."""
    beginnings = [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", post(MEGABYTE[:9])[:-1], CHUNKED + b"6\r\nAS"]
    clients = [connect(server) for _ in range(500)]
    try:
        for number, client in enumerate(clients):
            client.sendall(beginnings[number % 4])
        end = time.monotonic() + 60
        left = clients
        while left and time.monotonic() < end:
            assert ask(server.address, SELECT).status_code == 200
            for client in left[1::4]:
                with suppress(OSError):
                    client.send(b"x")
            time.sleep(1)
            left = [client for client in left if is_open(client)]
        assert left == []
    finally:
        for client in clients:
            client.close()


def is_open(client: socket.socket) -> bool:
    """Whether the other side has not closed; what it said before is read."""
    client.setblocking(False)
    try:
        while client.recv(1 << 16):
            pass
        return False
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.slow
def test_one_client_with_many_slow_queries_keeps_nobody_else_waiting(tmp_path, small_graph):
    """The addresses are those that a proxy on this machine tells. No query ends for its time meanwhile."""
    sender = "X-Forwarded-For: 10.0.0.{}"
    small_graph.write(tmp_path / "a.ttl")
    with running(tmp_path / "a.ttl", "--timeout", "600") as server:
        clients = [connect(server) for _ in range(40)]
        for client in clients:
            client.sendall(get(b"/sparql?query=" + quote(ENDLESS).encode(), sender.format(1).encode()))
        until(lambda: not all(map(is_open, clients)))  # the last find too many of the same client before them
        for number in range(2, 8):
            assert statuses(server, get(b"/sparql?query=ASK%7B%7D", sender.format(number).encode())) == [200]
        assert sum(map(is_open, clients)) >= 32
        for client in clients:
            client.close()
    assert server.log == []


@pytest.mark.slow
def test_too_many_queries_of_one_client(server):
    """What is too much is refused at once, and told when to come again: then those who went away are forgotten."""
    sender = b"X-Forwarded-For: 10.0.0.9"
    clients = [connect(server) for _ in range(40)]
    for client in clients:
        client.sendall(get(b"/sparql?query=" + quote(ENDLESS).encode(), sender))
    readable, _, _ = select.select(clients, [], [], 20)
    answer = b"".join(iter(lambda: readable[0].recv(1 << 16), b""))
    assert re.findall(rb"(?i)^(?:HTTP/1.1 503|retry-after: 1|all workers are busy)", answer, re.MULTILINE) == [
        b"HTTP/1.1 503", b"retry-after: 1", b"all workers are busy",
    ]  # fmt: skip
    for client in clients:
        client.close()
    assert statuses(server, get(b"/sparql?query=ASK%7B%7D", sender)) == [200]


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on open files that could be lowered")
@pytest.mark.slow
def test_a_server_that_may_hold_few_files(tmp_path, small_graph):
    """More clients than it may hold files: those that came first and said nothing go, and the last are served."""
    import resource

    small_graph.write(tmp_path / "a.ttl")
    with running(tmp_path / "a.ttl") as server:
        if sys.platform == "linux":
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (400, 400))
        clients = [connect(server) for _ in range(600)]
        assert ask(server.address, SELECT).status_code == 200
        for client in clients:
            client.close()
    assert server.log == []
