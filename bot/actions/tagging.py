"""Tags on a worker's cases: ticked on a case, and a list of those that have one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions import cases
from bot.actions.access import Desk, access_case
from bot.actions.cases import CaseLine
from bot.domain.cases import Case
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.domain.tags import Tag
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction


@dataclass(frozen=True)
class TagsView:
    """A case with all the tags that can be on it, and the ids of those that are."""

    case: Case
    tags: tuple[Tag, ...]
    ticked: frozenset[str]


@dataclass(frozen=True)
class CaseList:
    """A worker's open cases. `tag`: those that have it; `tags`: on how many of all there are which ones."""

    lines: Sequence[CaseLine]
    tag: Tag | None = None
    tags: Mapping[Tag, int] | None = None


async def view(db: Transaction, person: Person, case_id: str) -> TagsView:
    return await _view(db, await access_case(db, person, case_id, hold=False))


async def _view(db: Transaction, desk: Desk) -> TagsView:
    """The team's tags; one that the case has and the team has no longer is there until it is taken off."""
    own = (await storage.tags.of_cases(db, [desk.case.id]))[desk.case.id]
    team = await storage.tags.of_workers_team(db, desk.worker.id)
    every = {each.id: each for each in (*team, *own)}
    in_order = tuple(sorted(every.values(), key=lambda each: (each.name.casefold(), each.id)))
    return TagsView(desk.case, in_order, frozenset(each.id for each in own))


async def tick(db: Transaction, person: Person, case_id: str, tag_id: str, *, on: bool) -> TagsView:
    """Put a tag on the case, or take it off. Said twice is said once."""
    desk = await access_case(db, person, case_id)
    seen = await _view(db, desk)
    if tag_id not in {each.id for each in seen.tags}:
        raise Refusal(Reason.NOT_HERE)
    if on:
        await storage.tags.put_on(db, case_id, tag_id)
    else:
        await storage.tags.take_off(db, case_id, tag_id)
    return await _view(db, desk)


async def listed(
    db: Transaction, person: Person, tag_id: str = "", *, weighing: Weighing = WEIGHING, now: datetime
) -> CaseList:
    """What needs attention first; those with this tag, if it is on any of them, else all."""
    lines = await cases.attention(db, person, weighing=weighing, now=now)
    tags_of = await storage.tags.of_cases(db, [each.case.id for each in lines])
    found = _counted(tags_of)
    tag = next((each for each in found if each.id == tag_id), None)
    shown = [each for each in lines if tag is None or tag in tags_of[each.case.id]]
    return CaseList(shown, tag, found)


def _counted(tags_of: Mapping[str, Sequence[Tag]]) -> Mapping[Tag, int]:
    """In the order of their names."""
    each_of = [tag for tags in tags_of.values() for tag in tags]
    in_order = sorted(set(each_of), key=lambda each: (each.name.casefold(), each.id))
    return {tag: each_of.count(tag) for tag in in_order}
