"""Empties a worker's chat before the phone goes into somebody else's hands, and from behind while it is in use.

Telegram lets a bot delete what is younger than 48 hours; what is older is blanked. What is done is written down as it
is done, so that the next try goes on where this one ended.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import storage
from bot import log
from bot.domain.people import Person
from bot.house import House
from bot.outcomes import Again, Missing, Outcome, Sent, Unknown
from storage import Transaction
from storage.traces import Trace

DELETABLE_FOR = timedelta(hours=47)
"""An hour less than Telegram's own: until it is done, and for clocks that differ."""
TOO_OLD_FOR = timedelta(hours=49)
"""An hour more: nobody need try."""
AT_ONCE = 100
BETWEEN = 1000
BEYOND = 50
"""Messages that were sent and not written down (a kill, a lost answer) have ids between those that were, or just
beyond: so many are tried, whether they are there or not."""
TRIES = 3
AGAIN_SECONDS = 1.0
LONGEST_WAIT = 5.0
KEPT_OLD = 200
"""So many messages that can't be deleted any more stay in a chat as they are: each is a call when it is cleared, and
they have to be done within PATIENCE. What stands further back is emptied, `A_FEW` behind each reply."""
A_FEW = 3
PATIENCE = 40.0
"""Less than an update has (intake.UPDATE_SECONDS): a try that doesn't come to its end says so."""


async def clear(house: House, person: Person, chat: int, *, but: int | None, at_first: bool = False) -> bool:
    """Whether nothing of ours that may show a case is left in the chat; `but` is the message that is written over.

    `at_first`: it is looked for what nobody knows of, even when nothing is known to be left. Who clears holds the chat
    (`writing_to`): nothing new comes in meanwhile.
    """
    async with house.database.transaction() as db:
        found = await storage.traces.of_person(db, person.id)
    kept = next((each.message_id for each in found if each.message_id == but and not each.pictured), None)
    if not at_first and all(each.message_id == kept for each in found):
        return True
    try:
        async with asyncio.timeout(PATIENCE):
            return await _cleared(house, person, chat, found, but)
    except TimeoutError:
        return False


async def _cleared(house: House, person: Person, chat: int, found: Sequence[Trace], but: int | None) -> bool:
    """The newest first: that is what somebody sees who looks at the phone.

    Last what the worker wrote to open the chat, such as a case's label: where it is too old, it stays.
    """
    since = house.now() - DELETABLE_FOR
    young = [each.message_id for each in found if each.at > since]
    old = [each for each in found if each.at <= since and each.message_id != but]
    tried = _with_unknown(young, but)
    for ids in (tried[at : at + AT_ONCE] for at in range(0, len(tried), AT_ONCE)):
        outcome = await _insisted(partial(house.post.delete, chat, ids))
        if isinstance(outcome, Sent | Missing):
            await _forget(house, person, ids)
        else:
            old += [each for each in found if each.message_id in ids]
    if young:
        await house.post.delete(chat, [min(young) - 1])
    return await _blanked(house, person, chat, sorted(old, key=lambda each: -each.message_id))


def _with_unknown(young: Sequence[int], but: int | None) -> Sequence[int]:
    """The newest first, with what may stand between and behind them; never the one that is kept."""
    if not young:
        return ()
    newest = max((*young, but or 0)) + BEYOND
    tried = range(max(min(young), newest - BETWEEN), newest + 1)
    return sorted(({*young, *tried}) - {but}, reverse=True)


async def _blanked(house: House, person: Person, chat: int, old: Sequence[Trace]) -> bool:
    """Each by itself; what can't be is left for the next try."""
    done, too_old = [], house.now() - TOO_OLD_FOR
    for each in old:
        how = {"pictured": each.pictured, "deletable": each.at > too_old}
        outcome = await _insisted(partial(house.post.blank, chat, each.message_id, **how))
        if isinstance(outcome, Sent | Missing):
            done.append(each.message_id)
            await _forget(house, person, [each.message_id])
        elif isinstance(outcome, Again | Unknown):
            break
    return len(done) == len(old)


async def far_back(db: Transaction, person: Person, *, but: int | None, now: datetime) -> Sequence[Trace]:
    """What a worker's chat shows beyond so much, and can't be deleted any more: a few of the oldest.

    `but` is in use, however old it is.
    """
    if not person.works:
        return ()
    until = now - TOO_OLD_FOR
    found = await storage.traces.furthest_back(db, person.id, beyond=KEPT_OLD, until=until, most=A_FEW + 1)
    return [each for each in found if each.message_id != but][:A_FEW]


async def tidy(house: House, person: Person, chat: int, far: Sequence[Trace]) -> None:
    """Far back a chat shows nothing. What can't be done now is done behind the next reply."""
    for each in far:
        outcome = await house.post.blank(chat, each.message_id, pictured=each.pictured, deletable=False)
        if isinstance(outcome, Sent | Missing):
            await _forget(house, person, [each.message_id])


async def _insisted(act: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """What Telegram doesn't take now is tried again a moment later: it is safe twice."""
    outcome = await act()
    for _ in range(TRIES - 1):
        pause = outcome.seconds if isinstance(outcome, Again) else AGAIN_SECONDS
        if not isinstance(outcome, Again | Unknown) or pause > LONGEST_WAIT:
            break
        await asyncio.sleep(pause)
        outcome = await act()
    if not isinstance(outcome, Sent | Missing):
        log.event(log.Event.REPLY_FAILED, outcome=f"uncleared_{type(outcome).__name__}")
    return outcome


async def _forget(house: House, person: Person, message_ids: Sequence[int]) -> None:
    async with house.database.transaction() as db:
        await storage.traces.forget(db, person.id, message_ids)
        await storage.places.leave_all(db, person.id, message_ids)
