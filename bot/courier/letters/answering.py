"""What asks for answers, and what shows how far somebody is with them."""

import storage
from bot.actions import handing_over, ratings, reminders
from bot.courier.letters.reading import Kinds, Reading
from bot.domain.letters import LetterKind, Place, PlaceKind
from bot.domain.ratings import DraftState
from bot.failpoints import at
from bot.messages import handing_over as handing_over_words
from bot.messages import letters as words
from bot.messages import reminders as reminder_words
from bot.messages.message import Message
from bot.messages.rating import RatingScreens


async def _request(reading: Reading) -> Message | None:
    """Who has begun meanwhile has it before them already."""
    asked = ratings.asked(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    view = await at("letters.request", asked)
    if view is None or view.draft.begun:
        return None
    return RatingScreens(reading.say, view, reading.house.help_lines).present()


async def _present(reading: Reading) -> Message | None:
    """What a reply couldn't show in time."""
    seen = ratings.view(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    view = await at("letters.present", seen)
    message = RatingScreens(reading.say, view, reading.house.help_lines).present()
    if reading.person.in_hands_of is None:
        return message
    looked = handing_over.look_in_hands(reading.db, reading.person, now=reading.house.now())
    return handing_over_words.rating(reading.say, message, await at("letters.in_hands", looked))


async def _shown_again(reading: Reading) -> Message | None:
    """After an outage: where somebody was, if they still can go on."""
    if reading.person.in_hands_of is not None:
        return await _shown_again_in_hands(reading)
    view = await at("letters.unfinished", ratings.unfinished(reading.db, reading.person, now=reading.house.now()))
    if view is None:
        return None
    return words.shown_again(reading.say, RatingScreens(reading.say, view, reading.house.help_lines).present())


async def _shown_again_in_hands(reading: Reading) -> Message | None:
    """The same on a worker's phone, to who has it in hand."""
    looked = handing_over.look_in_hands(reading.db, reading.person, now=reading.house.now())
    in_hands = await at("letters.unfinished_in_hands", looked)
    if in_hands.present is None:
        return None
    present = RatingScreens(reading.say, in_hands.present, reading.house.help_lines).present()
    return words.shown_again(reading.say, handing_over_words.rating(reading.say, present, in_hands))


async def _closed(reading: Reading) -> Message | None:
    """What waited for an answer doesn't any more; who has answered isn't disturbed."""
    seen = ratings.view(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    view = await at("letters.closed", seen)
    if not view.expired and view.draft.state is not DraftState.SKIPPED:
        return None
    return RatingScreens(reading.say, view, reading.house.help_lines).present()


async def _reminder(reading: Reading) -> Message | None:
    """Answered, skipped, or too late by now: nothing to remind of."""
    asked = reminders.waiting(reading.db, reading.person, reading.id("session"), now=reading.house.now())
    waiting = await at("letters.waiting", asked)
    return reminder_words.to_answer(reading.say, waiting, reading.house.zone) if waiting else None


async def _take_away(reading: Reading) -> Message | None:
    """Where somebody's own picture stands; who has had it shown once more meanwhile keeps it that much longer."""
    if "draft" in reading.letter.about:
        return _of_another_phone(reading)
    letter = reading.letter
    alike = storage.outbox.planned(reading.db, letter.kind, letter.person_id, letter.about)
    if (await at("letters.shown_later", alike))[-1] > letter.id:
        return None
    return Message("", place=Place(PlaceKind.OWN_PICTURE, reading.id("rater")))


def _of_another_phone(reading: Reading) -> Message:
    """Where a question stands that isn't this phone's any more."""
    return Message("", place=Place(PlaceKind.DRAFT, reading.id("draft")))


KINDS: Kinds = {
    LetterKind.REQUEST: _request,
    LetterKind.PRESENT: _present,
    LetterKind.SHOWN_AGAIN: _shown_again,
    LetterKind.CLOSED: _closed,
    LetterKind.REMINDER: _reminder,
    LetterKind.TAKE_AWAY: _take_away,
}
