"""The same on PostgreSQL, with one program that does everything, and with a courier of its own beside it."""

from pathlib import Path

import pytest

from storage import Database
from tests.faults.kills.trial import tried
from tests.lengths import HowMany, Say


@pytest.mark.parametrize("part", [1, 2])
async def test_nothing_is_lost_or_doubled_by_kills(
    postgresql: Database, tmp_path: Path, how_many: HowMany, seed: int | None, say: Say, part: int
) -> None:
    await tried(postgresql, tmp_path, kills=how_many(40, 1250), seed=seed, say=say)


async def test_nor_when_one_of_two_programs_is_killed(
    postgresql: Database, tmp_path: Path, how_many: HowMany, seed: int | None, say: Say
) -> None:
    await tried(postgresql, tmp_path, kills=how_many(70, 2500), seed=seed, say=say, roles=("poll", "courier"))
