"""Whose a case is: offered, handed on, closed, opened again; and who stands in for whom."""

from collections.abc import Awaitable

from bot.actions import closing, preferences, sharing
from bot.courier.letters.reading import Kinds, Reading
from bot.domain.cases import Case, CaseState
from bot.domain.letters import LetterKind
from bot.failpoints import at
from bot.messages import closing as closing_words
from bot.messages import settings as setting_words
from bot.messages import sharing as sharing_words
from bot.messages.message import Message


async def _offered(reading: Reading) -> Message | None:
    asked = sharing.show(reading.db, reading.person, reading.id("offer"), now=reading.house.now())
    return sharing_words.offered(reading.say, await at("letters.offered", asked), reading.house.zone)


async def _offer_answered(reading: Reading) -> Message | None:
    found = await at("letters.answered", sharing.answered(reading.db, reading.person, reading.id("offer")))
    yes = bool(reading.id("yes"))
    return sharing_words.answered(reading.say, *found, yes=yes) if found else None


async def _new_worker(reading: Reading) -> Message | None:
    """Unless the case has gone on to somebody else meanwhile."""
    asked = sharing.new_worker(reading.db, reading.person, reading.id("rater"), reading.id("worker"))
    worker = await at("letters.new_worker", asked)
    return sharing_words.new_worker(reading.say, worker) if worker else None


async def _case_closed(reading: Reading) -> Message | None:
    case = await at("letters.case_closed", _still(reading, CaseState.CLOSED))
    if case is None:
        return None
    family = "rater" in reading.letter.about
    return closing_words.told_family(reading.say) if family else closing_words.told_worker(reading.say, case)


async def _case_reopened(reading: Reading) -> Message | None:
    case = await at("letters.case_reopened", _still(reading, CaseState.OPEN))
    if case is None:
        return None
    family = "rater" in reading.letter.about
    return closing_words.family_again(reading.say) if family else closing_words.worker_again(reading.say, case)


def _still(reading: Reading, state: CaseState) -> Awaitable[Case | None]:
    rater = reading.letter.about.get("rater")
    return closing.told(reading.db, reading.person, reading.id("case"), rater, state)


async def _leave(reading: Reading) -> Message | None:
    """As it is by now: whether this colleague stands in."""
    asked = preferences.leave_of(reading.db, reading.person, reading.id("worker"))
    found = await at("letters.leave", asked)
    return setting_words.of_colleague(reading.say, found, reading.house.zone) if found else None


async def _back(reading: Reading) -> Message | None:
    """Who has said so already, or has planned another day, isn't asked."""
    due = preferences.due_back(reading.db, reading.person, now=reading.house.now())
    desk = await at("letters.back", due)
    return setting_words.are_you_back(reading.say, desk) if desk else None


KINDS: Kinds = {
    LetterKind.OFFERED: _offered,
    LetterKind.OFFER_ANSWERED: _offer_answered,
    LetterKind.NEW_WORKER: _new_worker,
    LetterKind.CASE_CLOSED: _case_closed,
    LetterKind.CASE_REOPENED: _case_reopened,
    LetterKind.LEAVE: _leave,
    LetterKind.BACK: _back,
}
