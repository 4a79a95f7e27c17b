"""The line before the easels."""

import asyncio

import pytest

from bot.charts.line import Line, TooLong


async def test_what_was_given_back_last_is_taken_first() -> None:
    line = Line(["one", "other"])
    async with line.turn("nora", seconds=1) as first:
        pass
    async with line.turn("nora", seconds=1) as again:
        assert again == first


async def test_of_each_person_in_turn_and_of_a_person_in_order() -> None:
    line, order = Line(["easel"]), []

    async def stands(whose: str, number: int) -> None:
        async with line.turn(whose, seconds=1):
            order.append((whose, number))
            await asyncio.sleep(0)

    people = [("nora", 1), ("nora", 2), ("nora", 3), ("otto", 1), ("otto", 2)]
    await asyncio.gather(*(stands(*each) for each in people))
    assert order == [("nora", 1), ("nora", 2), ("otto", 1), ("nora", 3), ("otto", 2)]


async def test_who_went_away_is_passed_over() -> None:
    line = Line(["easel"])
    async with line.turn("nora", seconds=1):
        waiting = [asyncio.create_task(stand(line, whose)) for whose in ("otto", "aino")]
        await asyncio.sleep(0)
        waiting[0].cancel()
    assert await waiting[1] == "easel"


async def test_what_came_to_who_went_away_at_that_moment_is_not_lost() -> None:
    line = Line(["easel"])
    async with line.turn("nora", seconds=1):
        waiting = asyncio.create_task(stand(line, "otto"))
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await stand(line, "aino") == "easel"


async def test_nobody_waits_for_ever() -> None:
    line = Line(["easel"])
    async with line.turn("nora", seconds=1):
        with pytest.raises(TooLong):
            await stand(line, "otto", seconds=0.01)
    assert await stand(line, "otto") == "easel"


async def stand(line: Line[str], whose: str, *, seconds: float = 1) -> str:
    async with line.turn(whose, seconds=seconds) as thing:
        return thing
