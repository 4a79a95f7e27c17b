"""kill -9 at random moments of questionnaires, on SQLite: no rating is lost or doubled, no alert is silent."""

from pathlib import Path

import pytest

from storage import Database
from tests.faults.kills.trial import tried
from tests.lengths import HowMany, Say


@pytest.mark.parametrize("part", [1, 2])
async def test_nothing_is_lost_or_doubled_by_kills(
    sqlite: Database, tmp_path: Path, how_many: HowMany, seed: int | None, say: Say, part: int
) -> None:
    """In parts, each with people of its own, because one would take longer than a test may."""
    await tried(sqlite, tmp_path, kills=how_many(75, 2500), seed=seed, say=say)
