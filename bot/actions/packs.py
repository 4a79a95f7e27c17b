"""A service's own measures: loaded for all, switched on for a case, and what was answered to them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import storage
from bot.actions.access import access_case
from bot.domain.cases import Case
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Measure
from bot.domain.pack_files import parsed
from bot.domain.packs import Pack
from bot.domain.people import Person
from bot.domain.series import Series, series_of
from storage import Transaction


@dataclass(frozen=True)
class PacksView:
    """What a case could ask of the service's own, what it does ask, and what has been answered."""

    case: Case
    packs: Sequence[Pack]
    switched_on: frozenset[str]
    series: Sequence[Series]


async def view(db: Transaction, person: Person, case_id: str) -> PacksView:
    desk = await access_case(db, person, case_id, hold=False)
    asked = frozenset(each.code for each in await storage.packs.of_case(db, case_id))
    series = series_of(desk.case, await storage.ratings.of_case(db, case_id))
    own = [each for each in series if each.measure is Measure.OWN]
    return PacksView(desk.case, await storage.packs.in_force(db), asked, own)


async def switch(db: Transaction, person: Person, case_id: str, code: str, *, on: bool) -> PacksView:
    """From the next meeting on it is asked, or isn't any more."""
    await access_case(db, person, case_id)
    if code not in {each.code for each in await storage.packs.in_force(db)}:
        raise Refusal(Reason.NOT_HERE)
    if on:
        await storage.packs.switch_on(db, case_id, code)
    else:
        await storage.packs.switch_off(db, case_id, code)
    return await view(db, person, case_id)


async def are_there(db: Transaction) -> bool:
    return bool(await storage.packs.in_force(db))


# For the whole service


async def load(db: Transaction, text: str, *, now: datetime) -> Pack:
    """From now on it can be switched on; with a code that was there before, other words take the place of those.

    Raises:
        ValueError: it is refused, with the place; or it has another scale than what was answered under this code.
    """
    pack = parsed(text)
    before = await storage.packs.of_code(db, pack.code)
    if before is not None and before.instrument != pack.instrument:
        raise ValueError(
            f"code {pack.code!r} is there with other items or another scale: answers of both would be mixed. "
            "Give it a new code"
        )
    return await storage.packs.put(db, text, now=now)
