"""Work in a thread with as much stack as it needs: what comes of it comes out, and nobody waits for it longer than said."""

from __future__ import annotations

import threading
import time

import pytest

from kg.system.stack import while_wanted, with_room


def test_room_hands_on_what_comes_of_the_work():
    def fail() -> None:
        raise LookupError("nichts")

    assert with_room(lambda: with_room(lambda: 7)) == 7
    with pytest.raises(LookupError, match="nichts"):
        with_room(fail)


def test_work_that_nobody_waits_for_ends():
    ended = []

    def work() -> None:
        try:
            for _ in while_wanted(iter(int, 1)):
                pass
        finally:
            ended.append(True)

    with pytest.raises(TimeoutError):
        with_room(work, 0.1)
    for _ in range(100):
        if ended:
            break
        time.sleep(0.05)
    assert ended


def test_room_within_room_is_as_much_as_is_needed(monkeypatch):
    monkeypatch.setattr("kg.system.stack._STACKS", (1 << 26, 1 << 22))
    assert with_room(lambda: with_room(lambda: 7, least=1 << 26)) == 7
    with pytest.raises(MemoryError, match="134 MB of stack"):
        with_room(lambda: with_room(lambda: 7, least=1 << 27))


def test_what_frames_hold_is_let_go_where_it_was_made():
    """pyoxigraph complains when an answer is let go in another thread, be it held by an error behind the error."""
    let_go = []

    class Answer:
        def __del__(self) -> None:
            let_go.append(threading.current_thread())

    def find() -> None:
        answer = Answer()
        raise LookupError(type(answer).__name__)

    def work() -> None:
        try:
            find()
        except LookupError as error:
            raise MemoryError from error

    with pytest.raises(MemoryError):
        with_room(work)
    assert [thread.name for thread in let_go] == ["kg"]
