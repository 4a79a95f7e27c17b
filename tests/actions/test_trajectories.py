"""Loading trajectories, and fitting them from the closed cases of the service."""

import pytest

import storage
from bot.actions import trajectories
from bot.domain.cases import CaseState
from bot.domain.fitting import Band, Fit
from bot.domain.profiles import ICCE
from bot.domain.trajectories import RaterGroup, Row, Trajectories, Trajectory
from storage import Transaction
from tests.storage.closed_cases import add_case, add_cases, add_worker
from tests.storage.family import NOW

WELL = """
name = "A made-up one"

[[adult]]
intake = 0
target = [8.0]
lower = [2.0]

[[adult]]
intake = 25
target = [27.0]
lower = [20.0]
"""
READ = Trajectories("A made-up one", {RaterGroup.ADULT: Trajectory((Row(0, (80,), (20,)), Row(250, (270,), (200,))))})


async def test_what_is_loaded_is_in_force(db: Transaction) -> None:
    assert await trajectories.load(db, WELL, profile=ICCE, now=NOW) == READ
    assert await storage.trajectories.in_force(db) == READ


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name =", "is no TOML"),
        (WELL.replace("27.0", "7.9"), "rating 2: the target falls"),
        (WELL.replace("25", "24"), "not from 0.0 to the cutoff 25.0"),
    ],
)
async def test_a_file_that_is_refused_changes_nothing(db: Transaction, text: str, said: str) -> None:
    await trajectories.load(db, WELL, profile=ICCE, now=NOW)
    with pytest.raises(ValueError, match=said):
        await trajectories.load(db, text, profile=ICCE, now=NOW)
    assert await storage.trajectories.in_force(db) == READ


async def test_a_trajectory_is_fitted_from_closed_cases_alone(db: Transaction) -> None:
    worker = await add_worker(db)
    for at in range(30):
        await add_case(db, worker, [200, 210 + at, 225 + at])
    await add_case(db, worker, [205, 400], state=CaseState.OPEN)
    await add_case(db, worker, [])
    fit = await trajectories.fit(db, profile=ICCE)
    # Half of 210, 211, ... 239 is 224.5, a quarter 217.25.
    assert fit.tables == {RaterGroup.ADULT: Trajectory((Row(200, (224, 240), (217, 232), n=30),), covers=(200, 249))}
    assert fit.bands[4] == Band(RaterGroup.ADULT, 200, 249, cases=30)


async def test_with_too_few_closed_cases_there_is_no_table(db: Transaction) -> None:
    await add_cases(db, 29, 200, 230)
    fit = await trajectories.fit(db, profile=ICCE)
    assert fit == Fit({}, fit.bands)
    assert max(each.cases for each in fit.bands) == 29
