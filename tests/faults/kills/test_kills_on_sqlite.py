"""kill -9 at random moments of questionnaires, on SQLite: no rating is lost or doubled, no alert is silent."""

from pathlib import Path

from storage import Database
from tests.faults.kills.trial import tried
from tests.lengths import HowMany, Say


async def test_nothing_is_lost_or_doubled_by_kills(
    sqlite: Database, tmp_path: Path, how_many: HowMany, seed: int | None, say: Say
) -> None:
    await tried(sqlite, tmp_path, kills=how_many(150, 5000), seed=seed, say=say)
