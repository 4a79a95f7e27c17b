"""What a picture shows, as data; what it says in words; and the same as a table."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.series import Cutoff, Mark, Meeting, Panel, Spot, Trend, caption, table, trend
from bot.i18n import LANGUAGES, Language, language
from tests.charts.cases import ALL, USUAL, case

# Catalogues may word it anew; what these tests say is the English of the code.
ENGLISH = language("en")
AUTUMN, WINTER, SPRING = date(2025, 11, 21), date(2025, 12, 19), date(2026, 1, 16)

every_language = pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)


def of(meetings: list[date], outcome: list[Mark], alliance: list[Mark]) -> Trend:
    return trend(
        ENGLISH,
        heading="Birch 27",
        meetings=meetings,
        outcome=outcome,
        alliance=alliance,
        outcome_cutoff=None,
        alliance_cutoff=None,
    )


def test_a_trend_is_all_that_is_drawn_in_words() -> None:
    drawn = trend(
        ENGLISH,
        heading="Birch 27 · Young person",
        meetings=[AUTUMN, SPRING],
        outcome=[Mark(AUTUMN, 184), Mark(SPRING, 280)],
        alliance=[Mark(AUTUMN, 365)],
        outcome_cutoff=280,
        alliance_cutoff=None,
    )
    assert drawn == Trend(
        heading="Birch 27 · Young person",
        meetings=(Meeting(AUTUMN, "21 Nov", "2025"), Meeting(SPRING, "16 Jan", "2026")),
        wellbeing=Panel(
            "Wellbeing", (Spot(0, 184, "18.4"), Spot(1, 280, "28")), Cutoff(280, "Cutoff 28"), "No answers yet"
        ),
        alliance=Panel("The meeting", (Spot(0, 365, "36.5"),), None, "No answers yet"),
    )


def test_a_line_joins_ratings_of_meetings_that_follow_one_another() -> None:
    joined = [[spot.at for spot in stretch] for stretch in USUAL.wellbeing.stretches]
    assert joined == [[0, 1], [3, 4, 5, 6]]


def test_no_ratings_make_no_line() -> None:
    assert ALL["no meetings"].wellbeing.stretches == ()


def test_the_order_of_what_is_given_does_not_matter() -> None:
    marks = [Mark(AUTUMN, 100), Mark(WINTER, 200)]
    assert of([WINTER, AUTUMN], marks[::-1], []) == of([AUTUMN, WINTER], marks, [])


def test_a_rating_on_a_day_without_a_meeting_has_its_own_place() -> None:
    drawn = of([AUTUMN, SPRING], [Mark(WINTER, 200)], [])
    assert [meeting.day for meeting in drawn.meetings] == [AUTUMN, WINTER, SPRING]
    assert drawn.wellbeing.spots == (Spot(1, 200, "20"),)


def test_two_ratings_of_one_day_stand_side_by_side_in_their_order() -> None:
    drawn = of([AUTUMN], [Mark(AUTUMN, 250), Mark(AUTUMN, 100)], [Mark(AUTUMN, 300)])
    assert [meeting.day for meeting in drawn.meetings] == [AUTUMN, AUTUMN]
    assert drawn.wellbeing.spots == (Spot(0, 250, "25"), Spot(1, 100, "10"))
    assert drawn.alliance.spots == (Spot(0, 300, "30"),)


def test_two_meetings_of_one_day_have_two_places() -> None:
    assert len(of([AUTUMN, AUTUMN], [], []).meetings) == 2


def test_line_breaks_in_a_heading_become_spaces() -> None:
    assert case("en", "Birch 27\n  Mother\t", [], []).heading == "Birch 27 Mother"


@pytest.mark.parametrize("total", [-1, 401])
def test_a_total_outside_the_scale_is_refused(total: int) -> None:
    with pytest.raises(ValueError, match="a total is 0-400 mm"):
        Mark(AUTUMN, total)


def test_a_trend_goes_to_another_process_and_stays_equal() -> None:
    assert pickle.loads(pickle.dumps(USUAL)) == USUAL


days = st.dates(date(2020, 1, 1), date(2020, 3, 1))
marks = st.lists(st.builds(Mark, days, st.integers(0, 400)), max_size=30)


@given(meetings=st.lists(days, max_size=30), outcome=marks, alliance=marks)
def test_no_rating_and_no_meeting_is_ever_lost(meetings: list[date], outcome: list[Mark], alliance: list[Mark]) -> None:
    drawn = of(meetings, outcome, alliance)
    for given_marks, panel in ((outcome, drawn.wellbeing), (alliance, drawn.alliance)):
        shown = [Mark(drawn.meetings[spot.at].day, spot.total) for spot in panel.spots]
        assert sorted(shown, key=str) == sorted(given_marks, key=str)
        assert [spot for stretch in panel.stretches for spot in stretch] == list(panel.spots)
        assert len({spot.at for spot in panel.spots}) == len(panel.spots)
    kept = [meeting.day for meeting in drawn.meetings]
    assert all(kept.count(day) >= meetings.count(day) for day in meetings)


def test_a_caption_says_the_newest_and_the_first_value_of_both() -> None:
    assert caption(USUAL, ENGLISH) == (
        "Birch 27 · Young person\nWellbeing 28.4 (first 18.4)\nThe meeting 37.4 (first 31)"
    )


def test_a_caption_of_one_rating_says_it_once() -> None:
    assert caption(case("en", "Birch 27", [184], []), ENGLISH) == (
        "Birch 27\nWellbeing 18.4\nThe meeting: no answers yet"
    )


def test_a_caption_does_not_count_the_meeting_that_goes_on_as_missing() -> None:
    going_on = case("en", "Birch 27", [184, 200, None], [310, None, None])
    assert caption(going_on, ENGLISH) == "Birch 27\nWellbeing 20 (first 18.4)\nThe meeting 31"


def test_a_caption_before_any_meeting_says_so() -> None:
    assert caption(case("en", "Birch 27", [], []), ENGLISH) == (
        "Birch 27\nWellbeing: no answers yet\nThe meeting: no answers yet"
    )


@every_language
@pytest.mark.parametrize("name", ALL)
def test_a_caption_is_plain_and_short(say: Language, name: str) -> None:
    told = caption(ALL[name], say)
    assert len(told.splitlines()) == 3
    assert len(told) < 300


@every_language
def test_even_the_longest_heading_leaves_a_caption_short(say: Language) -> None:
    assert len(caption(case("en", "word " * 500, [1, 2], [3, 4]), say)) < 300
    assert len(caption(case("en", "w" * 2500, [1, 2], [3, 4]), say)) < 300


def test_a_table_has_a_line_for_each_meeting() -> None:
    assert table(case("en", "Birch 27", [184, None, 280], [365, 400, None]), ENGLISH) == (
        "Birch 27\n"
        "Date · Wellbeing · The meeting\n"
        "5 Sept 2025 · 18.4 · 36.5\n"
        "19 Sept 2025 · – · 40\n"
        "3 Oct 2025 · 28 · –\n"
        "Wellbeing: Cutoff 28\n"
        "The meeting: Cutoff 36"
    )


@every_language
def test_a_table_of_very_many_meetings_keeps_the_newest_and_fits_a_message(say: Language) -> None:
    lines = table(ALL["two hundred"], say).splitlines()
    assert lines[2] == "…"
    assert len(lines) == 1 + 1 + 1 + 80 + 2
    assert say.full_date(ALL["two hundred"].meetings[-1].day) in lines[-3]
    assert len("\n".join(lines)) < 4096
