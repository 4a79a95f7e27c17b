"""An exception at every failpoint, on PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests import postgres
from tests.faults.failpoints.exceptions import untried, wrong_in
from tests.faults.failpoints.scenes import SCENES
from tests.faults.failpoints.trials import OnPostgresql, Theatre, hurried


@pytest.fixture(scope="module")
def theatre(postgres_template: postgres.Server) -> Iterator[Theatre]:
    with hurried():
        yield Theatre(OnPostgresql(postgres_template))


@pytest.mark.parametrize("scene", SCENES)
def test_a_fault_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene(
    theatre: Theatre, scene: str, long: bool, seed: int | None
) -> None:
    assert wrong_in(theatre, scene, long=long, seed=seed) == ""


def test_every_failpoint_is_met_or_tried_elsewhere(theatre: Theatre) -> None:
    assert untried(theatre) == ([], [])
