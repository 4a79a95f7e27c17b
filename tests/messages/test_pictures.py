"""What a worker reads with a picture of a rater, and what the picture shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.actions.pictures import Dated, TrendView
from bot.charts.series import Trend
from bot.domain.instruments import ORS, SRS, Instrument
from bot.domain.profiles import ICCE
from bot.domain.ratings import Mode, Rating
from bot.i18n import language
from bot.messages import pictures
from tests.messages.screens import CASE, CLIENT, SUBJECTS, WORKER, ZONE

ENGLISH = language("en")
EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
"""In Helsinki it is half past eleven."""
TUESDAY = EVENING + timedelta(hours=1)
"""Half past midnight there."""
VIEW = TrendView(replace(CASE, label="Birch 42"), CLIENT, SUBJECTS[0], [], [], [], [], CASE.id)


def rated(moment: datetime, score: int, instrument: Instrument = ORS) -> Dated:
    """What stands alone: four times the same score (mm)."""
    about = CLIENT.subject_ids[0] if instrument is ORS else None
    scores = (score,) * 4
    return moment, Rating(
        "r", "d", CASE.id, WORKER.id, None, CLIENT.id, about, instrument, Mode.BUTTONS, scores, moment
    )


def drawn(view: TrendView) -> Trend:
    picture = pictures.trend(ENGLISH, view, ICCE, ZONE).picture
    assert picture is not None
    return picture


def test_before_and_after_of_one_day_share_a_column_though_neither_was_in_a_meeting() -> None:
    early = EVENING - timedelta(hours=5)
    shown = drawn(replace(VIEW, outcome=[rated(early, 70)], alliance=[rated(EVENING, 90, SRS)]))
    assert [each.day for each in shown.meetings] == [date(2026, 3, 2)]
    assert [(spot.at, spot.total) for spot in shown.wellbeing.spots] == [(0, 280)]
    assert [(spot.at, spot.total) for spot in shown.alliance.spots] == [(0, 360)]


def test_a_day_ends_at_midnight_where_the_team_is() -> None:
    shown = drawn(replace(VIEW, outcome=[rated(EVENING, 70), rated(TUESDAY, 80)]))
    assert [each.day for each in shown.meetings] == [date(2026, 3, 2), date(2026, 3, 3)]


def test_a_meeting_where_nobody_answered_keeps_its_column() -> None:
    shown = drawn(replace(VIEW, meetings=[EVENING], outcome=[rated(TUESDAY, 70)]))
    assert [each.day for each in shown.meetings] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert [spot.at for spot in shown.wellbeing.spots] == [1]
