"""Another program holds the database: it is waited for, and everybody's answers come after it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.log import Event
from storage.engine import BUSY_MS
from tests.faults.disk.life import Written, alive, events, names_nobody, times, until, waiting
from tests.faults.disk.scarcity import locked
from tests.stage import Family, Play

FAMILY = ("aino", "bo", "mother", "father")


async def everybody_is_asked(play: Play) -> Family:
    """A meeting has begun, and all have the first question before them."""
    family = await play.family(*FAMILY[1:])
    await play.starts_meeting(play.nora, family)
    return family


def everybody_taps(play: Play, label: str) -> None:
    for name in FAMILY:
        getattr(play, name).taps(label)


def places(play: Play) -> set[str]:
    """Which items are before them."""
    return {
        line.split(" ")[0] for name in FAMILY for line in getattr(play, name).screen.text.splitlines() if "/4 " in line
    }


def file_of(play: Play) -> Path:
    return Path(play.database.engine.url.database or "")


async def kept(play: Play) -> list[tuple[int, int]]:
    rows = await play.sql("SELECT item, score, count(*) AS people FROM draft_items GROUP BY item, score ORDER BY item")
    return [(row.score, row.people) for row in rows]


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
async def test_a_lock_that_is_soon_given_back_is_waited_for_and_nobody_notices(
    play: Play, written: Written, how: str
) -> None:
    await everybody_is_asked(play)
    async with alive(play):
        with locked(file_of(play), how):
            everybody_taps(play, "7")
            await asyncio.sleep(1)
            during = len(waiting(play)), places(play)
        await play.world.all_confirmed()
        await until(lambda: places(play) == {"2/4"})
    assert (during, await kept(play), events(written)) == ((4, {"1/4"}), [(70, 4)], set())


async def test_a_lock_that_is_held_too_long_costs_nobody_an_answer(play: Play, written: Written, long: bool) -> None:
    """Longer than is waited for: 12 s in the long form; in the short one less is waited for, too."""
    await everybody_is_asked(play)
    busy_ms = BUSY_MS if long else 700
    async with play.database.transaction() as db:
        await db.row(text(f"PRAGMA busy_timeout={busy_ms}"))
    async with alive(play):
        with locked(file_of(play), "IMMEDIATE"):
            everybody_taps(play, "7")
            await asyncio.sleep(busy_ms / 1000 + 2)
            during = len(waiting(play)), places(play)
        await play.world.all_confirmed()
        await until(lambda: places(play) == {"2/4"})
        everybody_taps(play, "8")
        await until(lambda: places(play) == {"3/4"})
    assert (during, await kept(play)) == ((4, {"1/4"}), [(70, 4), (80, 4)])
    assert times(written, Event.UPDATE_FAILED) > 0
    assert (Event.UPDATE_PARKED.value[0] in events(written), names_nobody(play, written)) == (False, True)
