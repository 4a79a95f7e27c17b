"""Letters are carried on each kind of database: `play` is on SQLite and on PostgreSQL in turn."""

import pytest

from tests.stage import Play


@pytest.fixture
def play(play_on_each: Play) -> Play:
    return play_on_each
