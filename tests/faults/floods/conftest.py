"""Floods come on SQLite and on PostgreSQL: `play` is on each in turn, and `written` is what the log says."""

import pytest

from tests.faults.disk.life import written
from tests.stage import Play

__all__ = ["written"]


@pytest.fixture
def play(play_on_each: Play) -> Play:
    return play_on_each
