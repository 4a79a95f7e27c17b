"""Who is told by letter: whoever isn't the one that just acted."""

from collections.abc import Mapping
from datetime import datetime

import storage
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from storage import Transaction


async def tell_workers(
    db: Transaction,
    case_id: str,
    kind: LetterKind,
    about: Mapping[str, str],
    *,
    but: Person | None,
    key: str,
    now: datetime,
) -> int:
    """A letter to each present worker of the case except the one who acts; how many they are.

    Who acts with a worker's phone in the hand isn't that worker, who reads it when the phone is taken back.
    """
    to = [each.person_id for each in await storage.workers.of_case(db, case_id)]
    acts = but.id if but is not None and but.in_hands_of is None else None
    readers = [each for each in to if each is not None and each != acts]
    for person_id in readers:
        await storage.outbox.put(db, kind, person_id, about, key=key, now=now)
    return len(readers)


async def freshen_card(db: Transaction, session_id: str | None, *, by: Person | None, now: datetime) -> None:
    """Somebody's progress shows on the meeting cards of the case's workers; `by` has it on the screen already."""
    session = await storage.sessions.get(db, session_id) if session_id else None
    if session is not None:
        key = f"{session.id}:{storage.new_id()}"
        await tell_workers(db, session.case_id, LetterKind.CARD, {"session": session.id}, but=by, key=key, now=now)
        if session.group_id is not None:
            about = {"group": session.group_id}
            await tell_workers(db, session.case_id, LetterKind.GROUP_CARD, about, but=by, key=key, now=now)
