"""An exception at every failpoint, on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.failpoints.exceptions import untried, wrong_in
from tests.faults.failpoints.scenes import SCENES
from tests.faults.failpoints.trials import OnSqlite, Theatre, hurried


@pytest.fixture(scope="module")
def theatre(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    with hurried():
        yield Theatre(OnSqlite(sqlite_template, tmp_path_factory.mktemp("theatre")))


@pytest.mark.parametrize("scene", [name for name, each in SCENES.items() if not each.twice])
def test_a_fault_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene(
    theatre: Theatre, scene: str, long: bool, seed: int | None
) -> None:
    assert wrong_in(theatre, scene, long=long, seed=seed) == ""


def test_every_failpoint_is_met_or_tried_elsewhere(theatre: Theatre) -> None:
    assert untried(theatre) == ([], [])
