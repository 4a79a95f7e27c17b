"""Somebody floods the bot while others answer: theirs is all kept, and hardly any of the flood comes in between."""

import asyncio
from dataclasses import replace

from sqlalchemy import select

from bot.flood import BURST, Flood
from bot.in_hand import InHand
from bot.intake import Intake
from bot.log import Event
from bot.sandbox.phones import Phone
from storage import schema
from tests.faults.disk.life import Written, alive, names_nobody, times, until
from tests.stage import Play

SLOW = 0.001
"""Tokens a second: none comes back in a test, however slow its machine."""
STEPS = ("7", "0", "9", "10", "✓ Send")
FLOOD = 5000
OTHERS = 10


class Watching(Flood):
    """Also remembers the most that was in hand, and the most tasks there were, whenever it was asked."""

    def __init__(self, in_hand: InHand) -> None:
        super().__init__(a_second=SLOW)
        self._in_hand = in_hand
        self.most_in_hand = 0
        self.most_tasks = 0

    def allows(self, person: int, now: float) -> bool:
        self.most_in_hand = max(self.most_in_hand, len(self._in_hand))
        self.most_tasks = max(self.most_tasks, len(asyncio.all_tasks()))
        return super().allows(person, now)


async def joins(play: Play, who: Phone) -> None:
    """By Nora's code, and has the first question before them."""
    await play.says(who, "KOIVU-27")
    await play.taps(who, "Young person, 13–17", "Yes, I'll join", "Before the meeting")


def guarded(play: Play) -> Watching:
    """A guard as in service from now on; a play has a patient one."""
    flood = Watching(play.bot.house.in_hand)
    intake = Intake(play.bot.application, play.bot.house, flood=flood)
    play.bot = replace(play.bot, intake=intake, polling=replace(play.bot.polling, intake=intake))
    return flood


def told_so(who: Phone) -> int:
    """How often they were told that it was a lot at once, in the chat or over it."""
    said = [*(each.text for each in who.sees if each.author is None), *(each.text for each in who.toasts)]
    return sum("That was a lot at once." in each for each in said)


def hammers(who: Phone, times: int) -> range:
    """They tap a button of their own, and write, all the time: the ids of these updates."""
    updates = who._world.updates
    first = updates._next_id
    for number in range(times):
        if number % 5:
            who.taps_again()
        else:
            who.says("hello?")
    return range(first, updates._next_id)


async def test_while_one_person_floods_ten_others_answer_and_all_of_theirs_is_kept(
    play: Play, written: Written
) -> None:
    await play.becomes_worker(play.nora)
    others = [play.world.phone(f"client {number}", language="en") for number in range(OTHERS)]
    for who in (play.aino, *others):
        await joins(play, who)
    await play.taps(play.aino, "3", "4")
    flood, flooded = guarded(play), set[int]()
    async with alive(play):
        for step in STEPS:
            flooded |= set(hammers(play.aino, FLOOD // len(STEPS)))
            for who in others:
                who.taps(step)
            await play.world.all_confirmed()
            await until(lambda: not play.bot.house.in_hand)
    had_effect = {row.id for row in await play.sql(select(schema.updates.c.id))} & flooded
    assert (len(flooded), len(had_effect)) == (FLOOD, BURST)
    given = [(each.rater, each.scores) for each in await play.given()]
    assert sorted(given) == sorted((who.name, (70, 0, 90, 100)) for who in others)
    own = await play.sql(
        "SELECT item, score FROM draft_items WHERE draft_id IN (SELECT id FROM drafts WHERE state = 'open')"
    )
    assert sorted((row.item, row.score) for row in own) == [(1, 30), (2, 40)]
    assert (times(written, Event.FLOODED), names_nobody(play, written)) == (1, True)
    assert flood.most_in_hand <= BURST + OTHERS
    assert flood.most_tasks < 3 * (BURST + OTHERS)


async def test_who_has_flooded_goes_on_where_they_were_when_tokens_are_back(play: Play, written: Written) -> None:
    await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "3", "4")
    flood = guarded(play)
    async with alive(play):
        hammers(play.aino, 500)
        await play.world.all_confirmed()
        await until(lambda: told_so(play.aino) > 0)
        flood._full_at.clear()
        play.aino.taps("9", message=next(each for each in reversed(play.aino.sees) if "3/4" in each.text))
        await until(lambda: any("4/4" in each.text for each in play.aino.sees))
    rows = await play.sql("SELECT item, score FROM draft_items ORDER BY item")
    assert [(row.item, row.score) for row in rows] == [(1, 30), (2, 40), (3, 90)]
    assert told_so(play.aino) == 1
