"""Alerts: each with a number of its own, once for a rating and a rule."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from bot.domain.alerts import Alert, Level, Rule
from storage.database import Transaction
from storage.schema import alerts, drafts


async def raise_once(
    db: Transaction, rule: Rule, level: Level, *, case_id: str, draft_id: str, now: datetime
) -> Alert | None:
    """A new alert; None when this rating has raised the rule already."""
    row = {"case_id": case_id, "draft_id": draft_id, "rule": rule.value, "level": level.value, "raised_at": now}
    if not await db.add_once(alerts, row):
        return None
    return next(each for each in await of_draft(db, draft_id) if each.rule is rule)


async def get(db: Transaction, number: int) -> Alert | None:
    return next(iter(await _found(db, alerts.c.number == number)), None)


async def of_draft(db: Transaction, draft_id: str) -> Sequence[Alert]:
    """What a rating has raised, the gravest first."""
    return await _found(db, alerts.c.draft_id == draft_id)


async def of_session(db: Transaction, session_id: str) -> Sequence[Alert]:
    """What the ratings of a meeting have raised, the gravest first; those of the week before too that it took in."""
    its = select(drafts.c.id).where(drafts.c.session_id == session_id)
    return await _found(db, alerts.c.draft_id.in_(its))


async def of_case(db: Transaction, case_id: str) -> Sequence[Alert]:
    return await _found(db, alerts.c.case_id == case_id)


async def untalked(db: Transaction, case_ids: Collection[str]) -> Sequence[Alert]:
    """Those of several cases that came with a letter and that nobody has tapped as talked about, the gravest first."""
    waiting = alerts.c.talked_at.is_(None) & (alerts.c.level == Level.ALERT.value)
    return await _found(db, alerts.c.case_id.in_(case_ids) & waiting)


async def _found(db: Transaction, which: ColumnElement[bool]) -> list[Alert]:
    found = [_alert(row) for row in await db.rows(select(alerts).where(which).order_by(alerts.c.number))]
    return sorted(found, key=lambda each: (each.level.rank, list(Rule).index(each.rule)))


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        number=row.number,
        case_id=row.case_id,
        draft_id=row.draft_id,
        rule=Rule(row.rule),
        raised_at=row.raised_at,
        level=Level(row.level),
        opened_at=row.opened_at,
        talked_at=row.talked_at,
        later_at=row.later_at,
        passed_to=row.passed_to,
    )


async def weigh_anew(db: Transaction, number: int, level: Level) -> None:
    """Its rating was corrected, and what it raises is graver or less grave than before."""
    await db.change(update(alerts).where(alerts.c.number == number).values(level=level.value))


# What becomes of all that one rating has raised: they came in one letter.


async def open_all(db: Transaction, draft_id: str, *, now: datetime) -> None:
    """They were opened; the first time counts."""
    unopened = (alerts.c.draft_id == draft_id) & alerts.c.opened_at.is_(None)
    await db.change(update(alerts).where(unopened).values(opened_at=now))


async def talk_about_all(db: Transaction, draft_id: str, *, now: datetime) -> None:
    """They were talked about, and so opened; the first time counts."""
    await open_all(db, draft_id, now=now)
    untalked = (alerts.c.draft_id == draft_id) & alerts.c.talked_at.is_(None)
    await db.change(update(alerts).where(untalked).values(talked_at=now))


async def put_off_all(db: Transaction, draft_id: str, *, until: datetime) -> bool:
    """They come again then; False when they were put off before, or talked about: once is enough."""
    waiting = (alerts.c.draft_id == draft_id) & alerts.c.later_at.is_(None) & alerts.c.talked_at.is_(None)
    return await db.change(update(alerts).where(waiting).values(later_at=until)) > 0


async def pass_all_on(db: Transaction, draft_id: str, worker_id: str) -> bool:
    """This worker hears of them now; False when they were opened meanwhile, or another one hears of them."""
    unopened = (alerts.c.draft_id == draft_id) & alerts.c.opened_at.is_(None) & alerts.c.passed_to.is_(None)
    return await db.change(update(alerts).where(unopened).values(passed_to=worker_id)) > 0
