"""What is kept when a scene is over, without ids, times and marks; and what must hold whatever has happened in it."""

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.engine import make_url

from bot.domain.letters import LetterKind, PlaceKind
from bot.domain.ratings import Mode
from bot.domain.rules import Level
from bot.sandbox.phones import Phone
from bot.sandbox.updates import FIRST_ID
from storage import schema
from storage.outbox import LetterState
from storage.updates import KEPT
from tests.courier.test_alerts import MARK
from tests.faults.failpoints.stories import SAVED, Story

NUMBER: Final = re.compile(r"\(alert (\d+)\)")
MARKS: Final = (MARK, "It comes again, as you asked.")
EDITS: Final = (LetterKind.CARD, LetterKind.GROUP_CARD, LetterKind.CLOSED, LetterKind.PRESENT, LetterKind.TAKE_AWAY)
AGAIN: Final = frozenset(each.value for each in EDITS)
"""What people see anew as often as they look or tap: only that it comes to an end counts."""
OPEN: Final = (LetterState.WAITING.value, LetterState.SENDING.value)
LOCKS: Final = """
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE locktype = 'advisory' AND datname = current_database()
"""
TRANSACTIONS: Final = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'
"""

Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Kept:
    """Sorted rows with people's names in the place of their ids.

    Without the places of pictures: one that may have arrived is left, and nobody knows where it stands. Without the
    numbers of alerts: PostgreSQL gives none a second time, also when what it was given for is taken back.
    """

    ratings: Rows
    drafts: Rows
    sessions: Rows
    raters: Rows
    workers: Rows
    letters: Rows
    alerts: Rows
    places: Rows
    parked: int


async def kept(story: Story) -> Kept:
    async with story.database.transaction() as db:
        rows = {table.name: await db.rows(select(table)) for table in schema.metadata.sorted_tables}
        marks = {db.vault.mark("telegram", str(phone.id)): phone.name for phone in story.world.phones}
    person = {row.id: marks[row.telegram_mark] for row in rows["persons"]}
    rater = {row.id: person.get(row.person_id, row.kind) for row in rows["raters"]}
    scores = {row.id: tuple(_scores(rows["draft_items"], row.id)) for row in rows["drafts"]}
    return Kept(
        _sorted(
            (rater[row.rater_id], row.instrument, row.item1, row.item2, row.item3, row.item4) for row in rows["ratings"]
        ),
        _sorted(
            (rater[row.rater_id], row.instrument, row.state, row.present, scores[row.id]) for row in rows["drafts"]
        ),
        _sorted((row.state, row.ended_at is None) for row in rows["sessions"]),
        _sorted((rater[row.id], row.kind, row.band) for row in rows["raters"]),
        _sorted((row.code, row.role, person.get(row.person_id)) for row in rows["workers"]),
        _sorted((person[row.person_id], row.kind, row.state) for row in rows["letters"] if row.kind not in AGAIN),
        _sorted((row.rule,) for row in rows["alerts"]),
        _sorted((person[row.person_id], row.kind) for row in rows["places"] if row.kind != PlaceKind.PICTURE.value),
        sum(row.parked for row in rows["updates"]),
    )


def _sorted(rows: Any) -> Rows:
    return tuple(sorted(rows, key=repr))


def _scores(items: Sequence[Row[Any]], draft: str) -> list[tuple[int, int]]:
    return sorted((row.item, row.score) for row in items if row.draft_id == draft)


# What must hold


async def broken(story: Story) -> list[str]:
    """A line for each promise that wasn't kept."""
    lines = [*await _updates(story), *await _letters(story), *await _alerts(story), *await unsaved(story)]
    return [*lines, *await _places(story), *story.world.complaints, *await _held(story)]


async def _places(story: Story) -> list[str]:
    """What is said to stand in a chat stands there."""
    async with story.database.transaction() as db:
        marks = {db.vault.mark("telegram", str(phone.id)): phone for phone in story.world.phones}
        rows = await db.rows(select(schema.places, schema.persons.c.telegram_mark).join(schema.persons))
    found = ((marks[row.telegram_mark], row) for row in rows)
    return [f"{who.name} has no message for a {row.kind}" for who, row in found if who.chat.get(row.message_id) is None]


