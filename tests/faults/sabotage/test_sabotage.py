"""Each mechanism is switched off in turn in a copy of the project, and the tests that are named must find it out.

The short form tries a few of them; that the others' texts are still there is always looked at.
"""

import pytest

from tests.faults.sabotage.copies import Copy, copied
from tests.faults.sabotage.rows import ROWS, Edit, Row

SOME_FAILED = 1


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    long = metafunc.config.getoption("--long")
    if "tried" in metafunc.fixturenames:
        metafunc.parametrize("tried", [each for each in ROWS if long or each.quick], ids=lambda row: row.mechanism)
    if "all_tried" in metafunc.fixturenames:
        metafunc.parametrize("all_tried", [[each for each in ROWS if long or each.quick]], ids=["all"])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return copied(tmp_path_factory.mktemp("copy"))


def test_nothing_switched_off_all_tests_that_are_named_pass(copy: Copy, all_tried: list[Row]) -> None:
    ran = copy.run(sorted({test for row in all_tried for test in row.tests}))
    assert ran.code == 0, ran.said


def test_a_mechanism_that_is_switched_off_is_missed_by_each_test_of_its_promise(copy: Copy, tried: Row) -> None:
    with copy.edited(tried.edits):
        ran = copy.run(tried.tests)
    assert (ran.code, ran.passed(tried.tests)) == (SOME_FAILED, []), ran.said


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.mechanism)
def test_the_code_still_has_what_is_to_be_switched_off(copy: Copy, row: Row) -> None:
    with copy.edited(row.edits):
        pass


def test_what_the_code_no_longer_has_is_said(copy: Copy) -> None:
    gone = Edit("bot/intake.py", "what was never there", "")
    with pytest.raises(AssertionError, match="has 0 times"), copy.edited([gone]):
        pass
