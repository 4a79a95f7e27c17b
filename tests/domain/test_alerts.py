"""Which ratings raise an alert: a section for each rule of bot/domain/alerts.md, at the very bounds."""

from bot.domain.alerts import Level, Raised, Rule, raised_by
from bot.domain.instruments import SRS
from bot.domain.profiles import ICCE
from tests.domain.ratings_of import FIRST, WEEK, series


def test_the_interface() -> None:
    low = {"total": 100, "bound": 100, "lowest": 25}
    assert raised_by(series(20, 10), ICCE, team="t") == (Raised(Rule.VERY_LOW, Level.ALERT, low, FIRST + WEEK),)
    drop = {"total": 370, "before": 400, "fall": 30, "running": 1}
    raised = Raised(Rule.ALLIANCE_DROP, Level.ALERT, drop, FIRST + WEEK)
    assert raised_by(series(40, 37, instrument=SRS), ICCE, team="t") == (raised,)
