"""The same on PostgreSQL, with one program that does everything, and with a courier of its own beside it."""

from pathlib import Path

import pytest

from storage import Database
from tests.faults.kills.trial import tried
from tests.lengths import HowMany, Say


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", [1, 2] if metafunc.config.getoption("--long") else [1])


async def test_nothing_is_lost_or_doubled_by_kills(
    postgresql: Database, tmp_path: Path, how_many: HowMany, seed: int | None, say: Say, part: int
) -> None:
    """Its begin and its end take as long as 50 kills: so the short form has one part."""
    await tried(postgresql, tmp_path, kills=how_many(80, 1250), seed=seed, say=say)


async def test_nor_when_one_of_two_programs_is_killed(
    postgresql: Database, tmp_path: Path, how_many: HowMany, seed: int | None, say: Say
) -> None:
    await tried(postgresql, tmp_path, kills=how_many(70, 2500), seed=seed, say=say, roles=("poll", "courier"))
