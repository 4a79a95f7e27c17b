"""A group meeting of several cases, such as a parents' group: started, closed and ended together.

Each case has its own meeting, and sees only itself; what holds them together is an id.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import storage
from bot.actions import meetings
from bot.actions.access import access_case, access_worker
from bot.actions.meetings import Card, Progress
from bot.domain.cases import Case, CaseState, SessionState
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.domain.times import QuietHours
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

MOST = 160
"""As many ticks as a button can carry."""
_MARK_LENGTH = 6
_ANSWERED = frozenset({Progress.ANSWERED, Progress.SKIPPED})


@dataclass(frozen=True)
class Choice:
    """The worker's cases in an order that stays, and a mark of that list: ticks on another list count for nothing."""

    cases: Sequence[Case]
    mark: str

    def ticked(self, mask: int) -> Sequence[Case]:
        return [each for at, each in enumerate(self.cases) if mask >> at & 1]


@dataclass(frozen=True)
class GroupLine:
    """One case of the group: how many of those who were asked have answered or skipped."""

    card: Card
    done: int
    asked: int


@dataclass(frozen=True)
class GroupCard:
    """All cases of a group that are this worker's. `left_out`: those that couldn't be started with the others."""

    id: str
    lines: Sequence[GroupLine]
    left_out: Sequence[Case] = ()

    @property
    def states(self) -> frozenset[SessionState]:
        return frozenset(each.card.session.state for each in self.lines)


async def choice(db: Transaction, person: Person) -> Choice:
    worker = await access_worker(db, person)
    found = await storage.cases.of_worker(db, worker.id, CaseState.OPEN)
    cases = sorted(found, key=lambda each: (each.opened_at, each.id))[:MOST]
    mark = hashlib.sha256(" ".join(each.id for each in cases).encode()).hexdigest()[:_MARK_LENGTH]
    return Choice(cases, mark)


async def start(
    db: Transaction, person: Person, mask: int, mark: str, *, weighing: Weighing = WEIGHING, now: datetime
) -> GroupCard:
    """A meeting in each ticked case, with the people of its last one.

    Left out are cases that meet already, and those where nobody can be asked. All or nothing of the others.
    """
    offered = await choice(db, person)
    if offered.mark != mark:
        raise Refusal(Reason.NO_LONGER)
    chosen = offered.ticked(mask)
    await storage.cases.hold(db, *(each.id for each in chosen))
    group_id, left_out = storage.new_id(), []
    for case in chosen:
        here = await _usual(db, person, case)
        if here:
            await meetings.start(db, person, case.id, here, group_id=group_id, weighing=weighing, now=now)
        else:
            left_out.append(case)
    if len(left_out) == len(chosen):
        raise Refusal(Reason.NOBODY_HERE)
    return GroupCard(group_id, (await card(db, person, group_id)).lines, tuple(left_out))


async def _usual(db: Transaction, person: Person, case: Case) -> Sequence[str]:
    """Who is ticked when a meeting of this case is started; nobody while one goes on."""
    await access_case(db, person, case.id, hold=False)
    try:
        return sorted((await meetings.attendance(db, person, case.id)).ticked)
    except Refusal as refusal:
        if refusal.reason is Reason.MEETING_OPEN:
            return ()
        raise


async def card(db: Transaction, person: Person, group_id: str) -> GroupCard:
    """The meetings of the group that are in this worker's cases; who has none of them sees nothing."""
    await access_worker(db, person)
    found = []
    for session in await storage.sessions.of_group(db, group_id):
        try:
            await access_case(db, person, session.case_id, hold=False)
        except Refusal:
            continue
        found.append(_line(await meetings.card(db, session)))
    if not found:
        raise Refusal(Reason.NOT_HERE)
    return GroupCard(group_id, sorted(found, key=lambda each: each.card.case.label))


def _line(card: Card) -> GroupLine:
    """Of what is asked now: before the meeting, or when it was time to close, after it."""
    opened = card.session.state is SessionState.OPEN
    present = [each.outcome if opened or each.alliance is Progress.NOT_ASKED else each.alliance for each in card.lines]
    asked = [each for each in present if each is not Progress.NOT_ASKED]
    return GroupLine(card, sum(each in _ANSWERED for each in asked), len(asked))


async def close_up_all(db: Transaction, person: Person, group_id: str, *, now: datetime) -> GroupCard:
    """Time to close, in each case in which it wasn't yet; a second tap finds it so."""
    for line in await _held(db, person, group_id):
        if line.card.session.state is SessionState.OPEN:
            await meetings.close_up(db, person, line.card.session.id, now=now)
    return await card(db, person, group_id)


async def _held(db: Transaction, person: Person, group_id: str) -> Sequence[GroupLine]:
    """As it is once nobody else changes it."""
    before = await card(db, person, group_id)
    await storage.cases.hold(db, *(each.card.case.id for each in before.lines))
    return (await card(db, person, group_id)).lines


async def end_all(
    db: Transaction,
    person: Person,
    group_id: str,
    *,
    weighing: Weighing = WEIGHING,
    now: datetime,
    zone: tzinfo,
    quiet: QuietHours | None,
) -> GroupCard:
    """Each meeting that goes on is over."""
    for line in await _held(db, person, group_id):
        session = line.card.session
        if session.ended_at is None:
            await meetings.end(db, person, session.id, weighing=weighing, now=now, zone=zone, quiet=quiet)
    return await card(db, person, group_id)
