"""What tests of actions ask: what waits in the outbox, what is refused, how somebody answers."""

from collections.abc import Awaitable

import pytest
from sqlalchemy import select

from bot.actions import ratings
from bot.actions.ratings import RatingView
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Measure
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from storage import Transaction
from storage.schema import letters
from tests.storage.family import NOW, Family

Told = tuple[str, LetterKind, dict[str, str]]


async def told(db: Transaction, *kinds: LetterKind) -> list[Told]:
    """The letters in the outbox: to whom, what kind, about what. Of these kinds; else all but those that will close a
    request when its time is over.
    """
    rows = await db.rows(select(letters).order_by(letters.c.id))
    found = [(row.person_id, LetterKind(row.kind), dict(row.about)) for row in rows]
    return [each for each in found if (each[1] in kinds if kinds else each[1] is not LetterKind.CLOSED)]


async def refused(asked: Awaitable[object]) -> Reason:
    with pytest.raises(Refusal) as caught:
        await asked
    return caught.value.reason


async def begun(db: Transaction, family: Family, person: Person, measure: Measure = Measure.OUTCOME) -> RatingView:
    """The first draft that this person is given now."""
    return (await ratings.begin(db, person, family.rater(person).id, measure, now=NOW))[0]


async def answered(db: Transaction, person: Person, draft_id: str, *scores: int) -> RatingView:
    """The four items answered (mm), and not sent yet."""
    for item, score in enumerate(scores or (70, 60, 80, 90), 1):
        view = await ratings.answer(db, person, draft_id, item, score, now=NOW)
    return view


async def handed_in(
    db: Transaction, family: Family, person: Person, *scores: int, measure: Measure = Measure.OUTCOME
) -> RatingView:
    """Begun, answered and sent."""
    view = await begun(db, family, person, measure)
    await answered(db, person, view.draft.id, *scores)
    return await ratings.hand_in(db, person, view.draft.id, now=NOW)
