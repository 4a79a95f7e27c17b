"""The story that the sandbox begins with: a worker, a family of four with six meetings behind it, all invented.

It is told through the same actions as in the chat, at the times when it would have happened, so that it can't show
anything that the bot couldn't come to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import storage
from bot.actions import cases, events, invitations, meetings, ratings
from bot.actions.cases import CaseView
from bot.domain.cases import Rater
from bot.domain.events import EventKind, InReach, Turn
from bot.domain.instruments import STEP_MM, Measure
from bot.domain.people import AgeBand, Kind, Person
from bot.domain.ratings import SkipReason
from bot.sandbox.phones import Phone
from bot.sandbox.world import World
from storage import Database, Transaction

TEAM, CODE = "pihlaja", "KOIVU-27"
OTHER_TEAM, OTHER_CODE = "vaahtera", "TAMMI-5"
WEEKS_AGO = (11, 9, 7, 5, 3, 1)
TIME_OF_DAY = timedelta(hours=13)
MEETING_LASTS = timedelta(minutes=60)

HAPPENED = (
    (10, EventKind.SCHOOL, Turn.DOWN, InReach.PARTLY),
    (8, EventKind.SUPPORT, Turn.UP, InReach.YES),
    (5, EventKind.MOVE, Turn.DOWN, InReach.NO),
    (2, EventKind.FRIENDS, Turn.UP, InReach.PARTLY),
)
"""How many weeks ago, what, which way it took things, and whether the work can affect it."""

Answers = tuple[int, int, int, int] | None
"""The four buttons that were tapped; None is a skip."""

SKIP: Answers = None


@dataclass(frozen=True)
class Past:
    """What one rater answered at the six meetings: before and after."""

    phone: str
    before: Sequence[Answers]
    after: Sequence[Answers]


AINO = Past(
    "aino",
    before=[(3, 4, 4, 3), (4, 4, 5, 4), (4, 5, 5, 5), SKIP, (6, 5, 6, 6), (7, 6, 7, 6)],
    after=[(6, 7, 6, 6), (7, 7, 7, 7), (8, 8, 7, 8), (7, 6, 7, 7), (8, 9, 8, 9), (9, 9, 8, 9)],
)
BO = Past(
    "bo",
    before=[(6, 4, 5, 6), (6, 5, 6, 6), (7, 5, 6, 7), (7, 6, 7, 7), (8, 6, 7, 8), (8, 7, 8, 8)],
    after=[(8, 7, 9, 8), (9, 8, 9, 9), SKIP, (9, 8, 10, 9), (9, 9, 10, 9), (9, 9, 10, 10)],
)
MOTHER = Past(
    "mother",
    before=[(4, 4, 3, 4), (4, 5, 4, 4), (5, 5, 4, 5), (4, 5, 5, 4), (6, 6, 5, 6), (6, 7, 6, 6)],
    after=[(7, 7, 7, 7), (8, 8, 7, 8), (8, 8, 8, 8), (9, 8, 8, 9), (9, 9, 9, 9), (9, 9, 9, 10)],
)
FATHER = Past(
    "father",
    before=[(5, 5, 6, 5), SKIP, (6, 5, 6, 6), (6, 6, 6, 6), SKIP, (7, 6, 7, 7)],
    after=[(5, 6, 5, 6), SKIP, (7, 6, 6, 7), (7, 7, 7, 7), SKIP, (8, 8, 8, 8)],
)


async def tell(database: Database, world: World, *, now: datetime) -> None:
    """Put the story into an empty, migrated database; the phones are those of the World."""
    began = now - timedelta(weeks=WEEKS_AGO[0] + 2)
    async with database.transaction() as db:
        nora = await _person(db, world, "nora", now=began)
        await _becomes_worker(db, nora, TEAM, CODE, now=began)
        family = await _family(db, nora, world, now=began)
        for number, weeks in enumerate(WEEKS_AGO):
            await _meeting(db, nora, family, number, now=_afternoon(now - timedelta(weeks=weeks)))
        await _time_line(db, nora, family[0][1].case_id, now=now)
    async with database.transaction() as db:
        await storage.outbox.void_all(db, now=now)


async def add_otto(database: Database, phone: Phone, *, now: datetime) -> None:
    """A worker of another team, who must see nothing of it."""
    async with database.transaction() as db:
        otto = await storage.people.meet(db, telegram_id=phone.id, language=phone.language, now=now)
        await _becomes_worker(db, otto, OTHER_TEAM, OTHER_CODE, now=now)


def _afternoon(moment: datetime) -> datetime:
    """The Wednesday of that week or the one before it, at the same time of day."""
    wednesday = moment - timedelta(days=(moment.weekday() - 2) % 7)
    return wednesday.replace(hour=0, minute=0, second=0, microsecond=0) + TIME_OF_DAY


async def _person(db: Transaction, world: World, name: str, *, now: datetime) -> Person:
    """Somebody who has talked with the bot before, so that it may write to them."""
    phone = world.phone(name)
    phone.chat.known = True
    return await storage.people.meet(db, telegram_id=phone.id, language=phone.language, now=now)


async def _becomes_worker(db: Transaction, person: Person, team: str, code: str, *, now: datetime) -> None:
    _, made = await invitations.invite_worker(db, team=team, code=code, role=None, now=now)
    await invitations.read_code(db, person, made.link, now=now)


async def _family(db: Transaction, nora: Person, world: World, *, now: datetime) -> list[tuple[Person, Rater, Past]]:
    """Aino, Bo, and their mother and father, each joined by invitation."""
    case = (await cases.open_case(db, nora, AgeBand.ADOLESCENT, now=now)).case
    view = await cases.add_client(db, nora, case.id, AgeBand.CHILD, now=now + timedelta(seconds=1))
    for number, kind in enumerate((Kind.MOTHER, Kind.FATHER), 2):
        view = await cases.add_collateral(db, nora, case.id, kind, now=now + timedelta(seconds=number))
    return [
        (
            await _joins(db, nora, view, at, await _person(db, world, past.phone, now=now), now=now),
            view.case.raters[at],
            past,
        )
        for at, past in enumerate((AINO, BO, MOTHER, FATHER))
    ]


async def _joins(db: Transaction, nora: Person, view: CaseView, at: int, person: Person, *, now: datetime) -> Person:
    _, _, made = await invitations.invite_rater(db, nora, view.case.raters[at].id, now=now)
    await invitations.take_invitation(db, person, made.link, now=now)
    return person


async def _meeting(
    db: Transaction, nora: Person, family: Sequence[tuple[Person, Rater, Past]], number: int, *, now: datetime
) -> None:
    """One meeting from start to end, with everybody's answers."""
    case_id = family[0][1].case_id
    card = await meetings.start(db, nora, case_id, [rater.id for _, rater, _ in family], now=now)
    for person, rater, past in family:
        await _rate(db, person, rater, Measure.OUTCOME, past.before[number], now=now + timedelta(minutes=2))
    closing = now + MEETING_LASTS - timedelta(minutes=5)
    await meetings.close_up(db, nora, card.session.id, now=closing)
    for person, rater, past in family:
        await _rate(db, person, rater, Measure.ALLIANCE, past.after[number], now=closing + timedelta(minutes=1))
    await meetings.end(db, nora, card.session.id, now=now + MEETING_LASTS, zone=UTC, quiet=None)


async def _time_line(db: Transaction, nora: Person, case_id: str, *, now: datetime) -> None:
    """What happened meanwhile, noted on the Monday after."""
    for weeks, kind, way, in_reach in HAPPENED:
        at = _afternoon(now - timedelta(weeks=weeks)) + timedelta(days=5)
        _, event = await events.note(db, nora, case_id, kind, today=at.date(), now=at)
        await events.turn_it(db, nora, event.id, way)
        await events.reach(db, nora, event.id, in_reach)


async def _rate(
    db: Transaction, person: Person, rater: Rater, measure: Measure, answers: Answers, *, now: datetime
) -> None:
    """Everything that the rater is asked of this measure: for carers once for each child, Bo a little better off."""
    for turn in range(len(rater.subject_ids) if measure is Measure.OUTCOME else 1):
        draft = (await ratings.begin(db, person, rater.id, measure, now=now))[0].draft
        if answers is None:
            await ratings.skip(db, person, draft.id, SkipReason.NO_TIME, now=now)
            continue
        for item, score in enumerate(answers, 1):
            await ratings.answer(db, person, draft.id, item, min(10, score + turn) * STEP_MM, now=now)
        await ratings.hand_in(db, person, draft.id, now=now)
