"""Who comes to a case and goes from it, and what of theirs is deleted."""

import storage
from bot.actions import joining
from bot.actions.access import access_case, access_case_rater, access_kept_rater
from bot.courier.letters.reading import Kinds, Reading
from bot.domain.letters import LetterKind
from bot.domain.people import Worker
from bot.failpoints import at
from bot.messages import invitations as invitation_words
from bot.messages import joining as joining_words
from bot.messages import letters as words
from bot.messages.message import Message


async def _asked_to_join(reading: Reading) -> Message | None:
    case = await at("letters.asked", joining.show_asked(reading.db, reading.person, reading.id("case")))
    return joining_words.asked_to_join(reading.say, case)


async def _waits_again(reading: Reading) -> Message | None:
    """As long as they wait: the new word and number."""
    case = await at("letters.waits_again", storage.cases.get(reading.db, reading.id("case")))
    waits = case is not None and case.check and case.raters[0].person_id == reading.person.id
    return words.waits_again(reading.say, case.check or "") if case is not None and waits else None


async def _accepted(reading: Reading) -> Message | None:
    return words.accepted(reading.say) if await _worker(reading) else None


async def _not_mine(reading: Reading) -> Message | None:
    return words.not_mine(reading.say) if await _worker(reading) else None


async def _worker(reading: Reading) -> Worker | None:
    return await at("letters.worker", storage.workers.get(reading.db, reading.id("worker")))


async def _invitation(reading: Reading) -> Message | None:
    """Nothing of one that is over is left on the screen; of one that isn't, all."""
    id = reading.id("invitation")
    ended = storage.invitations.has_ended(reading.db, id, now=reading.house.now())
    how = await at("letters.invitation", ended)
    return invitation_words.over(reading.say, reading.id("rater"), id, how) if how else None


async def _joined(reading: Reading) -> Message | None:
    door = access_case_rater(reading.db, reading.person, reading.id("rater"), hold=False)
    desk, rater = await at("letters.joined", door)
    return words.joined(reading.say, desk.case, rater)


async def _undone(reading: Reading) -> Message | None:
    desk = await at("letters.undone", access_case(reading.db, reading.person, reading.id("case"), hold=False))
    return words.undone(reading.say, desk.case)


async def _forgotten(reading: Reading) -> Message | None:
    """In a closed case too: its pictures may still stand in the chat."""
    door = access_kept_rater(reading.db, reading.person, reading.id("rater"))
    desk, rater = await at("letters.forgotten", door)
    return words.forgotten(reading.say, desk.case, rater)


async def _rating_deleted(reading: Reading) -> Message | None:
    """The same."""
    door = access_kept_rater(reading.db, reading.person, reading.id("rater"))
    desk, rater = await at("letters.rating_deleted", door)
    return words.rating_deleted(reading.say, desk.case, rater)


KINDS: Kinds = {
    LetterKind.ASKED_TO_JOIN: _asked_to_join,
    LetterKind.WAITS_AGAIN: _waits_again,
    LetterKind.ACCEPTED: _accepted,
    LetterKind.NOT_MINE: _not_mine,
    LetterKind.INVITATION: _invitation,
    LetterKind.JOINED: _joined,
    LetterKind.UNDONE: _undone,
    LetterKind.FORGOTTEN: _forgotten,
    LetterKind.RATING_DELETED: _rating_deleted,
}
