"""kill -9 at every failpoint, on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.failpoints.kills import Nursery, nursery, wrong_after_kills
from tests.faults.failpoints.scenes import SCENES
from tests.faults.failpoints.trials import OnSqlite, Theatre, hurried


@pytest.fixture(scope="module")
def theatre(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    with hurried():
        yield Theatre(OnSqlite(sqlite_template, tmp_path_factory.mktemp("theatre")))


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("lives")) as parent:
        yield parent


@pytest.mark.parametrize("scene", [name for name, each in SCENES.items() if not each.twice])
def test_a_kill_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene(
    theatre: Theatre, parent: Nursery, scene: str, long: bool, seed: int | None
) -> None:
    assert wrong_after_kills(theatre, parent, scene, long=long, seed=seed) == ""
