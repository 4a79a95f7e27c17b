"""With a mechanism taken out the trial must find out: an instrument that can't fail proves nothing."""

from pathlib import Path

import pytest

from storage import Database
from tests.faults.kills.trial import broken

FINDS = {
    "confirmed when taken": "was confirmed and",
    "no ids of what is done": "was confirmed and is not known",
    "sent before it is": "reached nobody",
    "sending not written down": "unmarked",
}
KILLS = 60


@pytest.mark.parametrize("mechanism", ["confirmed when taken", "sending not written down"])
async def test_a_mechanism_that_is_switched_off_is_missed(
    sqlite: Database, tmp_path: Path, mechanism: str, seed: int | None
) -> None:
    found = await broken(sqlite, tmp_path, kills=KILLS, seed=seed, sabotage=mechanism)
    assert [line for line in found if FINDS[mechanism] in line] != []
