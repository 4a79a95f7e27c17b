"""What all tests share."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, settings

from storage import Database
from tests.stage import Play, on_stage

settings.register_profile("ours", deadline=None)  # how long an example takes says how busy the machine is
settings.register_profile(
    "mutants", deadline=None, max_examples=15, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("ours")
pytest_plugins = ("tests.databases", "tests.lengths")


@pytest.fixture
async def play(sqlite: Database) -> AsyncIterator[Play]:
    """A stage with the whole cast, on SQLite."""
    async with on_stage(sqlite) as play:
        yield play


@pytest.fixture
async def play_on_each(database: Database) -> AsyncIterator[Play]:
    """The same on SQLite and on PostgreSQL in turn."""
    async with on_stage(database) as play:
        yield play
