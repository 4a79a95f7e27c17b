"""Somebody else polls the same bot for hours: it keeps its polls nearly all the time, and we go on when it is gone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import pairwise

from bot import failpoints
from bot.sandbox.refusals import RefusedError
from bot.sandbox.world import Trouble, World
from tests.faults.disk.life import Written, heard, lines
from tests.faults.floods.test_six_hours_away import HOUR, Tell, tell, url
from tests.stage import Family, Play

__all__ = ["tell", "url"]

CONFLICT = Trouble(409, "Conflict: terminated by other getUpdates request")


class Other:
    """A program elsewhere that polls all the time; when its poll is ended it asks again at once."""

    ended = 0

    async def polls(self, world: World) -> None:
        offset = 0
        while True:
            try:
                found = await world.updates.poll(offset=offset, limit=100, seconds=25)
                offset = max((each.id + 1 for each in found), default=offset)
            except RefusedError:
                self.ended += 1


@asynccontextmanager
async def beside(play: Play) -> AsyncIterator[Other]:
    """It polls meanwhile."""
    other = Other()
    polls = asyncio.create_task(other.polls(play.world))
    try:
        yield other
    finally:
        polls.cancel()
        await asyncio.wait([polls])


@contextmanager
def asking() -> Iterator[list[float]]:
    """When Telegram is asked meanwhile, in seconds."""
    times = list[float]()

    def see(name: str, moment: failpoints.Moment) -> None:
        if (name, moment) == ("polling.fetch", "before"):
            times.append(asyncio.get_running_loop().time())

    with failpoints.watched(see):
        yield times


def test_a_second_poller_elsewhere_is_left_in_peace_longer_each_time(tell: Tell, written: Written) -> None:
    async def story(play: Play, _: Family) -> None:
        async with beside(play) as other:
            with asking() as times:
                await asyncio.sleep(6 * HOUR)
        pauses = [round(after - before) for before, after in pairwise(times)]
        assert pauses[:2] == [30, 60]
        assert (set(pauses[2:]), other.ended == len(times)) == ({120}, True)

    tell(story)
    assert lines(written)[0]["event"] == "polled_elsewhere"


def test_when_the_other_one_is_gone_people_are_served_by_us_within_minutes(tell: Tell, written: Written) -> None:
    async def story(play: Play, _: Family) -> None:
        async with beside(play):
            await asyncio.sleep(6 * HOUR)
        before = len(heard(play.father))
        play.father.says("/start")
        await asyncio.sleep(121)
        assert len(heard(play.father)) > before

    tell(story)
    assert [line["event"] for line in lines(written)] == ["polled_elsewhere", "telegram_reached", "outage_over"]


async def waits(play: Play, *, then: int) -> int:
    """After one conflict, in seconds; `then` seconds go by."""
    play.world.interrupt("getUpdates", CONFLICT)
    play.world.updates.end_poll()
    with asking() as times:
        await asyncio.sleep(then)
    return round(times[1] - times[0])


def test_an_answer_that_comes_in_between_does_not_mean_that_the_other_one_is_gone(tell: Tell) -> None:
    async def story(play: Play, _: Family) -> None:
        assert [await waits(play, then=100) for _ in range(3)] == [10, 30, 60]

    tell(story)


def test_whom_we_have_not_met_for_a_while_we_meet_as_if_for_the_first_time(tell: Tell) -> None:
    async def story(play: Play, _: Family) -> None:
        assert [await waits(play, then=1000) for _ in range(2)] == [10, 10]

    tell(story)


def test_that_somebody_else_polls_is_said_also_after_telegram_was_away(tell: Tell, written: Written) -> None:
    async def story(play: Play, _: Family) -> None:
        play.world.interrupt("getUpdates", Trouble(502, "Bad Gateway"))
        play.world.interrupt("getUpdates", CONFLICT)
        play.world.updates.end_poll()
        await asyncio.sleep(60)

    tell(story)
    said = [line["event"] for line in lines(written)]
    assert said == ["telegram_unreachable", "polled_elsewhere", "telegram_reached"]
