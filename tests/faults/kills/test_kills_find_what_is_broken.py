"""With a mechanism taken out the trial must find out: an instrument that can't fail proves nothing."""

from pathlib import Path

import pytest

from storage import Database
from tests.faults.kills.sabotage import drop_the_keys_of_ratings
from tests.faults.kills.trial import broken
from tests.lengths import HowMany

NO_KEYS = "no keys of ratings"
FINDS = {
    "confirmed when taken": "was confirmed and is not known",
    "sending not written down": "unmarked",
    "sent before it is": "reached nobody",
    "no ids of what is done": "was confirmed and is not known",
    NO_KEYS: "rating of",
}
"""By what is switched off: what the trial says then."""
QUICK = ("confirmed when taken", "no ids of what is done")
"""Seen after few kills. The others need somebody killed at one moment, or one of the few who change what they sent."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "mechanism" in metafunc.fixturenames:
        metafunc.parametrize("mechanism", FINDS if metafunc.config.getoption("--long") else QUICK)


async def test_a_mechanism_that_is_switched_off_is_missed(
    sqlite: Database, tmp_path: Path, mechanism: str, how_many: HowMany, seed: int | None
) -> None:
    if mechanism == NO_KEYS:
        await drop_the_keys_of_ratings(sqlite)
    in_a_life = "" if mechanism == NO_KEYS else mechanism
    found = await broken(sqlite, tmp_path, kills=how_many(30, 200), seed=seed, sabotage=in_a_life)
    assert [line for line in found if FINDS[mechanism] in line] != []
