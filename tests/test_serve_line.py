"""The line in front of the workers: who waits for whom."""

from __future__ import annotations

import asyncio

import pytest

from kg.serve.workers.line import Full, Line


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("share", "things", "coming", "order"),
    [
        (1, 1, "aaaabc", "aabcaa"),
        (1, 1, "aabbc", "aabcb"),
        (1, 2, "aaabc", "abaca"),
        (2, 2, "aaaabc", "aaabca"),
        (2, 3, "aaaab", "aabaa"),
    ],
)
def test_one_client_after_the_other(share, things, coming, order):
    """Each letter is a client that wants something; what is taken first is given back first."""
    served = []

    async def run() -> None:
        line: Line[int] = Line(share, 9)
        held = []

        async def come(client: str) -> None:
            held.append((client, await line.take(client)))
            served.append(client)

        for number in range(things):
            line.give(number)
        tasks = []
        for client in coming:
            tasks.append(asyncio.create_task(come(client)))
            await settled()
        while not all(task.done() for task in tasks):
            client, thing = held.pop(0)
            line.leave(client)
            line.give(thing)
            await settled()

    asyncio.run(run())
    assert "".join(served) == order


def test_who_goes_away_loses_the_place_and_nothing_is_lost():
    async def run() -> None:
        line: Line[str] = Line(1, 2)
        waiting = [asyncio.create_task(line.take("a")) for _ in range(2)]
        await settled()
        with pytest.raises(Full):
            await line.take("a")
        waiting[0].cancel()
        await settled()
        waiting.append(asyncio.create_task(line.take("a")))
        await settled()
        line.give("x")
        waiting[1].cancel()  # it was handed out, but not yet taken
        await settled()
        assert await asyncio.wait_for(waiting[2], 5) == "x"
        assert [task.cancelled() for task in waiting] == [True, True, False]

    asyncio.run(run())


def test_who_has_hung_up_is_a_client_like_any_other():
    """Nobody knows the address of a socket that is gone; those who come after it waited for nothing."""

    async def run() -> None:
        line: Line[str] = Line(1, 9)
        waiting = [asyncio.create_task(line.take(client)) for client in ("", "a")]
        await settled()
        line.give("x")
        line.give("y")
        assert await asyncio.wait_for(asyncio.gather(*waiting), 5) == ["x", "y"]

    asyncio.run(run())
