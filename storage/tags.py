"""Tags: each team's list, and which case has which."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.domain.tags import Tag
from storage.database import Transaction, new_id
from storage.schema import case_tags, tags, teams, workers

_IN_ORDER = (tags.c.name, tags.c.id)


def _tag(row: Row[Any]) -> Tag:
    return Tag(row.id, row.name, ended=row.ended_at is not None)


async def team_named(db: Transaction, name: str) -> str | None:
    """The id of the team of this name."""
    row = await db.row(select(teams.c.id).where(teams.c.name == name))
    return row.id if row else None


async def add(db: Transaction, team_id: str, name: str) -> None:
    """From now on the team has this tag; one that was ended has begun again."""
    same = await _called(db, team_id, name)
    if same is not None:
        await db.change(update(tags).where(tags.c.id == same.id).values(name=name, ended_at=None))
    else:
        await db.add_once(tags, {"id": new_id(), "team_id": team_id, "name": name})


async def end(db: Transaction, team_id: str, name: str, *, now: datetime) -> bool:
    """It isn't chosen any more; False when there is none of this name."""
    found = await _called(db, team_id, name)
    if found is None or found.ended:
        return False
    await db.change(update(tags).where(tags.c.id == found.id).values(ended_at=now))
    return True


async def _called(db: Transaction, team_id: str, name: str) -> Tag | None:
    """Capital and small letters are the same."""
    own = [_tag(row) for row in await db.rows(select(tags).where(tags.c.team_id == team_id))]
    return next((each for each in own if each.name.casefold() == name.casefold()), None)


async def of_team(db: Transaction, team_id: str) -> Sequence[Tag]:
    """Those that can be chosen, in the order of their names."""
    now_used = select(tags).where(tags.c.team_id == team_id, tags.c.ended_at.is_(None))
    return [_tag(row) for row in await db.rows(now_used.order_by(*_IN_ORDER))]


async def of_workers_team(db: Transaction, worker_id: str) -> Sequence[Tag]:
    row = await db.row(select(workers.c.team_id).where(workers.c.id == worker_id))
    return await of_team(db, row.team_id) if row else []


async def of_cases(db: Transaction, case_ids: Collection[str]) -> Mapping[str, Sequence[Tag]]:
    """By case, in the order of their names; a case without any has an empty one."""
    having = select(tags, case_tags.c.case_id).join(case_tags, case_tags.c.tag_id == tags.c.id)
    found = defaultdict[str, list[Tag]](list)
    for row in await db.rows(having.where(case_tags.c.case_id.in_(case_ids)).order_by(*_IN_ORDER)):
        found[row.case_id].append(_tag(row))
    return {each: tuple(found[each]) for each in case_ids}


async def put_on(db: Transaction, case_id: str, tag_id: str) -> None:
    await db.add_once(case_tags, {"case_id": case_id, "tag_id": tag_id})


async def take_off(db: Transaction, case_id: str, tag_id: str) -> None:
    await db.change(delete(case_tags).where(case_tags.c.case_id == case_id, case_tags.c.tag_id == tag_id))
