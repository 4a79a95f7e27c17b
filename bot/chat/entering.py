"""A worker writes down what somebody says, or what stands on their sheet.

Nora taps  ✍️ Answer for somebody   who of the meeting, and how far they are
Nora taps  ⏳ Mother                aloud, from paper, not this time
Nora taps  🗣 Aloud                 1/4 in the mother's language, 0-10
Nora taps  7, 6, 8, 9, ✓ Send       the meeting card again
Nora taps  📄 From paper            the four lines of the sheet
Nora taps  📅 21 Nov 2026           today, yesterday, the meeting's day
"""

from dataclasses import replace

from bot.actions import entering, handing_in, skipping
from bot.actions.entering import Entry
from bot.chat import meeting
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.instruments import STEP_MM, Measure
from bot.domain.ratings import Draft, Mode, SkipReason
from bot.messages import entering as words
from bot.messages.entering import EntryScreens


def _shown(turn: Turn, entry: Entry) -> Reply:
    return Reply(EntryScreens(turn.say, entry).present())


@shows("answers")
async def answers(turn: Turn, session: str) -> Reply:
    return Reply(words.answers(turn.say, await entering.of_meeting(turn.db, turn.person, session)))


@shows("ways")
async def ways(turn: Turn, session: str, rater: str) -> Reply:
    return Reply(words.ways(turn.say, await entering.ways(turn.db, turn.person, session, rater)))


async def _ways(turn: Turn, session: str, rater: str, *_: object) -> Reply:
    return await ways.handle(turn, session, rater)


async def _begin(turn: Turn, session: str, rater: str, measure: Measure, mode: Mode) -> Reply:
    zone = turn.house.zone
    entry = await entering.begin(turn.db, turn.person, session, rater, measure, mode, now=turn.now, zone=zone)
    return _shown(turn, entry)


@does("aloud", again=_ways)
async def aloud(turn: Turn, session: str, rater: str, measure: Measure) -> Reply:
    return await _begin(turn, session, rater, measure, Mode.ALOUD)


@does("paper", again=_ways)
async def paper(turn: Turn, session: str, rater: str, measure: Measure) -> Reply:
    return await _begin(turn, session, rater, measure, Mode.PAPER)


# Not this time


@shows("leave")
async def leave(turn: Turn, session: str, rater: str) -> Reply:
    return Reply(words.why_skipped(turn.say, await entering.ways(turn.db, turn.person, session, rater)))


async def _card(turn: Turn, session: str, *_: object) -> Reply:
    return await meeting.show_meeting.handle(turn, session)


@does("leaveout", again=_card)
async def leave_out(turn: Turn, session: str, rater: str, reason: SkipReason) -> Reply:
    await skipping.leave_out(turn.db, turn.person, session, rater, reason, now=turn.now)
    return await _card(turn, session)


@shows("skipall")
async def skip_all(turn: Turn, session: str) -> Reply:
    return Reply(words.why_all_skipped(turn.say, await entering.of_meeting(turn.db, turn.person, session)))


@does("skippedall", again=_card)
async def skipped_all(turn: Turn, session: str, reason: SkipReason) -> Reply:
    await skipping.leave_all_out(turn.db, turn.person, session, reason, now=turn.now)
    return await _card(turn, session)


# What is written down


async def _look(turn: Turn, draft: str) -> Entry:
    return await entering.look(turn.db, turn.person, draft, now=turn.now, zone=turn.house.zone)


async def _move(turn: Turn, draft: str, step: entering.Step) -> Reply:
    zone = turn.house.zone
    return _shown(turn, await entering.move(turn.db, turn.person, draft, step, now=turn.now, zone=zone))


@shows("entry")
async def entry(turn: Turn, draft: str) -> Reply:
    return _shown(turn, await _look(turn, draft))


async def _as_it_is(turn: Turn, draft: str, *_: object) -> Reply:
    return await entry.handle(turn, draft)


@does("heard", again=_as_it_is)
async def heard(turn: Turn, draft: str, item: int, score: int) -> Reply:
    return await _move(turn, draft, lambda each: each.answered(item, score * STEP_MM))


@does("unheard", again=_as_it_is)
async def unheard(turn: Turn, draft: str, item: int) -> Reply:
    """Back from the item, or the review, that was looked at."""
    return await _move(turn, draft, entering.stepped_back(item))


@does("reenter", again=_as_it_is)
async def reenter(turn: Turn, draft: str, item: int) -> Reply:
    """A line of the review, anew."""
    return await _move(turn, draft, lambda each: each.opened_at(item))


@does("sum", again=_as_it_is)
async def only_a_sum(turn: Turn, draft: str) -> Reply:
    return await _move(turn, draft, lambda each: each.summed(None))


@does("items", again=_as_it_is)
async def four_values(turn: Turn, draft: str) -> Reply:
    return await _move(turn, draft, Draft.itemised)


@does("onlyme", again=_as_it_is)
async def only_me(turn: Turn, draft: str, yes: int) -> Reply:
    """They say that it is for their worker alone (1), or may be shown together (0)."""
    return await _move(turn, draft, lambda each: each.for_worker_only(bool(yes)))


@shows("days")
async def days(turn: Turn, draft: str) -> Reply:
    return Reply(EntryScreens(turn.say, await _look(turn, draft)).days())


@does("day", again=_as_it_is)
async def day(turn: Turn, draft: str, day: str) -> Reply:
    zone = turn.house.zone
    return _shown(turn, await entering.write_day(turn.db, turn.person, draft, day, now=turn.now, zone=zone))


@does("keepfirst", again=_as_it_is)
async def keep_first(turn: Turn, draft: str) -> Reply:
    kept = await handing_in.keep_first(turn.db, turn.person, draft, now=turn.now, zone=turn.house.zone)
    return await _after(turn, kept)


@does("enter", again=_as_it_is)
async def send(turn: Turn, draft: str) -> Reply:
    """Then the next child, or the meeting's card."""
    weighing, zone = turn.house.weighing, turn.house.zone
    sent = await handing_in.send(turn.db, turn.person, draft, weighing=weighing, now=turn.now, zone=zone)
    more = await entering.go_on(turn.db, turn.person, sent, now=turn.now, zone=zone)
    reply = _shown(turn, more) if more is not None else await _after(turn, sent)
    return replace(reply, note=turn.say("✓ Written down"))


async def _after(turn: Turn, done: Entry) -> Reply:
    if done.session is not None:
        return await _card(turn, done.session.id)
    return _shown(turn, done)


HANDLERS: list[Press] = [
    answers,
    ways,
    aloud,
    paper,
    leave,
    leave_out,
    skip_all,
    skipped_all,
    entry,
    heard,
    unheard,
    reenter,
    only_a_sum,
    four_values,
    only_me,
    days,
    day,
    keep_first,
    send,
]
