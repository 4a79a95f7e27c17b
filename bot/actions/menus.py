"""The command menu of a chat follows what its person is, and the language that they have chosen."""

from dataclasses import dataclass
from datetime import datetime

import storage
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from storage import Transaction


@dataclass(frozen=True)
class MenuOf:
    """What decides which menu somebody has. `chosen`: their language, once they have chosen one."""

    is_worker: bool
    chosen: str | None


async def of_person(db: Transaction, person: Person) -> MenuOf:
    worker = await storage.workers.of_person(db, person.id)
    return MenuOf(worker is not None, await storage.people.chosen_language(db, person.id))


async def follow(db: Transaction, person_id: str, *, now: datetime) -> None:
    """Something of it has changed: the menu is set anew, as it is right when its turn comes."""
    await storage.outbox.put(db, LetterKind.MENU, person_id, {}, key=storage.new_id(), now=now)


async def follow_all(db: Transaction, edition: str, *, now: datetime) -> None:
    """At the start: each worker gets this edition of the menu once."""
    for person_id in await storage.workers.persons_of_all(db):
        await storage.outbox.put(db, LetterKind.MENU, person_id, {}, key=edition, now=now)
