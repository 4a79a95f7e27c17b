"""kill -9 at every failpoint, on PostgreSQL; in the short form where two programs meet."""

from collections.abc import Iterator

import pytest

from tests import postgres
from tests.faults.failpoints.kills import Nursery, nursery, wrong_after_kills
from tests.faults.failpoints.scenes import SCENES
from tests.faults.failpoints.trials import OnPostgresql, Theatre, hurried


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    long = metafunc.config.getoption("--long")
    metafunc.parametrize("scene", [name for name, each in SCENES.items() if long or each.twice])


@pytest.fixture(scope="module")
def theatre(postgres_template: postgres.Server) -> Iterator[Theatre]:
    with hurried():
        yield Theatre(OnPostgresql(postgres_template))


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("lives")) as parent:
        yield parent


def test_a_kill_at_any_failpoint_changes_nothing_of_what_comes_of_a_scene(
    theatre: Theatre, parent: Nursery, scene: str, long: bool, seed: int | None
) -> None:
    assert wrong_after_kills(theatre, parent, scene, long=long, seed=seed) == ""
