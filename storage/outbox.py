"""The outbox: letters put in the transaction of their cause, and claimed by a courier with a lease.

A letter is written down as being sent before it is: whoever finds it so, its lease run out, knows that it may have
arrived.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, or_, select, update

from bot.domain.letters import HOWEVER_LATE, TO_NOBODY, WHILE_HANDED_OVER, Letter, LetterKind
from storage import service
from storage.database import Transaction, new_id
from storage.schema import hand_overs, letters, persons
from storage.schema.columns import Moment

LEASE = timedelta(seconds=60)
DEAD_AFTER = timedelta(hours=24)
ALONE = "alone"
"""The `outcome` of a letter that waits again by itself: nothing stands behind it."""


class LetterState(StrEnum):
    """WAITING, then SENDING until it is SENT, VOID (no longer true when its turn came) or DEAD (it can't be sent)."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    VOID = "void"
    DEAD = "dead"


FREE: Final[Mapping[str, Any]] = {"state": LetterState.WAITING.value, "lease": None, "leased_until": None}
"""It waits, and is nobody's to carry."""
MAY_HAVE_ARRIVED: Final = case((letters.c.state == LetterState.SENDING.value, True), else_=letters.c.unsure)


async def put(
    db: Transaction,
    kind: LetterKind,
    person_id: str,
    about: Mapping[str, str],
    *,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    unsure: bool = False,
) -> bool:
    """A letter to a person, to be sent at once or not before a moment; whether it is new: one with this key isn't.

    `unsure`: another one has told them the same.
    """
    row = {"key": f"{kind.value}:{key}:{person_id}", "person_id": person_id, "kind": kind.value, "about": dict(about)}
    waiting = {"state": LetterState.WAITING.value, "made_at": now, "not_before": not_before or now, "tries": 0}
    planned = {"planned_for": not_before, "priority": kind.priority, "unsure": unsure}
    is_new = await db.add_once(letters, {**row, **waiting, **planned})
    db.letters += is_new
    return is_new


async def states_of(db: Transaction, kind: LetterKind, cause: str, *, to: str | None = None) -> Sequence[LetterState]:
    """How far each letter of this kind is whose key begins with the cause, in the order in which they were put.

    `to`: of one person only.
    """
    its = _begins(f"{kind.value}:{cause}:")
    whose = its if to is None else its & (letters.c.person_id == to)
    rows = await db.rows(select(letters.c.state).where(whose).order_by(letters.c.id))
    return [LetterState(row.state) for row in rows]


def _begins(start: str) -> ColumnElement[bool]:
    """The keys between this beginning and the next one: an index has them side by side, which it hasn't for LIKE."""
    beyond = start[:-1] + chr(ord(start[-1]) + 1)
    return (letters.c.key >= start) & (letters.c.key < beyond)


async def planned(db: Transaction, kind: LetterKind, person_id: str, about: Mapping[str, str]) -> Sequence[int]:
    """The ids of a person's open letters of this kind about the same, oldest first."""
    same = (letters.c.person_id == person_id) & (letters.c.kind == kind.value)
    rows = await db.rows(select(letters.c.id, letters.c.about).where(same, is_open()).order_by(letters.c.id))
    return [row.id for row in rows if row.about == about]


# A courier's work


async def claim(db: Transaction, *, now: datetime, most: int) -> Sequence[Letter]:
    """Lease letters whose time has come: for each person the most urgent one, so that their order holds.

    Nothing, while a database that came from a backup hasn't been told to resume.
    """
    if await service.read(db, service.Memory.RESTORED) is not None:
        return []
    lease = new_id()
    rows = await db.rows(_due(), {"now": now, "a_day_ago": now - DEAD_AFTER, "most": most})
    if rows:
        claimed = letters.c.id.in_([row.id for row in rows])
        await db.change(update(letters).where(claimed).values(**_leased(lease, now)))
    return [_letter(row, lease) for row in rows]


@cache
def _due() -> Select[Any]:
    """Open letters that are nobody's `now`, the first of each person to whom nothing is being sent; `most` at once.

    Whom Telegram wants left in peace gets nothing; what has waited for a day and isn't done however late comes, to be
    ended. Behind one that is to be tried again only what is more urgent goes. While a worker's phone is in somebody's
    hands it all waits, however long. None of that is waited for by what is sent to nobody.
    """
    now = bindparam("now", type_=Moment)
    mine = letters.alias("mine")
    busy = select(mine.c.person_id).where(is_open(mine), mine.c.leased_until > now)
    theirs = persons.c.id == letters.c.person_id
    resting = select(1).where(theirs, persons.c.held_until > now).correlate(letters).exists()
    turn = func.row_number().over(partition_by=letters.c.person_id, order_by=(letters.c.priority, letters.c.id))
    due = and_(is_open(), _free(now), letters.c.not_before <= now)
    to_be_ended = and_(due_at() <= bindparam("a_day_ago", type_=Moment), letters.c.kind.not_in(HOWEVER_LATE))
    may_be_sent = or_(~resting, to_be_ended)
    reachable = and_(letters.c.person_id.not_in(busy), may_be_sent, _in_own_hands(), ~_behind_another(now))
    ready = or_(letters.c.kind.in_(TO_NOBODY), reachable)
    ranked = select(letters.c.id, turn.label("turn")).where(due, ready).subquery()
    first = select(ranked.c.id).where(ranked.c.turn == 1)
    found = select(letters).where(letters.c.id.in_(first), due).order_by(letters.c.priority, letters.c.id)
    return found.limit(bindparam("most")).with_for_update(skip_locked=True)


def _in_own_hands() -> ColumnElement[bool]:
    handed_over = letters.c.person_id.in_(select(hand_overs.c.person_id))
    return or_(~handed_over, letters.c.kind.in_(WHILE_HANDED_OVER))


def _behind_another(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Behind one that is to be tried again: an earlier one, or a more urgent one whenever it was put."""
    before = letters.alias("before")
    tried = is_open(before) & (before.c.tries > 0) & (before.c.not_before > now) & before.c.outcome.is_(None)
    earlier = (before.c.priority == letters.c.priority) & (before.c.id < letters.c.id)
    first = or_(before.c.priority < letters.c.priority, earlier)
    return select(1).where(before.c.person_id == letters.c.person_id, tried, first).correlate(letters).exists()


def _leased(lease: str, now: datetime) -> dict[str, Any]:
    """Found in the middle of being sent by somebody who isn't there any more, it may have arrived."""
    mine = {"lease": lease, "leased_until": now + LEASE, "tries": letters.c.tries + 1}
    return {**FREE, **mine, "unsure": MAY_HAVE_ARRIVED}


def due_at() -> ColumnElement[datetime]:
    """When a letter was first to be sent; trying again doesn't move this."""
    return func.coalesce(letters.c.planned_for, letters.c.made_at)


def is_open(table: Any = letters) -> ColumnElement[bool]:
    """It waits, or is being sent."""
    opened: ColumnElement[bool] = table.c.state.in_((LetterState.WAITING.value, LetterState.SENDING.value))
    return opened


def _free(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(letters.c.leased_until.is_(None), letters.c.leased_until <= now)


def _letter(row: Row[Any], lease: str) -> Letter:
    return Letter(
        id=row.id,
        key=row.key,
        person_id=row.person_id,
        kind=LetterKind(row.kind),
        about=row.about,
        made_at=row.made_at,
        tries=row.tries + 1,
        lease=lease,
        unsure=row.unsure or row.state == LetterState.SENDING.value,
        not_before=row.planned_for,
    )


async def begin_sending(db: Transaction, letter: Letter, *, now: datetime) -> bool:
    """Written before the letter leaves. False when the lease has run out and it is somebody else's: leave it alone."""
    held = _held(letter) & (letters.c.state == LetterState.WAITING.value)
    sending = {"state": LetterState.SENDING.value, "leased_until": now + LEASE}
    return await db.change(update(letters).where(held).values(**sending)) == 1


async def finish(
    db: Transaction,
    letter: Letter,
    state: LetterState,
    *,
    now: datetime,
    unsure: bool = False,
    outcome: str | None = None,
) -> bool:
    """The letter's end: SENT, VOID or DEAD, with the `outcome` as one word. False when it is somebody else's by now."""
    done = {"state": state.value, "sent_at": now, "lease": None, "leased_until": None, "outcome": outcome}
    unsurely = letter.unsure or unsure
    return await db.change(update(letters).where(_held(letter)).values(**done, unsure=unsurely)) == 1


async def postpone(
    db: Transaction, letter: Letter, *, until: datetime, unsure: bool = False, alone: bool = False
) -> bool:
    """Try again, not before then. `unsure`: it may have arrived. False when it is somebody else's by now.

    What was put later for the same person and isn't more urgent waits for it, or their order would be lost; not when
    it is put off `alone`.
    """
    waiting = {**FREE, "not_before": until, "outcome": ALONE if alone else None}
    unsurely = letter.unsure or unsure
    return await db.change(update(letters).where(_held(letter)).values(**waiting, unsure=unsurely)) == 1


def _held(letter: Letter) -> ColumnElement[bool]:
    return (letters.c.id == letter.id) & (letters.c.lease == letter.lease)


async def give_back(db: Transaction, claimed: Sequence[Letter]) -> None:
    """Who stops gives back what hasn't left yet."""
    for letter in claimed:
        held = _held(letter) & (letters.c.state == LetterState.WAITING.value)
        free = {"lease": None, "leased_until": None, "tries": letters.c.tries - 1}
        await db.change(update(letters).where(held).values(**free))


async def free_all(db: Transaction, *, now: datetime) -> None:
    """At the start of the only program that sends, every lease is one of the dead."""
    await db.change(update(letters).where(is_open(), letters.c.leased_until > now).values(leased_until=now))


async def rest(db: Transaction, person_id: str, *, until: datetime) -> None:
    """Telegram wants nothing for this chat before then, or isn't there: none of the person's letters is tried."""
    later = or_(persons.c.held_until.is_(None), persons.c.held_until < until)
    await db.change(update(persons).where(persons.c.id == person_id, later).values(held_until=until))


async def void_all(db: Transaction, *, now: datetime) -> None:
    """Nothing that waits is sent: what is put into a database as past has been told already."""
    await db.change(update(letters).where(is_open()).values(state=LetterState.VOID.value, sent_at=now))


async def let_come(db: Transaction, person_id: str, *, held_since: datetime, now: datetime) -> None:
    """What waited while the phone was in somebody's hands comes now, in its order; its day to be sent begins anew."""
    in_time = (due_at() > held_since - DEAD_AFTER) & (due_at() <= now)
    held = is_open() & (letters.c.person_id == person_id) & letters.c.kind.not_in(WHILE_HANDED_OVER)
    db.letters += await db.change(update(letters).where(held, in_time).values(planned_for=now))
