"""People with a phone: found again by the mark of their Telegram id, written to by their sealed chat id."""

from collections.abc import Iterable
from datetime import datetime

from cryptography.exceptions import InvalidTag
from sqlalchemy import bindparam, delete, func, select, update

from bot.domain.people import Person
from storage.database import Transaction, new_id
from storage.schema import groups, hand_overs, persons, workers

_IN_HANDS_OF = (
    select(func.coalesce(hand_overs.c.rater_id, "")).where(hand_overs.c.person_id == persons.c.id).scalar_subquery()
)
"""Of somebody who was erased meanwhile: in the hands of nobody who is known, and still not in the worker's."""
_WORKS = select(1).where(workers.c.person_id == persons.c.id).exists()
_HELD = select(persons, _IN_HANDS_OF.label("in_hands_of"), _WORKS.label("works")).with_for_update(key_share=True)
_BY_ID = _HELD.where(persons.c.id == bindparam("id"))
_BY_MARK = _HELD.where(persons.c.telegram_mark == bindparam("mark"))


async def hold(db: Transaction, person_id: str) -> None:
    """Nobody else who holds this person does anything with what is theirs until the transaction ends."""
    await db.hold(_BY_ID, id=person_id)


async def meet(db: Transaction, *, telegram_id: int, language: str, now: datetime) -> Person:
    """The person of this Telegram account, held; a new one when it's the first time. Who had gone is back.

    `language` is the phone's; it counts until the person chooses one in the chat.
    """
    mark = db.vault.mark("telegram", str(telegram_id))
    while (row := await db.row(_BY_MARK, {"mark": mark})) is None:
        added = await _added(db, mark, telegram_id, language, now)
        if added is not None:
            return added
    spoken = row.language if row.language_chosen else language
    if spoken != row.language or row.gone_at is not None:
        await db.change(update(persons).where(persons.c.id == row.id).values(language=spoken, gone_at=None))
    return Person(row.id, spoken, row.in_hands_of, bool(row.works), row.dark_pictures)


async def find(db: Transaction, telegram_id: int) -> str | None:
    """The id of the person of this Telegram account, if it is somebody here; nobody is met by asking."""
    mark = db.vault.mark("telegram", str(telegram_id))
    row = await db.row(select(persons.c.id).where(persons.c.telegram_mark == mark))
    return str(row.id) if row is not None else None


async def _added(db: Transaction, mark: str, telegram_id: int, language: str, now: datetime) -> Person | None:
    """In a private chat the chat's id is the person's. None when another program was faster."""
    id = new_id()
    row = {
        "id": id,
        "telegram_mark": mark,
        "chat_sealed": db.vault.seal(str(telegram_id), row=f"persons/{id}"),
        "language": language,
        "language_chosen": False,
        "met_at": now,
    }
    return Person(id, language) if await db.add_once(persons, row) else None


async def get(db: Transaction, person_id: str) -> Person | None:
    columns = (persons.c.id, persons.c.language, _IN_HANDS_OF.label("in_hands_of"), _WORKS.label("works"))
    row = await db.row(select(*columns, persons.c.dark_pictures).where(persons.c.id == person_id))
    return Person(row.id, row.language, row.in_hands_of, bool(row.works), row.dark_pictures) if row else None


async def chat(db: Transaction, person_id: str) -> int | None:
    """The Telegram chat id to write to; None when the person is unknown or has gone."""
    statement = select(persons.c.chat_sealed).where(persons.c.id == person_id, persons.c.gone_at.is_(None))
    row = await db.row(statement)
    return int(db.vault.unseal(row.chat_sealed, row=f"persons/{person_id}")) if row else None


async def opens(db: Transaction) -> bool:
    """Whether the vault's key is the one that people were written down with; it is, while there is nobody."""
    row = await db.row(select(persons.c.id, persons.c.chat_sealed).limit(1))
    try:
        if row is not None:
            db.vault.unseal(row.chat_sealed, row=f"persons/{row.id}")
    except InvalidTag:
        return False
    return True


async def chosen_language(db: Transaction, person_id: str) -> str | None:
    """The language that the person has chosen; None while it follows their phone."""
    row = await db.row(select(persons.c.language, persons.c.language_chosen).where(persons.c.id == person_id))
    return str(row.language) if row is not None and row.language_chosen else None


async def choose_language(db: Transaction, person_id: str, language: str) -> None:
    chosen = {"language": language, "language_chosen": True}
    await db.change(update(persons).where(persons.c.id == person_id).values(**chosen))


async def choose_ground(db: Transaction, person_id: str, *, dark: bool) -> None:
    """On which ground they look at pictures from now on."""
    await db.change(update(persons).where(persons.c.id == person_id).values(dark_pictures=dark))


async def gone_among(db: Transaction, person_ids: Iterable[str]) -> frozenset[str]:
    """Those of them who can't be written to any more."""
    gone = persons.c.id.in_(list(person_ids)) & persons.c.gone_at.is_not(None)
    return frozenset(row.id for row in await db.rows(select(persons.c.id).where(gone)))


async def mark_gone(db: Transaction, person_id: str, *, now: datetime) -> None:
    """The person has blocked the bot or left Telegram: nothing more is sent until they come back."""
    await db.change(update(persons).where(persons.c.id == person_id).values(gone_at=now))


async def mark_back(db: Transaction, person_id: str) -> bool:
    """The person can be written to; whether they counted as gone."""
    gone = (persons.c.id == person_id) & persons.c.gone_at.is_not(None)
    return await db.change(update(persons).where(gone).values(gone_at=None)) > 0


async def forget(db: Transaction, person_id: str) -> None:
    await db.change(delete(persons).where(persons.c.id == person_id))


async def tell_group(db: Transaction, telegram_id: int, *, now: datetime) -> bool:
    """Whether this group chat hasn't been told yet that the bot only talks in private; from now on it has."""
    return await db.add_once(groups, {"telegram_mark": db.vault.mark("group", str(telegram_id)), "told_at": now})
