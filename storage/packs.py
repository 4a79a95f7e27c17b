"""A service's own measures, as the text of their files; and which of them a case has switched on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import delete, select, update

from bot.domain.instruments import INSTRUMENTS, Instrument
from bot.domain.pack_files import parsed
from bot.domain.packs import Pack
from storage.database import Transaction
from storage.schema import case_packs, packs

_parsed = lru_cache(maxsize=64)(parsed)


async def put(db: Transaction, text: str, *, now: datetime) -> Pack:
    """The text is one that was read and found well; with a code that was there it takes the place of that."""
    pack = _parsed(text)
    await db.put(packs, {"code": pack.code}, {"text": text, "loaded_at": now, "ended_at": None})
    return pack


async def end(db: Transaction, code: str, *, now: datetime) -> bool:
    """It is asked of nobody any more; what was answered stays. False when there is none such."""
    going_on = (packs.c.code == code) & packs.c.ended_at.is_(None)
    return await db.change(update(packs).where(going_on).values(ended_at=now)) == 1


async def in_force(db: Transaction) -> Sequence[Pack]:
    """In the order of their codes."""
    rows = await db.rows(select(packs.c.text).where(packs.c.ended_at.is_(None)).order_by(packs.c.code))
    return [_parsed(row.text) for row in rows]


async def of_code(db: Transaction, code: str) -> Pack | None:
    """Also one that has ended."""
    row = await db.row(select(packs.c.text).where(packs.c.code == code))
    return _parsed(row.text) if row else None


async def instruments(db: Transaction, codes: Collection[str]) -> Mapping[str, Instrument]:
    """By their codes: ours, and the service's own where there are such among them."""
    own = [each for each in set(codes) if each not in INSTRUMENTS]
    if not own:
        return INSTRUMENTS
    rows = await db.rows(select(packs.c.text).where(packs.c.code.in_(own)))
    return {**INSTRUMENTS, **{each.code: each.instrument for each in (_parsed(row.text) for row in rows)}}


# Of a case


async def of_case(db: Transaction, case_id: str) -> Sequence[Pack]:
    """Those that are asked in this case, in the order of their codes."""
    its = select(case_packs.c.code).where(case_packs.c.case_id == case_id)
    going_on = packs.c.ended_at.is_(None) & packs.c.code.in_(its)
    rows = await db.rows(select(packs.c.text).where(going_on).order_by(packs.c.code))
    return [_parsed(row.text) for row in rows]


async def switch_on(db: Transaction, case_id: str, code: str) -> None:
    await db.add_once(case_packs, {"case_id": case_id, "code": code})


async def switch_off(db: Transaction, case_id: str, code: str) -> None:
    await db.change(delete(case_packs).where(case_packs.c.case_id == case_id, case_packs.c.code == code))
