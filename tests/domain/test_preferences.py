"""What a worker has set for themself, and the first steps of a new one."""

from itertools import product

from bot.domain.preferences import FirstSteps


def test_the_first_steps_are_done_when_each_of_them_is() -> None:
    done = [steps for steps in product((False, True), repeat=3) if FirstSteps(*steps).all_done]
    assert done == [(True, True, True)]
