"""A meeting on the worker's phone.

Nora taps  ▶️ Start a meeting      who is here: the same as last time is ticked
Nora taps  ▶️ Start, ask 4         the meeting card; four phones ring
(answers come in: the card is edited in place, the picture follows)
Nora taps  🟢 To the meeting       the card below the picture, and no longer above it
Nora taps  ⏱ Time to close         four phones ring again
Nora taps  ⏹ End the meeting       what is missing is said once
(another day)
Nora taps  ▶️ Start a meeting, 🕊 We met without measuring
"""

from bot.actions import meetings, topics, unmeasured
from bot.actions.meetings import Card
from bot.chat import cases
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import SessionState
from bot.domain.errors import Reason, Refusal
from bot.messages import meeting as words
from bot.messages.message import Message

MASK_DIGITS = 20
"""Ticks for 66 raters. With them a button has 40 of its 64 bytes."""


async def _card(turn: Turn, card: Card) -> Message:
    found = await topics.of_meeting(turn.db, card.case, card.session, weighing=turn.house.weighing)
    return words.card(turn.say, card, turn.house.zone, found)


@shows("meeting")
async def show_meeting(turn: Turn, session: str) -> Reply:
    return Reply(await _card(turn, await meetings.show_card(turn.db, turn.person, session)))


@shows("tocard")
async def bring_card(turn: Turn, session: str) -> Reply:
    """The card anew at the end of the chat, below the picture that has buried it; where it stood before it goes."""
    return Reply(await _card(turn, await meetings.show_card(turn.db, turn.person, session)), below=True)


async def _as_it_is(turn: Turn, case: str, *_: object) -> Reply:
    """The meeting that goes on, else the case."""
    card = await meetings.open_card(turn.db, turn.person, case)
    return Reply(await _card(turn, card)) if card else await cases.show_case.handle(turn, case)


@does("attend", again=_as_it_is)
async def attend(turn: Turn, case: str, ticks: str = "") -> Reply:
    """Who is here: each tap on a name ticks or unticks it; the button carries all the ticks."""
    mask = _mask(ticks) if ticks else None
    asked = await meetings.attendance(turn.db, turn.person, case)
    newest = await unmeasured.newest_of(turn.db, turn.person, case)
    return Reply(words.attendance(turn.say, asked, mask, newest=newest))


async def _noted(turn: Turn, case: str, *_: object) -> Reply:
    """What the first tap has noted, with the way to take it back."""
    found = await unmeasured.just_noted(turn.db, turn.person, case, now=turn.now)
    return Reply(words.unmeasured(turn.say, *found)) if found else await _as_it_is(turn, case)


@does("unmeasured", again=_noted)
async def met_without(turn: Turn, case: str, newest: str) -> Reply:
    found, session = await unmeasured.met(turn.db, turn.person, case, newest, now=turn.now)
    return Reply(words.unmeasured(turn.say, found, session))


@does("notmet")
async def not_met(turn: Turn, session: str) -> Reply:
    case = await unmeasured.take_back(turn.db, turn.person, session, now=turn.now)
    return await cases.show_case.handle(turn, case.id)


def _mask(ticks: str) -> int:
    """The bits that a button carries, one for each rater: a number as long as a large network needs."""
    if not (ticks.isascii() and ticks.isdigit() and len(ticks) <= MASK_DIGITS):
        raise Refusal(Reason.NOT_HERE)
    return int(ticks)


@does("start", again=_as_it_is)
async def start(turn: Turn, case: str, ticks: str) -> Reply:
    mask = _mask(ticks)
    asked = await meetings.attendance(turn.db, turn.person, case)
    here = [each.id for at, each in enumerate(asked.case.raters) if mask >> at & 1]
    weighing = turn.house.weighing
    card = await meetings.start(turn.db, turn.person, case, here, weighing=weighing, now=turn.now)
    return Reply(await _card(turn, card))


@does("close", again=show_meeting)
async def close_up(turn: Turn, session: str) -> Reply:
    return Reply(await _card(turn, await meetings.close_up(turn.db, turn.person, session, now=turn.now)))


async def _end_as_it_is(turn: Turn, session: str) -> Reply:
    """As long as nobody has been asked about the meeting, whether it shall end like that; else the card."""
    card = await meetings.show_card(turn.db, turn.person, session)
    return Reply(
        words.end_unasked(turn.say, card) if card.session.state is SessionState.OPEN else await _card(turn, card)
    )


@does("end", again=_end_as_it_is)
async def end(turn: Turn, session: str) -> Reply:
    """At once when everybody was asked about the meeting; else a question first."""
    card = await meetings.show_card(turn.db, turn.person, session)
    if card.session.state is SessionState.OPEN:
        return Reply(words.end_unasked(turn.say, card))
    return await end_unasked.handle(turn, session)


@does("unasked", again=show_meeting)
async def end_unasked(turn: Turn, session: str) -> Reply:
    zone, quiet, weighing = turn.house.zone, turn.house.quiet_hours, turn.house.weighing
    card = await meetings.end(turn.db, turn.person, session, weighing=weighing, now=turn.now, zone=zone, quiet=quiet)
    return Reply(await _card(turn, card))


HANDLERS: list[Press] = [show_meeting, bring_card, attend, met_without, not_met, start, close_up, end, end_unasked]
