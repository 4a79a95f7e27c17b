"""A worker's way to a case by its label."""

from collections.abc import Sequence

from bot.actions import cases
from bot.actions.cases import CaseLine
from bot.domain.people import Person
from bot.domain.spelling import as_label
from storage import Transaction


async def by_label(db: Transaction, person: Person, text: str) -> Sequence[CaseLine]:
    """The worker's open cases with this label: mostly one; what was typed isn't kept."""
    form = as_label(text)
    return [each for each in await cases.listed(db, person) if as_label(each.case.label) == form] if form else ()
