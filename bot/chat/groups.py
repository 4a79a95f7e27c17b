"""A group meeting of several cases.

Nora taps  👪 A group of several    a tick for each of her cases
Nora taps  ⬜️ Birch 42
Nora taps  ⬜️ Alder 7
Nora taps  ▶️ Start 2               the group's card: how far each case is
Nora taps  🟢 Birch 42              that case's own card
Nora taps  👪 The group             the group's card again
Nora taps  ⏱ Time to close: all     and at the end  ⏹ End all
"""

from bot.actions import groups
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import SessionState
from bot.domain.errors import Reason, Refusal
from bot.messages import groups as words

MASK_DIGITS = groups.MOST // 4


@shows("group")
async def choose(turn: Turn, page: int = 0, mask: str = "0", mark: str = "") -> Reply:
    """The button carries all the ticks, and a mark of the list that they were made on."""
    offered = await groups.choice(turn.db, turn.person)
    changed = mark not in ("", offered.mark)
    ticks = 0 if changed else _mask(mask)
    return Reply(words.choose(turn.say, offered, ticks, page, changed=changed))


def _mask(text: str) -> int:
    if not (set(text) <= set("0123456789abcdef") and 1 <= len(text) <= MASK_DIGITS):
        raise Refusal(Reason.NOT_HERE)
    return int(text, 16)


async def _choose_anew(turn: Turn, _mask: str, _mark: str) -> Reply:
    return await choose.handle(turn)


@does("groupgo", again=_choose_anew)
async def start(turn: Turn, mask: str, mark: str) -> Reply:
    weighing = turn.house.weighing
    card = await groups.start(turn.db, turn.person, _mask(mask), mark, weighing=weighing, now=turn.now)
    return Reply(words.card(turn.say, card))


@shows("groupcard")
async def show_group(turn: Turn, group: str, page: int = 0) -> Reply:
    return Reply(words.card(turn.say, await groups.card(turn.db, turn.person, group), page))


@does("groupclose", again=show_group)
async def close_up_all(turn: Turn, group: str) -> Reply:
    return Reply(words.card(turn.say, await groups.close_up_all(turn.db, turn.person, group, now=turn.now)))


async def _end_as_it_is(turn: Turn, group: str) -> Reply:
    card = await groups.card(turn.db, turn.person, group)
    asked = SessionState.OPEN not in card.states
    return Reply(words.card(turn.say, card) if asked else words.end_unasked(turn.say, card))


@does("groupend", again=_end_as_it_is)
async def end_all(turn: Turn, group: str) -> Reply:
    """At once when everybody was asked about the meeting; else a question first."""
    card = await groups.card(turn.db, turn.person, group)
    if SessionState.OPEN in card.states:
        return Reply(words.end_unasked(turn.say, card))
    return await end_all_unasked.handle(turn, group)


@does("groupstop", again=show_group)
async def end_all_unasked(turn: Turn, group: str) -> Reply:
    zone, quiet, weighing = turn.house.zone, turn.house.quiet_hours, turn.house.weighing
    card = await groups.end_all(turn.db, turn.person, group, weighing=weighing, now=turn.now, zone=zone, quiet=quiet)
    return Reply(words.card(turn.say, card))


HANDLERS: list[Press] = [choose, start, show_group, close_up_all, end_all, end_all_unasked]
