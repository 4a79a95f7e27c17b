"""Which ratings raise an alert, at the very bounds."""

from datetime import UTC, datetime

import pytest

from bot.domain.alerts import Rule
from bot.domain.alerts import is_so as holds
from bot.domain.alerts import rule_of as raised_by
from bot.domain.instruments import CORS, ORS, SRS, Instrument
from bot.domain.ratings import Mode, Rating

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def rated(instrument: Instrument, *scores: int) -> Rating:
    return Rating("r", "d", "c", "w", None, "a", "s", instrument, Mode.BUTTONS, scores, AT)


@pytest.mark.parametrize(
    ("scores", "rule"),
    [
        ((25, 25, 25, 25), Rule.VERY_LOW),
        ((25, 25, 25, 26), None),
        ((100, 100, 100, 0), Rule.VERY_LOW),
        ((100, 100, 100, 1), None),
    ],
)
@pytest.mark.parametrize("instrument", [ORS, CORS])
def test_a_first_outcome_total_of_ten_or_less_or_an_item_at_zero_is_very_low(
    instrument: Instrument, scores: tuple[int, ...], rule: Rule | None
) -> None:
    assert raised_by(rated(instrument, *scores), None) is rule


def test_very_low_is_raised_anew_only_after_it_was_better() -> None:
    low, better = rated(ORS, 10, 10, 10, 10), rated(ORS, 50, 50, 50, 50)
    assert [raised_by(low, low), raised_by(better, low), raised_by(low, better)] == [None, None, Rule.VERY_LOW]


@pytest.mark.parametrize(("last", "rule"), [(70, Rule.ALLIANCE_DROP), (71, None), (100, None)])
def test_an_alliance_that_falls_by_three_or_more_rings(last: int, rule: Rule | None) -> None:
    assert raised_by(rated(SRS, 100, 100, 100, last), rated(SRS, 100, 100, 100, 100)) is rule


def test_a_first_alliance_rating_rings_never() -> None:
    assert raised_by(rated(SRS, 0, 0, 0, 0), None) is None


def test_an_alert_holds_while_its_own_rating_says_so() -> None:
    low, better = rated(ORS, 10, 10, 10, 10), rated(ORS, 50, 50, 50, 50)
    full, fallen = rated(SRS, 100, 100, 100, 100), rated(SRS, 100, 100, 100, 70)
    very_low = [holds(Rule.VERY_LOW, each, before) for each, before in ((low, None), (low, low), (better, None))]
    drop = [holds(Rule.ALLIANCE_DROP, each, before) for each, before in ((fallen, full), (full, full), (fallen, None))]
    assert (very_low, drop) == ([True, True, False], [True, False, False])
