"""Places: which message of a chat shows a draft, a meeting card or a picture, so that it is edited there."""

from sqlalchemy import delete, false, select

from bot.domain.letters import Place
from storage.database import Transaction
from storage.schema import places


async def put(db: Transaction, person_id: str, place: Place, message_id: int) -> None:
    key = {"person_id": person_id, "kind": place.kind.value, "about_id": place.about_id}
    await db.put(places, key, {"message_id": message_id})


async def leave(db: Transaction, person_id: str, message_id: int, *, but: Place | None) -> None:
    """The message shows something else now (`but`, or nothing that has a place)."""
    there = (places.c.person_id == person_id) & (places.c.message_id == message_id)
    kept = (places.c.kind == but.kind.value) & (places.c.about_id == but.about_id) if but else false()
    await db.change(delete(places).where(there & ~kept))


async def find(db: Transaction, person_id: str, place: Place) -> int | None:
    """The Telegram message id, or None when it isn't shown anywhere."""
    here = (places.c.person_id == person_id) & (places.c.kind == place.kind.value)
    row = await db.row(select(places.c.message_id).where(here, places.c.about_id == place.about_id))
    return row.message_id if row else None
