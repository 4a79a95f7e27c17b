"""What a picture shows, as data; what it says in words; and the same as a table."""

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.series import (
    CURVES,
    Besides,
    Cutoff,
    Edge,
    Event,
    How,
    Mark,
    Meeting,
    Missing,
    Newest,
    Panel,
    Ratings,
    Scored,
    Spot,
    Trend,
    Why,
    caption,
    family,
    side_by_side,
    table,
    trend,
)
from bot.domain.trajectories import Expected
from bot.i18n import LANGUAGES, Language, language
from tests.charts.cases import ALL, AREAS, FAMILIES, OWNS, SIDES, TEAMS, TRENDS, USUAL, case

# Catalogues may word it anew; what these tests say is the English of the code.
ENGLISH = language("en")
AUTUMN, WINTER, SPRING = date(2025, 11, 21), date(2025, 12, 19), date(2026, 1, 16)

every_language = pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)


def of(meetings: list[date], outcome: list[Mark], alliance: list[Mark], besides: Besides | None = None) -> Trend:
    return trend(
        ENGLISH,
        heading="Birch 27",
        meetings=meetings,
        outcome=outcome,
        alliance=alliance,
        outcome_cutoff=None,
        alliance_cutoff=None,
        besides=besides,
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
    assert TRENDS["no meetings"].wellbeing.stretches == ()


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


def test_pictures_go_to_another_process_and_stay_equal() -> None:
    assert [pickle.loads(pickle.dumps(each)) for each in ALL.values()] == list(ALL.values())


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
    assert 2 <= len(told.splitlines()) <= 2 + CURVES
    assert len(told) < 700


@every_language
@pytest.mark.parametrize("name", ALL)
def test_a_table_fits_a_message(say: Language, name: str) -> None:
    assert table(ALL[name], say).startswith(ALL[name].heading[:60])
    assert len(table(ALL[name], say)) < 4096


def test_of_one_endless_name_the_caption_keeps_the_beginning() -> None:
    endless = AREAS["areas at the ends"].panels[1].title
    assert caption(AREAS["areas at the ends"], ENGLISH).splitlines()[2].startswith(endless[:30])


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
    lines = table(TRENDS["two hundred"], say).splitlines()
    assert lines[2] == "…"
    assert len(lines) == 1 + 1 + 1 + 80 + 2
    assert say.full_date(TRENDS["two hundred"].meetings[-1].day) in lines[-3]
    assert len("\n".join(lines)) < 4096


# What stands besides the ratings


def test_the_change_is_said_beside_the_first_without_a_word_on_whether_it_is_good() -> None:
    def said(*totals: int) -> str:
        held = [AUTUMN, WINTER, SPRING][: len(totals)]
        return of(held, [Mark(*each) for each in zip(held, totals, strict=True)], [], Besides()).wellbeing.change

    assert [said(184), said(184, 100, 219), said(219, 184), said(184, 184)] == [
        "",
        "+3.5 since the first",
        "−3.5 since the first",
        "the same as the first",
    ]


def test_a_skipped_rating_is_a_gap_that_says_so_and_other_gaps_say_nothing() -> None:
    drawn = of([AUTUMN, WINTER, SPRING], [Mark(AUTUMN, 100)], [], Besides([Missing(SPRING, Why.SKIPPED)]))
    assert [(gap.at, gap.why) for gap in drawn.wellbeing.gaps] == [(2, Why.SKIPPED)]
    assert [each.words for each in drawn.key] == ["skipped"]
    assert "19 Dec 2025 · – · –\n16 Jan 2026 · skipped · –" in table(drawn, ENGLISH)


def test_a_trajectory_goes_from_the_intake_through_the_lines_at_each_rating() -> None:
    marks = [Mark(AUTUMN, 100), Mark(SPRING, 120)]
    drawn = of([AUTUMN, WINTER, SPRING], marks, [], Besides(expected=[None, Expected(150, 90)]))
    assert drawn.wellbeing.ribbon
    assert drawn.wellbeing.ribbon.edges == (Edge(0, 100, 100), Edge(2, 150, 90))


def test_a_corridor_goes_from_the_intake_to_the_end() -> None:
    drawn = of([AUTUMN, WINTER, SPRING], [Mark(AUTUMN, 100)], [], Besides(corridor=Expected(150, 50)))
    assert drawn.wellbeing.ribbon
    assert drawn.wellbeing.ribbon.edges == (Edge(0, 150, 50), Edge(2, 150, 50))


def test_events_stand_by_their_days_between_meetings_and_shortly_beside_the_axis() -> None:
    days = [date(2025, 11, 1), date(2025, 12, 5), AUTUMN, date(2026, 3, 1)]
    drawn = of([AUTUMN, WINTER], [], [], Besides(events=[Event(day, "school") for day in days]))
    assert [sign.at for sign in drawn.events] == [-0.4, 0, 0.5, 1.4]


def test_ways_of_answering_are_explained_when_there_is_any_but_buttons() -> None:
    marks = [Mark(AUTUMN, 100, How.PAPER), Mark(WINTER, 110), Mark(SPRING, 120, How.ALOUD)]
    assert [each.words for each in of([], marks, []).key] == ["said aloud", "on paper"]


def test_the_newest_rating_is_called_today_when_it_is_of_today() -> None:
    def called(day: date) -> str:
        return of([AUTUMN, WINTER], [Mark(WINTER, 100)], [], Besides(today=day)).wellbeing.when

    assert [called(WINTER), called(SPRING)] == ["today", ""]


# The other kinds


def test_each_rater_looks_the_same_in_both_charts() -> None:
    drawn = FAMILIES["family of five"]
    assert [(voice.name, voice.nth) for voice in drawn.alliance.voices] == [
        ("Young person", 0),
        ("Mother", 1),
        ("Father", 2),
        ("Carer", 4),
    ]


def test_a_family_caption_says_every_newest_value_and_that_not_all_is_shown() -> None:
    assert caption(FAMILIES["family of five"], ENGLISH) == (
        "Birch 27 · The young person\n"
        "Wellbeing: Young person 25.1, Mother 23.3, Father 24.4, School 17.6, Carer 24\n"
        "The meeting: Young person 36.1, Mother 38, Father 33, Carer 37.4\n"
        "Not all answers are shown"
    )


@every_language
def test_a_table_of_many_raters_and_meetings_fits_a_message_too(say: Language) -> None:
    held = [date(2024, 1, 1) + timedelta(days=each) for each in range(90)]
    marks = [Mark(day, 123) for day in held]
    raters = [Ratings("Specialpedagogiska skolmyndigheten i Helsingfors", marks, marks)] * 6
    told = table(family(say, heading="word " * 99, meetings=held, raters=raters, all_shown=False), say)
    assert len(told.splitlines()) == 1 + 2 * (1 + 1 + 1 + 1 + 24) + 1
    assert len(told) < 4096


def test_of_seven_raters_six_are_drawn_and_the_other_is_named() -> None:
    names = ["Child", "Mother", "Father", "School", "Carer 1", "Carer 2", "Carer 3"]
    voices = [Ratings(each, [Mark(AUTUMN, 200)]) for each in names]
    together = family(ENGLISH, heading="", meetings=[], raters=voices, all_shown=True)
    newest = [Newest(each, AUTUMN) for each in names]
    beside = side_by_side(ENGLISH, heading="", areas=["", "", "", ""], newest=newest, all_shown=False)
    assert [each.name for each in together.wellbeing.voices] == names[:6]
    assert [name for name, _ in beside.raters] == names[:6]
    assert together.note == "Not in the picture: Carer 3"
    assert beside.note == "Not all answers are shown · Not in the picture: Carer 3"


def test_side_by_side_says_who_when_and_each_area_in_their_order() -> None:
    assert caption(SIDES["side by side"], ENGLISH) == (
        "Birch 27 · The young person\n"
        "Young person 5 Sept, Mother 8 Sept, Father 11 Sept, School 14 Sept\n"
        "Own wellbeing: 5.5 · 4.8 · 7 · 4\n"
        "Closest relationships: 7 · 3.5 · 6.8 · 5.2\n"
        "School, work, friends: 3.8 · 6.1 · 6.4 · 2.2\n"
        "Life as a whole: 6.2 · 5 · 7.1 · 4\n"
        "Not all answers are shown"
    )


def test_areas_tell_of_four_curves() -> None:
    assert caption(AREAS["areas"], ENGLISH).splitlines()[1] == "Own wellbeing 6.1 (first 4)"


@pytest.mark.parametrize("scores", [(), (1, 2, 3), (0, 0, 0, 101)])
def test_an_area_has_four_scores_of_the_scale(scores: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="4 scores"):
        Scored(AUTUMN, scores)


def test_side_by_side_needs_four_areas_and_four_scores_or_none() -> None:
    with pytest.raises(ValueError, match="4 areas"):
        side_by_side(ENGLISH, heading="", areas=["one"], newest=[], all_shown=True)
    with pytest.raises(ValueError, match="or none"):
        Newest("Mother", AUTUMN, (1, 2))


def test_a_childs_caption_has_no_numbers_but_how_many_answers() -> None:
    assert caption(OWNS["a child's picture"], ENGLISH) == (
        "My own answers\nHow I have been: 5 answers\nHow our meetings felt: 5 answers"
    )


def test_what_is_kept_back_of_a_team_is_a_dash_in_words_too() -> None:
    told = table(TEAMS["team"], ENGLISH)
    assert "Children: – → – (–)" in told
    assert "Agreed endings: – (–)" in told
    assert "2/2026: – (–)" in told
    assert caption(TEAMS["team"], ENGLISH).splitlines()[1] == "Adults: 17.2 → 22.8 (n 41)"
