"""What a worker reads with a picture of a rater, and what the picture shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.actions.case_pictures import Today
from bot.actions.pictures import Around, Dated, Rated, TrendView
from bot.charts.series import Trend
from bot.domain.instruments import ORS, SRS, Instrument
from bot.domain.profiles import ICCE
from bot.domain.ratings import Mode, Rating
from bot.i18n import LANGUAGES, language
from bot.messages import pictures
from tests.messages.screens import CASE, CHILD, CLIENT, MOTHER, OTHER_CHILD, SUBJECTS, WORKER, ZONE

ENGLISH = language("en")
EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
"""In Helsinki it is half past eleven."""
TUESDAY = EVENING + timedelta(hours=1)
"""Half past midnight there."""
TODAY = Today(date(2026, 3, 3), ZONE)
VIEW = TrendView(replace(CASE, label="Birch 42"), CLIENT, SUBJECTS[0], [], [], [], Around(CASE.id))


def rated(moment: datetime, score: int, instrument: Instrument = ORS) -> Dated:
    """What stands alone: four times the same score (mm)."""
    about = CLIENT.subject_ids[0] if instrument is ORS else None
    scores = (score,) * 4
    return moment, Rating(
        "r", "d", CASE.id, WORKER.id, None, CLIENT.id, about, instrument, Mode.BUTTONS, scores, moment
    )


def drawn(view: TrendView) -> Trend:
    picture = pictures.shown(ENGLISH, view, ICCE, TODAY).picture
    assert isinstance(picture, Trend)
    return picture


def test_a_carer_of_several_is_said_to_rate_one_of_them_in_the_manner_of_each_language() -> None:
    view = replace(
        VIEW, rater=MOTHER, subject=SUBJECTS[0], around=Around(CASE.id, tuple(Rated(MOTHER, each) for each in SUBJECTS))
    )
    shown = [pictures.shown(say, view, ICCE, TODAY) for say in LANGUAGES]
    assert [each.picture.heading for each in shown if isinstance(each.picture, Trend)] == [
        "Birch 42 · Äiti nuoresta",
        "Birch 42 · Mamma, om den unga",
        "Birch 42 · Mother, about the young person",
    ]
    assert [[button.text for row in each.buttons[:-2] for button in row] for each in shown] == [
        ["📈 Äiti: lapsesta 1", "📈 Äiti: lapsesta 2", "📈 Äiti: alle 6-vuotiaasta lapsesta"],
        ["📈 Mamma: om barnet 1", "📈 Mamma: om barnet 2", "📈 Mamma: om barnet under 6 år"],
        ["📈 Mother: the child 1", "📈 Mother: the child 2", "📈 Mother: the child under 6"],
    ]


def test_below_the_picture_there_is_a_line_for_the_family_one_for_who_and_one_for_each_curve() -> None:
    ratings = [rated(EVENING, 70), rated(TUESDAY, 80)]
    shown = pictures.shown(ENGLISH, replace(VIEW, outcome=ratings), ICCE, TODAY)
    assert shown.text == (
        "📈 <b>Birch 42</b>\n"
        "<tg-spoiler>Young person\nWellbeing 32 (first 28)\nThe meeting: no answers yet</tg-spoiler>"
    )


def buttons(around: Around) -> list[list[str]]:
    shown = pictures.shown(ENGLISH, replace(VIEW, around=around), ICCE, TODAY)
    return [[button.text for button in row] for row in shown.buttons]


def test_short_buttons_stand_two_in_a_row_and_a_long_one_by_itself() -> None:
    rated = (Rated(CLIENT, SUBJECTS[0]), Rated(CHILD, SUBJECTS[1]), Rated(OTHER_CHILD, SUBJECTS[2]))
    long = (*rated[1:2], Rated(MOTHER, SUBJECTS[2]), *rated[2:])
    assert buttons(Around(CASE.id, long))[:-2] == [["📈 Child 1"], ["📈 Mother: the child 2"], ["📈 Child 2"]]
    assert buttons(Around(CASE.id, rated)) == [
        ["📈 Child 1", "📈 Child 2"],
        ["🔎 By area"],
        ["🖨 Print", "← The case"],
    ]


def test_for_each_of_whom_several_have_spoken_all_are_shown_together_and_side_by_side() -> None:
    one, two = (Around(CASE.id, (Rated(CLIENT, SUBJECTS[0]),), SUBJECTS[:count]) for count in (1, 2))
    assert buttons(one)[:-2] == [["👪 All together", "🧩 Side by side"]]
    assert buttons(two)[:-2] == [
        ["👪 All together: the young person"],
        ["🧩 Side by side: the young person"],
        ["👪 All together: the child 1"],
        ["🧩 Side by side: the child 1"],
    ]


def test_of_more_curves_than_a_message_has_buttons_for_those_about_the_same_subject_stay() -> None:
    several = [Rated(replace(MOTHER, id=f"mother {each}"), subject) for subject in SUBJECTS[:3] for each in range(40)]
    shown = buttons(Around(CASE.id, (Rated(CLIENT, SUBJECTS[0]), *several), SUBJECTS[:3]))
    texts = [text for row in shown for text in row]
    assert texts.count("📈 Mother: the young person") == 40
    assert "👪 All together: the child 1" in texts
    assert len(texts) <= 100


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
