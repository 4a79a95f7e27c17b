"""What the operator decides about letters: to send again from a database that came from a backup, or not to.

What waited in a backup may have been sent after it was made. So an alert goes out marked as a repeat, a picture or a
reminder is left, and what is older than a day is ended: an alert by telling the lead, the rest in silence. What makes
other letters still does, however late: a weekly meeting goes on, a leave begins, who hasn't opened an alert is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import storage
from bot.actions import undelivered
from bot.domain.letters import HOWEVER_LATE, NOT_SILENT, Letter
from storage import Transaction
from storage.backlog import Waiting
from storage.outbox import LetterState
from storage.service import Memory

TOO_OLD = timedelta(hours=24)
OUTCOME = "restored"


@dataclass(frozen=True)
class Resumed:
    """What waited; `dead` and `void` of it are not sent, and `doubtful` of the others may have been sent already."""

    waited: Sequence[Waiting]
    doubtful: int
    dead: int
    void: int


async def resume(db: Transaction, *, drop: bool, now: datetime) -> Resumed | None:
    """Let letters be sent again; None when no backup was restored. `drop`: none of those that wait is sent."""
    restored_at = await storage.service.read(db, Memory.RESTORED)
    if restored_at is None:
        return None
    waited = await storage.backlog.waiting(db, now=now)
    due = await storage.backlog.due(db, until=now if drop else now - TOO_OLD)
    ended = [each for each in due if each.kind not in HOWEVER_LATE]
    doubtful = await storage.backlog.doubt(db, until=restored_at)
    for letter in ended:
        await _end(db, letter, now=now)
    await storage.service.clear(db, Memory.RESTORED)
    dead = sum(letter.kind in NOT_SILENT for letter in ended)
    doubtful -= sum(letter.due_at <= restored_at for letter in ended)
    return Resumed(waited, doubtful, dead, len(ended) - dead)


async def _end(db: Transaction, letter: Letter, *, now: datetime) -> None:
    """An alert that isn't sent isn't silent either, nor is what a lead should have heard of one."""
    dead = letter.kind in NOT_SILENT
    await storage.backlog.end(db, letter, LetterState.DEAD if dead else LetterState.VOID, outcome=OUTCOME, now=now)
    if dead:
        await undelivered.flag(db, letter, now=now)
