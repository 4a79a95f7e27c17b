"""A meeting on the worker's phone: before it, while it goes on, and after it."""

from bot.actions import (
    case_pictures,
    groups,
    meetings,
    planned_card,
    topics,
)
from bot.actions.case_pictures import Today
from bot.courier.letters.reading import Kinds, Reading
from bot.domain.letters import LetterKind
from bot.failpoints import at
from bot.messages import groups as group_words
from bot.messages import meeting as meeting_words
from bot.messages import pictures as picture_words
from bot.messages import plans as plan_words
from bot.messages import reminders as reminder_words
from bot.messages.message import Message


async def _near(reading: Reading) -> Message | None:
    """As long as it is still planned for then, and nobody has started it."""
    house, about = reading.house, reading.letter.about
    looked = planned_card.when_near(reading.db, reading.person, about, weighing=house.weighing, now=house.now())
    view = await at("letters.near", looked)
    return plan_words.near(reading.say, view, house.zone) if view else None


async def _card(reading: Reading) -> Message | None:
    card = await at("letters.card", meetings.show_card(reading.db, reading.person, reading.id("session")))
    weighed = topics.of_meeting(reading.db, card.case, card.session, weighing=reading.house.weighing)
    return meeting_words.card(reading.say, card, reading.house.zone, await at("letters.topics", weighed))


async def _group_card(reading: Reading) -> Message | None:
    card = await at("letters.group_card", groups.card(reading.db, reading.person, reading.id("group")))
    return group_words.card(reading.say, card)


async def _picture(reading: Reading) -> Message | None:
    """In the way in which the worker looks at this meeting."""
    zone = reading.house.zone
    today = Today(reading.house.now().astimezone(zone).date(), zone)
    changed = case_pictures.after(reading.db, reading.person, reading.id("draft"), today=today)
    view = await at("letters.picture", changed)
    return picture_words.shown(reading.say, view, reading.house.profile, today) if view else None


async def _rating_missing(reading: Reading) -> Message | None:
    """As long as the answers would still be taken."""
    card = await at("letters.missing", meetings.show_card(reading.db, reading.person, reading.id("session")))
    if not card.missing or not card.session.takes_answers(now=reading.house.now()):
        return None
    return reminder_words.missing(reading.say, card, reading.house.zone)


KINDS: Kinds = {
    LetterKind.MEETING_NEAR: _near,
    LetterKind.CARD: _card,
    LetterKind.GROUP_CARD: _group_card,
    LetterKind.PICTURE: _picture,
    LetterKind.RATING_MISSING: _rating_missing,
}
