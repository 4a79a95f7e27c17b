"""Places: which message of a chat shows a draft, a meeting card or a picture, so that it is edited there."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, delete, false, select

from bot.domain.letters import PictureKind, Place, PlaceKind
from storage import people
from storage.database import Transaction
from storage.schema import drafts, places, sessions

_AROUND = select(places.c.kind, places.c.about_id, places.c.message_id, places.c.shows).where(
    places.c.person_id == bindparam("its_person"),
    (places.c.message_id == bindparam("its_message"))
    | ((places.c.kind == bindparam("its_kind")) & (places.c.about_id == bindparam("its_about"))),
)


async def stand(db: Transaction, person_id: str, place: Place, message_id: int) -> int | None:
    """The message shows this now, and nothing else; what showed it before, if that was another message.

    Mostly it stands there already, and nothing is written.
    """
    its = {"its_person": person_id, "its_message": message_id, "its_kind": place.kind.value}
    around = [tuple(row) for row in await db.rows(_AROUND, {**its, "its_about": place.about_id})]
    if around == [(place.kind.value, place.about_id, message_id, place.shows.value)]:
        return None
    await leave(db, person_id, message_id, but=place)
    await put(db, person_id, place, message_id)
    here = (at for kind, about, at, _ in around if (kind, about) == (place.kind.value, place.about_id))
    return next((at for at in here if at != message_id), None)


async def put(db: Transaction, person_id: str, place: Place, message_id: int) -> None:
    key = {"person_id": person_id, "kind": place.kind.value, "about_id": place.about_id}
    await db.put(places, key, {"message_id": message_id, "shows": place.shows.value})


async def move(db: Transaction, person_id: str, place: Place, message_id: int) -> int | None:
    """From now on this message shows it; the one that did, if it was another. Nobody else moves it meanwhile."""
    await people.hold(db, person_id)
    before = await find(db, person_id, place)
    await put(db, person_id, place, message_id)
    return before if before != message_id else None


async def leave(db: Transaction, person_id: str, message_id: int, *, but: Place | None) -> None:
    """The message shows something else now (`but`, or nothing that has a place)."""
    there = (places.c.person_id == person_id) & (places.c.message_id == message_id)
    kept = (places.c.kind == but.kind.value) & (places.c.about_id == but.about_id) if but else false()
    await db.change(delete(places).where(there & ~kept))


async def leave_all(db: Transaction, person_id: str, message_ids: Iterable[int]) -> None:
    """These messages are gone from the chat, or show nothing any more."""
    there = (places.c.person_id == person_id) & places.c.message_id.in_(list(message_ids))
    await db.change(delete(places).where(there))


async def pictures_of_case(db: Transaction, person_id: str, case_id: str) -> Sequence[int]:
    """The messages of a worker's chat that show a picture of a case."""
    meetings = select(sessions.c.id).where(sessions.c.case_id == case_id)
    about_it = (places.c.about_id == case_id) | places.c.about_id.in_(meetings)
    pictured = places.c.kind.in_([PlaceKind.PICTURE.value, PlaceKind.SUMMARY.value])
    shown = (places.c.person_id == person_id) & pictured & about_it
    return [row.message_id for row in await db.rows(select(places.c.message_id).where(shown))]


async def holders(db: Transaction, place: Place) -> Sequence[str]:
    """The ids of those in whose chats it stands."""
    here = (places.c.kind == place.kind.value) & (places.c.about_id == place.about_id)
    rows = await db.rows(select(places.c.person_id).where(here).order_by(places.c.person_id))
    return [row.person_id for row in rows]


async def drafts_of_rater(db: Transaction, person_id: str, rater_id: str) -> Sequence[str]:
    """The ids of the rater's drafts that stand in this chat."""
    its = select(drafts.c.id).where(drafts.c.rater_id == rater_id)
    here = (places.c.person_id == person_id) & (places.c.kind == PlaceKind.DRAFT.value) & places.c.about_id.in_(its)
    return [row.about_id for row in await db.rows(select(places.c.about_id).where(here).order_by(places.c.about_id))]


async def drafts_of_person(db: Transaction, person_id: str) -> Sequence[int]:
    """The messages of a person's chat that show a rating of theirs."""
    shown = (places.c.person_id == person_id) & (places.c.kind == PlaceKind.DRAFT.value)
    return [row.message_id for row in await db.rows(select(places.c.message_id).where(shown))]


async def shown(db: Transaction, person_id: str, place: Place) -> PictureKind:
    """How the person looks at it there; where there is no picture yet, as everybody does first."""
    here = (places.c.person_id == person_id) & (places.c.kind == place.kind.value)
    row = await db.row(select(places.c.shows).where(here, places.c.about_id == place.about_id))
    return PictureKind(row.shows) if row else PictureKind.TREND


async def newest_of(db: Transaction, person_id: str, kinds: Iterable[PlaceKind]) -> tuple[Place, int] | None:
    """What stands lowest in a person's chat among these kinds, and in which message."""
    its = (places.c.person_id == person_id) & places.c.kind.in_([each.value for each in kinds])
    row = await db.row(select(places).where(its).order_by(places.c.message_id.desc()).limit(1))
    return (Place(PlaceKind(row.kind), row.about_id), row.message_id) if row else None


async def find(db: Transaction, person_id: str, place: Place) -> int | None:
    """The Telegram message id, or None when it isn't shown anywhere."""
    here = (places.c.person_id == person_id) & (places.c.kind == place.kind.value)
    row = await db.row(select(places.c.message_id).where(here, places.c.about_id == place.about_id))
    return row.message_id if row else None
