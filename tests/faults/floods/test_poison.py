"""Updates of odd shapes among good ones: the good ones are all handled, the odd ones parked by their ids or ignored."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot import intake
from bot.log import Event
from bot.sandbox.updates import Update
from storage import schema
from tests.faults.disk.life import Written, alive, events, names_nobody, until, waiting
from tests.lengths import HowMany
from tests.stage import Play

FAMILY = ("aino", "bo", "mother", "father")
STEPS = ("7", "0", "9", "10", "✓ Send")
OURS = frozenset({"private", "member", "kicked", "bot_command", "message", "update", "menu", "poll"})
"""Words that stand in the log or the code anyway."""


def texts(inner: Any) -> Iterator[str]:
    """All that stands in an update as text and is long enough to be known again."""
    for each in inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else []:
        if isinstance(each, str) and len(each) > 3 and each not in OURS:
            yield each
        else:
            yield from texts(each)


async def test_odd_updates_hinder_nobody_and_nothing_of_them_is_in_the_log(
    play: Play, written: Written, how_many: HowMany, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each good one waits behind odd ones that are more than Telegram gives at once."""
    monkeypatch.setattr(intake, "TRY_AGAIN_SECONDS", 0.01)
    await play.starts_meeting(play.nora, await play.family(*FAMILY[1:]))
    stranger, poison = play.world.phone("stranger", language="en"), list[Update]()
    async with alive(play):
        for number, step in enumerate(STEPS):
            play.world.garble(stranger, count=how_many(200, 2000), seed=number)
            poison += play.world.updates.waiting
            for name in FAMILY:
                getattr(play, name).taps(step)
            await until(lambda: not waiting(play), 300)
            await until(lambda: not play.bot.house.in_hand)
    assert [each.scores for each in await play.given()] == [(70, 0, 90, 100)] * len(FAMILY)
    parked = {row.id for row in await play.sql(select(schema.updates.c.id).where(schema.updates.c.parked))}
    assert parked < {each.id for each in poison}
    assert events(written) <= {
        event.value[0]
        for event in (Event.UPDATE_UNREADABLE, Event.UPDATE_FAILED, Event.UPDATE_PARKED, Event.REPLY_FAILED)
    }
    assert {text for each in poison for text in texts(each.json()) if text in written.getvalue()} == set()
    assert names_nobody(play, written)
    await play.change("DELETE FROM updates")
