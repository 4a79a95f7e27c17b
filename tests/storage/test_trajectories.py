"""Loaded trajectories: the newest is in force. And what they are fitted from: cases by their state."""

from datetime import timedelta

import storage
from bot.domain.cases import CaseState
from bot.domain.trajectories import RaterGroup, Row, Trajectories, Trajectory
from bot.domain.trajectory_files import written
from storage import Transaction
from storage.trajectories import Loaded
from tests.storage.closed_cases import add_case, add_worker
from tests.storage.family import NOW

FIRST = Trajectories("the first", {RaterGroup.ADULT: Trajectory((Row(100, (120,), (90,), n=31),), covers=(0, 249))})
SECOND = Trajectories("the second", {})


async def load(db: Transaction, trajectories: Trajectories, *, days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    await storage.trajectories.add(db, written(trajectories), name=trajectories.name, now=now)


async def test_before_anything_is_loaded_nothing_is_in_force(db: Transaction) -> None:
    assert await storage.trajectories.in_force(db) is None
    assert await storage.trajectories.newest(db) is None


async def test_what_was_loaded_comes_back_with_its_moment(db: Transaction) -> None:
    await load(db, FIRST)
    assert await storage.trajectories.in_force(db) == FIRST
    assert await storage.trajectories.newest(db) == Loaded(FIRST, NOW)


async def test_the_newest_is_in_force_and_an_earlier_one_can_be_loaded_again(db: Transaction) -> None:
    await load(db, FIRST)
    await load(db, SECOND, days=1)
    assert await storage.trajectories.in_force(db) == SECOND
    await load(db, FIRST, days=2)
    assert await storage.trajectories.newest(db) == Loaded(FIRST, NOW + timedelta(days=2))


async def test_cases_are_found_by_their_state_whoever_their_worker_is(db: Transaction) -> None:
    worker = await add_worker(db)
    closed = {await add_case(db, worker, [200, 210]) for _ in range(3)}
    opened = await add_case(db, worker, [200, 210], state=CaseState.OPEN)
    found = await storage.cases.in_state(db, CaseState.CLOSED)
    assert {each.id for each in found} == closed
    assert all(len(each.raters) == len(each.subjects) == 1 for each in found)
    assert [each.id for each in await storage.cases.in_state(db, CaseState.OPEN)] == [opened]
    assert await storage.cases.in_state(db, CaseState.ASKED) == []