async def unsaved(story: Story) -> list[str]:
    """Who is told that their answers are saved, and they aren't. Who was forgotten has none.

    On a worker's phone those are thanked who answered on it.
    """
    async with story.database.transaction() as db:
        marks = {row.telegram_mark: row.id for row in await db.rows(select(schema.persons))}
        people = {each: marks.get(db.vault.mark("telegram", str(each.id))) for each in story.world.phones}
        raters = {row.id: row.person_id for row in await db.rows(select(schema.raters))}
        given = await db.rows(select(schema.ratings))
        has = Counter(raters[row.rater_id] for row in given)
        lent = sum(row.mode == Mode.HANDED_OVER.value for row in given)
        has += Counter({row.person_id: lent for row in await db.rows(select(schema.workers)) if lent})
    known = {phone: person for phone, person in people.items() if person is not None}
    told = {phone: sum(SAVED in bubble.text for bubble in phone.sees) for phone in known}
    return [f"{who.name} was thanked" for who, person in known.items() if told[who] > has[person]]


async def _updates(story: Story) -> list[str]:
    """Nothing is in hand for ever, and whatever Telegram was told to forget is known."""
    intake, world = story.bot.intake, story.world
    known = {row.id for row in await story.sql(select(schema.updates.c.id))}
    first = min(known, default=world.updates._next_id) if await _lasted_for_days(story) else FIRST_ID
    lost = set(range(first, world.updates._next_id)) - known - {each.id for each in world.updates.waiting}
    lines = [f"update {each} was confirmed and is not known" for each in sorted(lost)]
    lines += [f"update {each.id} is never confirmed" for each in world.updates.waiting]
    return [*lines, *(["something is in hand"] if len(story.bot.house.in_hand) or intake._chains else [])]


async def _lasted_for_days(story: Story) -> bool:
    """After them the oldest ids are forgotten."""
    (first,) = await story.sql(select(func.min(schema.persons.c.met_at).label("met_at")))
    return bool(story.world.clock.now() - first.met_at > KEPT)


async def _letters(story: Story) -> list[str]:
    now = story.world.clock.now()
    rows = await story.sql(select(schema.letters).where(schema.letters.c.state.in_(OPEN)))
    lines = [f"letter {row.id} ({row.kind}) is leased" for row in rows if row.lease is not None]
    lines += [f"letter {row.id} ({row.kind}) stays {row.state}" for row in rows if row.not_before <= now]
    return [*lines, *(["the courier carries something"] if story.bot.courier._carrying else [])]


async def _alerts(story: Story) -> list[str]:
    """Each is heard of: it came once, or again marked; or it is dead, and the lead knows its number."""
    rows = await story.sql(select(schema.letters))
    heard = Counter(number for phone in story.world.phones for number, _ in heard_by(phone))
    fresh = Counter(
        (phone.name, number) for phone in story.world.phones for number, mark in heard_by(phone) if not mark
    )
    lines = [
        f"{name} heard alert {number} {times} times unmarked" for (name, number), times in fresh.items() if times > 1
    ]
    for row in await story.sql(select(schema.alerts).where(schema.alerts.c.level == Level.ALERT.value)):
        letters = [each for each in rows if str(row.number) in _numbers(each.about)]
        sent = any(each.kind == "alert" and each.state == LetterState.SENT.value for each in letters)
        flagged = any(each.kind == "undelivered" and each.state == LetterState.SENT.value for each in letters)
        if not (sent and heard[row.number]) and not flagged:
            lines.append(f"alert {row.number} is silent")
    return lines


def _numbers(about: Mapping[str, str]) -> Sequence[str]:
    """Of the alerts that a letter tells of: some came in the letter of a graver one."""
    return [about.get("alert", ""), *about.get("others", "").split()]


def heard_by(phone: Phone) -> list[tuple[int, bool]]:
    """Number and mark of each alert that came. One that somebody has put off comes again as they asked."""
    texts = [bubble.text for bubble in phone.sees if bubble.author is None]
    return [(int(number), any(each in text for each in MARKS)) for text in texts for number in NUMBER.findall(text)]


async def _held(story: Story) -> list[str]:
    """No connection is out but SQLite's one writer, no transaction is open, no lock is held."""
    pool: Any = story.database.engine.pool
    out = pool.checkedout() - story.database.is_sqlite
    lines = [f"{out} connections are out"] if out > 0 else []
    if story.database.is_sqlite:
        return [*lines, *_file_locked(str(make_url(story.url).database))]
    for _ in range(50):
        found = await _counted(story)
        if not any(found.values()):
            return lines
        await asyncio.sleep(0.01)
    return [*lines, f"left over: {found}"]


def _file_locked(file: str) -> list[str]:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            return [f"the file: {error}"]
        return []


async def _counted(story: Story) -> Mapping[str, int]:
    locks, transactions = await story.sql(LOCKS), await story.sql(TRANSACTIONS)
    return {"locks": locks[0][0], "transactions": transactions[0][0]}
