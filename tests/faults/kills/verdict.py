"""What must be so after any number of kills: compares what people remember and saw with what is in the database."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from bot.domain.instruments import STEP_MM
from bot.domain.letters import LetterKind
from bot.domain.ratings import DraftState
from storage import Database, schema
from storage.outbox import LetterState
from tests.faults.kills import delivered
from tests.faults.kills.hands import Mind, seen
from tests.faults.kills.telegram import Telegram
from tests.faults.kills.town import Town

UNDER_WAY = (DraftState.OPEN, DraftState.CHANGING)
OPEN = (LetterState.WAITING.value, LetterState.SENDING.value)
TABLES = (
    schema.ratings,
    schema.draft_items,
    schema.drafts,
    schema.sessions,
    schema.updates,
    schema.letters,
    schema.alerts,
)


@dataclass(frozen=True)
class Kept:
    """What the database has, as rows."""

    ratings: Sequence[Row[Any]]
    items: Sequence[Row[Any]]
    drafts: Sequence[Row[Any]]
    sessions: Sequence[Row[Any]]
    updates: Sequence[Row[Any]]
    letters: Sequence[Row[Any]]
    alerts: Sequence[Row[Any]]


async def kept(database: Database) -> Kept:
    async with database.transaction() as db:
        return Kept(*[await db.rows(select(table)) for table in TABLES])


async def letters_waiting(database: Database) -> int:
    async with database.transaction() as db:
        return len(await db.rows(select(schema.letters.c.id).where(schema.letters.c.state.in_(OPEN))))


def violations(town: Town, telegram: Telegram, kept: Kept) -> list[str]:
    """A line for each thing that must not be; none when all promises were kept."""
    judges = (_ratings, _once, _meetings, _updates, _effects, _letters, _alerts)
    found = [line for judge in judges for line in judge(town, telegram, kept)]
    seen = [line for rater in town.raters for line in rater.complaints]
    stuck = [_stuck(each.mind, kept) for each in town.hands if each.mind.waits]
    return [*found, *seen, *stuck, *telegram.complaints]


def _stuck(mind: Mind, kept: Kept) -> str:
    """How somebody came to a standstill: in their mind, on their phone, and what in the database waits for anybody."""
    waiting = [f"{row.id} {row.state}" for row in kept.drafts if DraftState(row.state) in UNDER_WAY]
    return (
        f"{mind.phone.name} waits, and could tap {mind.wants()}: {mind.stands}; "
        f"waiting in the database: {waiting}; on the phone: {seen(mind.phone)}"
    )


def _ratings(town: Town, _: Telegram, kept: Kept) -> Iterator[str]:
    """What somebody was thanked for is there once, as they looked at it before sending; and nothing else is there."""
    minds = {draft: mind for rater in town.raters for draft, mind in rater.answers.items()}
    stored: dict[str, list[tuple[int, ...]]] = {draft: [] for draft in minds}
    for row in kept.ratings:
        scores = (row.item1, row.item2, row.item3, row.item4)
        stored.setdefault(row.draft_id, []).append(tuple(score // STEP_MM for score in scores))
    for draft, ratings in stored.items():
        mind = minds.get(draft)
        meant = [mind.told] if mind is not None and mind.told else []
        if ratings != meant:
            yield f"rating of {draft}: there is {ratings}, meant was {meant}"


def _once(_town: Town, _: Telegram, kept: Kept) -> Iterator[str]:
    """Nothing that counts once is there twice, whatever the keys of the tables say."""
    yield from _twice("item", ((row.draft_id, row.item) for row in kept.items))
    yield from _twice("rating", (row.draft_id for row in kept.ratings))
    for name, rows in (("draft", kept.drafts), ("rating", kept.ratings)):
        yield from _twice(name, ((row.session_id, row.rater_id, row.subject_id, row.instrument) for row in rows))


def _twice(name: str, found: Iterator[Any]) -> Iterator[str]:
    return (f"{name} {each} is there {count} times" for each, count in Counter(found).items() if count > 1)


def _meetings(town: Town, _: Telegram, kept: Kept) -> Iterator[str]:
    held = Counter(row.case_id for row in kept.sessions)
    for worker in town.workers:
        if held[worker.case] != len(worker.sessions):
            yield f"case {worker.case} has met {held[worker.case]} times, its worker began {len(worker.sessions)}"


def _updates(_: Town, telegram: Telegram, kept: Kept) -> Iterator[str]:
    """An update that was confirmed is known, and none was given up."""
    known = {row.id for row in kept.updates}
    yield from (f"update {each} was confirmed and is not known" for each in telegram.queue.confirmed - known)
    yield from (f"update {row.id} was parked" for row in kept.updates if row.parked)


def _effects(_: Town, telegram: Telegram, kept: Kept) -> Iterator[str]:
    """A tap that was confirmed has had its effect: the item has a score, the rating is there."""
    items, rated = {(row.draft_id, row.item) for row in kept.items}, {row.draft_id for row in kept.ratings}
    for tap in telegram.queue.taps():
        verb, *words = tap.words
        if verb == "answer" and (words[0], int(words[1])) not in items:
            yield f"{tap} was confirmed and has no effect"
        if verb == "send" and words[0] not in rated:
            yield f"{tap} was confirmed and has no effect"


def _letters(town: Town, _: Telegram, kept: Kept) -> Iterator[str]:
    """One picture each time something was handed in, and no letter that never comes to its end.

    But for those that look tomorrow whether an alert was opened.
    """
    sends = {draft: mind.sends for rater in town.raters for draft, mind in rater.answers.items()}
    pictures = Counter(row.about["draft"] for row in kept.letters if row.kind == LetterKind.PICTURE.value)
    for draft, count in pictures.items():
        if count > sends.get(draft, 0):
            yield f"{draft} was sent {sends.get(draft, 0)} times and told of {count} times"
    today = (row for row in kept.letters if row.kind != LetterKind.UNOPENED.value)
    yield from (f"letter {row.id} ({row.kind}) is still {row.state}" for row in today if row.state in OPEN)


def _alerts(town: Town, telegram: Telegram, kept: Kept) -> Iterator[str]:
    yield from delivered.silent(town, telegram, kept.letters, kept.alerts)
    yield from delivered.missing(town, kept.ratings, kept.alerts)
