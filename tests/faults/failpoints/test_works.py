"""Exceptions and kills at the failpoints that a serving bot doesn't come to: what was begun is done by the next one."""

import asyncio
import pickle
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL

import pytest

from bot.failpoints import watched
from bot.sandbox.world import World
from storage.database import UnreachableError
from tests import postgres
from tests.faults.failpoints.elsewhere import ELSEWHERE
from tests.faults.failpoints.errors import errors
from tests.faults.failpoints.kills import Nursery, nursery
from tests.faults.failpoints.trials import Fault, Ground, Met, OnPostgresql, OnSqlite
from tests.faults.failpoints.works import WORKS, done

KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    if request.param == "sqlite":
        return OnSqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    server: postgres.Server = request.getfixturevalue("postgres_template")
    return OnPostgresql(server)


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("lives")) as parent:
        yield parent


def fresh(ground: Ground, work: str) -> str:
    return ground.empty() if work == "migrating" else ground.fresh()


def met_in(ground: Ground, work: str) -> Met:
    met: Met = Counter()
    with watched(lambda place, moment: met.update([(place, moment)])):
        asyncio.run(done(work, fresh(ground, work)))
    return Counter({(place, moment): times for (place, moment), times in met.items() if place in ELSEWHERE})


@pytest.mark.parametrize("work", WORKS)
def test_what_failed_is_done_by_the_next_one(ground: Ground, work: str) -> None:
    for place, moment in sorted(met_in(ground, work)):
        for error in errors(place, moment, ground.dialect)[:1]:
            url, fault = fresh(ground, work), Fault(place, moment, error, 1)
            with watched(fault.see), suppress(type(error()), UnreachableError):
                asyncio.run(done(work, url))
            asyncio.run(done(work, url))
            assert fault.raised, (place, moment)


@pytest.mark.parametrize("work", WORKS)
def test_what_was_killed_is_done_by_the_next_one(ground: Ground, parent: Nursery, work: str) -> None:
    for place, moment in sorted(met_in(ground, work)):
        url = fresh(ground, work)
        assert (parent.lives(url, pickle.dumps(World()), work, place, moment, 1), place) == (-SIGKILL, place)
        asyncio.run(done(work, url))


def test_all_that_is_said_to_be_tried_here_is_met_on_one_database_or_the_other(
    sqlite_template: Path, postgres_template: postgres.Server, tmp_path: Path
) -> None:
    grounds: tuple[Ground, ...] = (OnSqlite(sqlite_template, tmp_path), OnPostgresql(postgres_template))
    met = {place for ground in grounds for work in WORKS for place, _ in met_in(ground, work)}
    assert {place for place, where in ELSEWHERE.items() if "test_works.py" in where} - met == set()
