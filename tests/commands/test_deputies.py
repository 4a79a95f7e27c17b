"""Who stands in for a worker: one of the same team, set and taken back by code."""

import pytest

import storage
from bot.commands.deputies import stand_in
from bot.commands.ground import CommandError
from bot.domain.people import Role
from storage import Database
from tests.storage.family import NOW


async def asked(database: Database, code: str, deputy: str | None = None, *, none: bool = False) -> str:
    async with database.transaction() as db:
        return await stand_in(db, code, deputy, none=none)


@pytest.fixture
async def team(database: Database) -> Database:
    """KOIVU-27 and TAMMI-5 of one team, PAJU-3 of another, none of them with a phone."""
    async with database.transaction() as db:
        for name, code in (("pihlaja", "KOIVU-27"), ("pihlaja", "TAMMI-5"), ("haapa", "PAJU-3")):
            await storage.workers.add(db, team=name, code=code, role=Role.WORKER, now=NOW)
    return database


async def test_a_worker_of_the_team_stands_in_until_nobody_does(team: Database) -> None:
    assert await asked(team, "KOIVU-27") == "Nobody stands in for KOIVU-27."
    joined = " TAMMI-5 hasn't joined yet and hears of nothing until then."
    assert await asked(team, "koivu 27", "tammi 5") == f"TAMMI-5 stands in for KOIVU-27.{joined}"
    assert await asked(team, "KOIVU-27") == f"TAMMI-5 stands in for KOIVU-27.{joined}"
    assert await asked(team, "TAMMI-5") == "Nobody stands in for TAMMI-5."
    assert await asked(team, "KOIVU-27", none=True) == "Nobody stands in for KOIVU-27."


@pytest.mark.parametrize(
    ("code", "deputy", "said"),
    [
        ("LEPPÄ-1", "TAMMI-5", "'LEPPÄ-1' is no worker's code: expected one of a worker of today, such as KOIVU-27"),
        ("KOIVU-27", "nonsense", "'nonsense' is no worker's code: expected one of a worker of today, such as KOIVU-27"),
        ("KOIVU-27", "KOIVU-27", "KOIVU-27 can't stand in for themself: expected another worker of the team"),
        (
            "KOIVU-27",
            "PAJU-3",
            "PAJU-3 is of team haapa: expected a worker of team pihlaja, as KOIVU-27 is",
        ),
    ],
)
async def test_what_can_not_be_is_said_and_changes_nothing(team: Database, code: str, deputy: str, said: str) -> None:
    with pytest.raises(CommandError) as caught:
        await asked(team, code, deputy)
    assert str(caught.value) == said
    assert await asked(team, "KOIVU-27") == "Nobody stands in for KOIVU-27."
