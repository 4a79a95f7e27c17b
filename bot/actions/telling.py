"""Who is told by letter: whoever isn't the one that just acted."""

from collections.abc import Mapping
from datetime import datetime

import storage
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from storage import Transaction


async def tell_workers(
    db: Transaction, case_id: str, kind: LetterKind, about: Mapping[str, str], *, but: Person, key: str, now: datetime
) -> None:
    """A letter to each present worker of the case except the one who acts."""
    for worker in await storage.workers.of_case(db, case_id):
        if worker.person_id is not None and worker.person_id != but.id:
            await storage.outbox.put(db, kind, worker.person_id, about, key=key, now=now)


async def freshen_card(db: Transaction, session_id: str | None, *, by: Person, now: datetime) -> None:
    """Somebody's progress shows on the meeting cards of the case's workers."""
    session = await storage.sessions.get(db, session_id) if session_id else None
    if session is not None:
        key = f"{session.id}:{storage.new_id()}"
        await tell_workers(db, session.case_id, LetterKind.CARD, {"session": session.id}, but=by, key=key, now=now)
