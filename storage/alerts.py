"""Alerts: each with a number of its own, once for a rating and a rule."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from bot.domain.alerts import Alert, Rule
from storage.database import Transaction
from storage.schema import alerts


async def raise_once(db: Transaction, rule: Rule, *, case_id: str, draft_id: str, now: datetime) -> Alert | None:
    """A new alert; None when this rating has raised the rule already."""
    row = {"case_id": case_id, "draft_id": draft_id, "rule": rule.value, "raised_at": now}
    if not await db.add_once(alerts, row):
        return None
    made = await db.row(select(alerts).where(alerts.c.draft_id == draft_id, alerts.c.rule == rule.value))
    return _alert(made) if made else None


async def get(db: Transaction, number: int) -> Alert | None:
    row = await db.row(select(alerts).where(alerts.c.number == number))
    return _alert(row) if row else None


def _alert(row: Row[Any]) -> Alert:
    return Alert(row.number, row.case_id, row.draft_id, Rule(row.rule), row.raised_at)
