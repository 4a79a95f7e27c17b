"""Handing the worker's phone over, and taking it back.

Nora taps  📱 On this phone           what will happen; the first time a PIN is chosen on a pad, twice
Nora taps  📱 Hand over now           the chat is emptied; then Bo's first question, and nothing else
Bo taps    7, 8, 9, 9, ✓ Send         thanks; the phone can be given back
Bo taps    📱 Give the phone back     the pad
Nora taps  4, 8, 2, 1                 the meeting card; what has waited comes
"""

from dataclasses import replace

import storage
from bot.actions import handing_over
from bot.actions.access import access_session
from bot.actions.handing_over import InHands
from bot.chat import home, meeting, rating
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.handing_over import is_begun, is_easy, is_pin
from bot.domain.people import Person
from bot.messages import handing_over as words
from bot.messages import joining as joining_words
from bot.messages.message import Message

# Before


@shows("hand")
async def before(turn: Turn, session: str, rater: str) -> Reply:
    """The first time a PIN is chosen; else what will happen."""
    found = await handing_over.look(turn.db, turn.person, session, rater, now=turn.now)
    if not found.has_pin:
        return Reply(words.choose_pin(turn.say, (session, rater), "", ""))
    return Reply(words.before(turn.say, found))


async def _card(turn: Turn, session: str, *_: object) -> Reply:
    return await meeting.show_meeting.handle(turn, session)


@does("handnow", again=_card)
async def hand_over(turn: Turn, session: str, rater: str) -> Reply:
    """The chat is cleared of all else before this is shown; when that can't be done, the phone isn't handed over."""
    in_hands = await handing_over.hand_over(turn.db, turn.person, session, rater, now=turn.now)
    theirs = await as_read(turn, rater)
    return Reply(asked(theirs, in_hands), note=words.clearing(turn.say), alone=True, otherwise=_not_handed_over)


def asked(theirs: Turn, in_hands: InHands) -> Message:
    """The question that is next, for who has the phone; when all is answered, that it can be given back."""
    view = in_hands.present
    if view is None:
        return words.neutral(theirs.say, in_hands)
    return words.rating(theirs.say, rating.screens(theirs, view).present(), in_hands)


async def as_read(turn: Turn, rater: str) -> Turn:
    """The turn in the language of who has the phone in their hands."""
    person = Person(turn.person.id, turn.person.language, rater, turn.person.works)
    return Turn(turn.db, await handing_over.reader(turn.db, person), turn.now, turn.house)


async def _not_handed_over(turn: Turn) -> Reply:
    found = await handing_over.give_up(turn.db, turn.person, now=turn.now)
    if found is None:
        return Reply(await home.menu(turn))
    return Reply(words.not_handed_over(turn.say, found))


# The PIN


@shows("pin")
async def pin(turn: Turn) -> Reply:
    return Reply(words.pin(turn.say, chosen=await handing_over.has_pin(turn.db, turn.person)))


async def _chosen(turn: Turn, session: str, rater: str, *_: object) -> Reply:
    return await before.handle(turn, session, rater) if session else await pin.handle(turn)


@does("newpin", again=_chosen)
async def choose_pin(turn: Turn, session: str, rater: str, first: str, digits: str) -> Reply:
    """Digit by digit, and once more; `first` is the mark of the first one. What it is for is looked at anew."""
    await handing_over.has_pin(turn.db, turn.person)
    if not is_begun(digits):
        raise Refusal(Reason.NOT_HERE)
    to = (session, rater)
    if not is_pin(digits):
        return Reply(words.choose_pin(turn.say, to, first, digits))
    if is_easy(digits):
        return Reply(words.choose_pin(turn.say, to, "", "", said=words.easy_pin(turn.say)))
    mark = turn.db.vault.mark("pin to be", f"{turn.person.id}/{digits}")[:12]
    if not first:
        return Reply(words.choose_pin(turn.say, to, mark, ""))
    if first != mark:
        return Reply(words.choose_pin(turn.say, to, "", "", said=words.unequal_pins(turn.say)))
    await handing_over.choose_pin(turn.db, turn.person, digits)
    return await _chosen(turn, session, rater)


# Back


@shows("goon")
async def go_on(turn: Turn, session: str) -> Reply:
    """From the pad back to the rating."""
    await _must_be_in_hands(turn, session)
    in_hands = await handing_over.look_in_hands(turn.db, turn.person, now=turn.now)
    return Reply(words.neutral(turn.say, in_hands))


@shows("giveback")
async def give_back(turn: Turn, session: str) -> Reply:
    await _must_be_in_hands(turn, session)
    found = (await handing_over.look_in_hands(turn.db, turn.person, now=turn.now)).hand_over
    return Reply(words.give_back(turn.say, found, turn.house.zone, barred=found.is_barred(now=turn.now)))


@does("phoneback", again=_card)
async def take_back(turn: Turn, session: str, tries: int, digits: str) -> Reply:
    """Digit by digit; the fourth is the try. Then the meeting's card, as it is by now."""
    await _must_be_in_hands(turn, session)
    if not is_begun(digits):
        raise Refusal(Reason.NOT_HERE)
    taken = await handing_over.take_back(turn.db, turn.person, digits, after=tries, now=turn.now)
    if taken.now_theirs is not None:
        return await back_at_work(Turn(turn.db, taken.now_theirs, turn.now, turn.house), session)
    found = taken.hand_over
    shown = digits if tries == found.tries and not is_pin(digits) else ""
    barred = found.is_barred(now=turn.now)
    return Reply(words.give_back(turn.say, found, turn.house.zone, shown, barred=barred, wrong=taken.wrong))


async def _must_be_in_hands(turn: Turn, session: str) -> None:
    """For this meeting. Else it is an old pad: the meeting's worker sees the card, and nobody else anything."""
    if turn.person.in_hands_of is None:
        await access_session(turn.db, turn.person, session, hold=False)
        raise Refusal(Reason.NO_LONGER)
    await handing_over.must_be_of(turn.db, turn.person, session)


async def back_at_work(turn: Turn, session: str) -> Reply:
    """The card of the meeting; whose it isn't any more, the menu."""
    try:
        return await meeting.show_meeting.handle(turn, session)
    except Refusal:
        return Reply(await home.menu(turn))


async def freed(turn: Turn) -> Reply:
    """By a new invitation of a worker."""
    menu, worker = await home.menu(turn), await storage.workers.of_person(turn.db, turn.person.id)
    if worker is None:
        return Reply(menu)
    return Reply(replace(menu, text=joining_words.welcome_worker(turn.say, worker)))


HANDLERS: list[Press] = [before, hand_over, pin, choose_pin, go_on, give_back, take_back]
