"""Mechanisms that keep a promise, each switched off in turn: a trial that doesn't notice proves nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text, update

import storage
from bot.domain.letters import Letter
from bot.intake import Intake
from storage import Database, Transaction, schema
from storage.outbox import LetterState


async def _done_already_is_not_known(_db: Transaction, _update_id: int, *, now: datetime, parked: bool = False) -> bool:
    """Every update is new."""
    return True


async def _sent_before_it_is(db: Transaction, letter: Letter) -> bool:
    """Marked before it leaves, so that nothing is ever sent twice."""
    mine = (schema.letters.c.id == letter.id) & (schema.letters.c.lease == letter.lease)
    return await db.change(update(schema.letters).where(mine).values(state=LetterState.SENT.value)) == 1


async def _not_written_down(_db: Transaction, _letter: Letter) -> bool:
    """Sent without a word about it before."""
    return True


IN_A_LIFE: Mapping[str, tuple[Any, str, Any]] = {
    "confirmed when taken": (Intake, "offset", property(lambda self: self._next)),
    "no ids of what is done": (storage.updates, "record", _done_already_is_not_known),
    "sent before it is": (storage.outbox, "begin_sending", _sent_before_it_is),
    "sending not written down": (storage.outbox, "begin_sending", _not_written_down),
}
"""By what is switched off: where, and what stands there instead."""


def switch_off(mechanism: str) -> None:
    """For the rest of this program's life."""
    owner, name, instead = IN_A_LIFE[mechanism]
    setattr(owner, name, instead)


async def drop_the_keys_of_ratings(database: Database) -> None:
    """A table of ratings as it is, that takes any row."""
    async with database.transaction() as db:
        for statement in (
            "CREATE TABLE loose AS SELECT * FROM ratings",
            "DROP TABLE ratings",
            "ALTER TABLE loose RENAME TO ratings",
        ):
            await db.change(text(statement))
