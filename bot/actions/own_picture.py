"""A person's own curve: of their own ratings only, for nobody else, and taken out of the chat after ten minutes."""

from datetime import datetime, timedelta

import storage
from bot.actions import pictures
from bot.actions.access import access_rater
from bot.actions.pictures import TrendView
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind, Place, PlaceKind
from bot.domain.people import Person
from storage import Transaction

SHOWN_FOR = timedelta(minutes=10)


async def show(
    db: Transaction,
    person: Person,
    rater_id: str,
    subject_id: str | None,
    earlier: str | None = None,
    *,
    now: datetime,
) -> TrendView:
    """The picture (`subject_id` None: about whom they rated last), with the letter that takes it away again.

    `earlier`: with which instrument they answered before.

    Raises:
        Refusal: they don't rate there, or not about this subject, or haven't yet.
    """
    view = await _look(db, person, rater_id, subject_id, earlier)
    key, until = f"{rater_id}:{int(now.timestamp() * 1000)}", now + SHOWN_FOR
    await storage.outbox.put(db, LetterKind.TAKE_AWAY, person.id, _about(rater_id), key=key, now=now, not_before=until)
    return view


async def show_again(
    db: Transaction, person: Person, rater_id: str, subject_id: str | None, earlier: str | None = None
) -> TrendView | None:
    """The same as long as it is to be seen; None when its time is over."""
    planned = await storage.outbox.planned(db, LetterKind.TAKE_AWAY, person.id, _about(rater_id))
    return await _look(db, person, rater_id, subject_id, earlier) if planned else None


def _about(rater_id: str) -> dict[str, str]:
    return {"rater": rater_id}


async def _look(
    db: Transaction, person: Person, rater_id: str, subject_id: str | None, earlier: str | None
) -> TrendView:
    _, rater = await access_rater(db, person, rater_id, hold=False)
    if subject_id is not None and subject_id not in rater.subject_ids:
        raise Refusal(Reason.NOT_HERE)
    view = await pictures.own(db, rater, subject_id, earlier)
    if view is None:
        raise Refusal(Reason.NO_PICTURE)
    return view


async def take_away(db: Transaction, person: Person, rater_id: str) -> int | None:
    """The message that shows it, which shows nothing any more; None when there is none.

    Raises:
        Refusal: they don't rate there.
    """
    await access_rater(db, person, rater_id, hold=False)
    place = Place(PlaceKind.OWN_PICTURE, rater_id)
    there = await storage.places.find(db, person.id, place)
    if there is not None:
        await storage.places.leave(db, person.id, there, but=None)
    return there
