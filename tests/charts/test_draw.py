"""What is drawn of each kind of picture, and where: extents of the artists, and pixels."""

import struct
from io import BytesIO

import numpy
import pytest
from PIL import Image

from bot.charts import draw, style
from bot.charts.draw import pixels
from bot.charts.draw.family import apart
from bot.charts.draw.sheet import right_to_left
from tests.charts.cases import ALL, FAMILIES, SIDES, TRENDS, USUAL
from tests.charts.sheets import drawn, lines, on_one_line, places, points, texts, words


def test_a_picture_is_an_rgb_png_as_wide_as_a_phone_wants_it() -> None:
    picture = draw.png(USUAL)
    assert struct.unpack(">IIBB", picture[16:26]) == (style.WIDTH, drawn("usual").height, 8, 2)


@pytest.mark.parametrize(
    "kind",
    [
        "Arabic",
        "a child's picture, dark",
        "rich, dark",
        "family, dark",
        "side by side, dark",
        "areas, dark",
        "team, dark",
    ],
)
def test_in_print_every_picture_is_on_light_ground(kind: str) -> None:
    light = f"fill: {style.LIGHT.paper.lower()}".encode()
    assert light in draw.svg(ALL[kind])
    assert draw.pdf(ALL[kind]).startswith(b"%PDF-")


def test_a_png_has_the_pixels_that_were_drawn() -> None:
    red, green = (255, 0, 0, 255), (0, 255, 0, 255)
    packed = pixels.png(numpy.array([[red, green], [green, red]], numpy.uint8))
    with Image.open(BytesIO(packed)) as picture:
        assert picture.mode == "RGB"
        assert [picture.getpixel(at) for at in ((0, 0), (1, 0), (0, 1), (1, 1))] == [
            red[:3],
            green[:3],
            green[:3],
            red[:3],
        ]


def test_the_same_trend_gives_the_same_picture() -> None:
    assert draw.png(USUAL) == draw.png(USUAL)


def test_the_same_picture_comes_as_vectors_for_print_with_its_letters_inside() -> None:
    page, drawing = draw.pdf(USUAL), draw.svg(USUAL)
    assert (page[:5], draw.pdf(USUAL) == page) == (b"%PDF-", True)
    assert b"/FontFile2" in page
    assert (b"<image" in drawing, b"<text" in drawing, draw.svg(USUAL) == drawing) == (False, False, True)


def test_a_skipped_meeting_breaks_the_line() -> None:
    assert [len(places(line)) for line in lines(drawn("usual"), "curve")] == [2, 4, 2, 4]


def test_every_rating_has_its_point_and_the_newest_a_second_larger_one() -> None:
    sheet = drawn("usual")
    assert [len(points(sheet, curve)) for curve in (style.LIGHT.wellbeing, style.LIGHT.alliance)] == [6 + 1, 6 + 1]


def test_meetings_stand_by_order_and_not_by_calendar() -> None:
    xs = sorted({x for x, _ in points(drawn("two years apart"), style.LIGHT.wellbeing)})
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1])


def test_higher_totals_stand_higher() -> None:
    (first, low, high, newest) = points(drawn("no alliance yet"), style.LIGHT.wellbeing)
    assert low[1] < first[1] < high[1] == newest[1]


def test_the_first_and_the_newest_value_are_named() -> None:
    said = words(drawn("usual"))
    assert [said.count(value) for value in ("18.4", "28.4", "31", "37.4", "24.3")] == [1, 1, 1, 1, 0]


def test_the_newest_value_stands_right_of_its_point() -> None:
    sheet = drawn("usual")
    (value,) = (text for text in texts(sheet) if text.get_text() == "28.4")
    x, y = points(sheet, style.LIGHT.wellbeing)[-1]
    box = value.get_window_extent()
    assert x < box.x0 < x + 50
    assert box.y0 < y < box.y1


def test_the_cutoff_is_named_at_the_end_of_its_line() -> None:
    sheet = drawn("one rating")
    cutoff = TRENDS["one rating"].wellbeing.cutoff
    assert cutoff
    (name,) = (text for text in texts(sheet) if on_one_line(text) == cutoff.label)
    line = lines(sheet, "cutoff")[0]
    x, y = places(line)[-1]
    box = name.get_window_extent()
    assert x < box.x0
    assert box.y0 < y < box.y1


@pytest.mark.parametrize(("name", "side"), [("all on the cutoff", "under"), ("just under the cutoff", "over")])
def test_the_cutoff_name_makes_room_for_the_newest_value_on_its_own_side(name: str, side: str) -> None:
    trend = TRENDS[name]
    assert trend.wellbeing.cutoff
    heights = {on_one_line(text): text.get_window_extent().y0 for text in texts(drawn(name))}
    value, cutoff = heights[trend.wellbeing.spots[-1].label], heights[trend.wellbeing.cutoff.label]
    assert side == ("over" if cutoff > value else "under")


def test_without_a_cutoff_no_line_is_drawn_across() -> None:
    assert lines(drawn("without cutoffs"), "cutoff") == []


def test_a_curve_without_ratings_says_so() -> None:
    assert words(drawn("no alliance yet")).count(TRENDS["no alliance yet"].alliance.empty) == 1


def test_few_meetings_have_all_their_dates_and_the_year_once() -> None:
    said = words(drawn("three"))
    assert [word for word in said if word in {"5 Sept", "19 Sept", "3 Oct", "2025"}] == [
        "5 Sept",
        "2025",
        "19 Sept",
        "3 Oct",
    ]


def test_the_year_is_said_again_where_it_changes() -> None:
    said = words(drawn("two years apart"))
    assert [word for word in said if word in {"2025", "2026", "2027", "2028", "2029"}] == ["2025", "2027", "2029"]


def test_of_many_meetings_some_dates_are_said_and_always_the_first_and_the_last() -> None:
    labels = [meeting.label for meeting in TRENDS["sixty"].meetings]
    said = [word for word in words(drawn("sixty")) if word in labels]
    assert (said[0], said[-1]) == (labels[0], labels[-1])
    assert 4 <= len(said) <= 8


def test_a_heading_is_taken_as_it_is() -> None:
    trend = TRENDS["signs of other trades"]
    assert trend.heading in words(drawn("signs of other trades"))


def test_words_too_long_for_their_place_end_in_three_dots() -> None:
    assert words(drawn("one endless word"))[0].endswith("…")


# Trends with all that may be in them


def test_what_was_skipped_unfinished_or_missed_is_marked_apart_and_where_nobody_was_asked_nothing_is() -> None:
    sheet = drawn("rich")
    signs = [len(lines(sheet, name)) for name in ("skipped", "incomplete", "not there")]
    assert signs == [1 + 1, 1 + 1, 2 * (1 + 1)], "each is in its place and in the key; a cross is two lines"
    assert lines(drawn("usual"), "skipped", "incomplete", "not there") == []


def test_answers_given_in_another_way_have_points_of_another_shape_explained_once() -> None:
    shapes = [(line.get_marker(), line.get_markerfacecolor()) for line in lines(drawn("rich"), "point")]
    blue, card = style.LIGHT.wellbeing.colour, style.LIGHT.card
    assert {("o", blue), ("o", card), (">", blue), ("s", blue)} <= set(shapes)
    said = words(drawn("rich"))
    explained = ("said aloud", "on the worker's phone", "on paper", "total only")
    assert [said.count(each) for each in explained] == [1, 1, 1, 0]


def test_answers_by_buttons_alone_need_no_explanation() -> None:
    assert (TRENDS["usual"].key, lines(drawn("usual"), "key")) == ((), [])


def test_a_ribbon_lies_behind_the_curve_from_the_first_rating_on() -> None:
    upper, lower = lines(drawn("rich"), "ribbon")[:2]
    assert places(upper)[0] == places(lower)[0] == points(drawn("rich"), style.LIGHT.wellbeing)[0]
    assert all(above[1] > below[1] for above, below in zip(places(upper)[1:], places(lower)[1:], strict=True))


def test_change_events_and_today_are_said_in_the_picture() -> None:
    said = words(drawn("rich"))
    wanted = ("+11 since the first", "school", "new support", "move", "friends", "today")
    assert [said.count(each) for each in wanted] == [1] * 6


def test_an_event_stands_between_the_meetings_between_which_it_was() -> None:
    first, second = (sign.at for sign in TRENDS["rich"].events[:2])
    assert (1 < first < 2, second) == (True, 3)


# Families


def test_each_rater_is_named_once_in_each_chart_with_the_newest_value() -> None:
    said = words(drawn("family of five"))
    assert [said.count(name) for name in ("Young person", "Mother", "Father", "School", "Carer")] == [2, 2, 2, 1, 2]
    assert "Not all answers are shown" in said


def test_raters_who_agree_throughout_run_beside_one_another() -> None:
    heights = [{round(y) for _, y in places(line)} for line in lines(drawn("family at 40"), "curve")]
    assert len({frozenset(each) for each in heights}) == 2 * 5


@pytest.mark.parametrize("name", ["family, other ways", "summary, other ways"])
def test_answers_given_in_another_way_are_hollow_in_everybodys_own_shape_explained_once(name: str) -> None:
    card = style.LIGHT.card
    shapes = {line.get_marker() for line in lines(drawn(name), "point") if line.get_markerfacecolor() == card}
    assert shapes == {voice.marker.shape for voice in style.LIGHT.voices[: len(shapes)]}
    assert words(drawn(name)).count("said aloud, on paper or on the worker's phone") == 1


def test_where_all_answer_by_their_own_buttons_no_point_is_hollow_and_nothing_needs_to_be_explained() -> None:
    faces = {line.get_markerfacecolor() for line in lines(drawn("family of five"), "point")}
    assert style.LIGHT.card not in faces
    assert FAMILIES["family of five"].key == ()


def test_names_keep_their_distance_and_their_order() -> None:
    assert apart([5, 5, 5, 90], 10, 0, 100) == [0, 10, 20, 90]
    assert apart([100, 100, 0], 10, 0, 100) == [90, 100, 0]
    assert apart([40, 60], 10, 0, 100) == [40, 60]


# Side by side, areas, my picture, team


def test_every_score_stands_on_one_scale_rater_under_rater() -> None:
    sheet = drawn("side by side")
    scores = [view.score or 0 for area in SIDES["side by side"].areas for view in area.views]
    found = sorted(zip(scores, (places(line)[0][0] for line in lines(sheet, "point")), strict=True))
    assert [x for _, x in found] == sorted(x for _, x in found)


def test_who_rated_when_is_said_above() -> None:
    said = words(drawn("side by side"))
    assert [said.count(day) for day in ("5 Sept", "8 Sept", "11 Sept", "14 Sept")] == [1, 1, 1, 1]


def test_a_rating_without_items_has_a_dash_in_each_area() -> None:
    assert words(drawn("side by side, long words")).count("–") == 4


def test_the_four_items_have_a_curve_each() -> None:
    assert len(lines(drawn("areas"), "curve")) == 4 * 2


def test_areas_say_how_answers_came_and_what_was_skipped_as_the_curve_does() -> None:
    sheet = drawn("areas, other ways")
    faces = {(line.get_marker(), line.get_markerfacecolor()) for line in lines(sheet, "point")}
    assert ("o", style.LIGHT.card) in faces
    assert len(lines(sheet, "skipped")) == 4 + 1, "in each area, and in the key"


def test_each_own_measure_has_a_scale_of_its_own_in_whole_points() -> None:
    numbers = [each for each in words(drawn("own measures")) if each in {"0", "2", "6", "10", "15", "30"}]
    assert numbers == ["2", "6", "10", "0", "15", "30"]
    assert len(lines(drawn("own measures"), "skipped")) == 2 + 1


def test_of_many_own_measures_those_that_have_no_room_are_named_below() -> None:
    assert "Ei mahtunut kuvaan: Ruoka, Koulumatkat" in words(drawn("own measures at the ends"))


def test_a_child_sees_faces_and_no_number() -> None:
    sheet = drawn("a child's picture")
    assert len(lines(sheet, "face")) == 2 * 2 * 3
    assert [each for each in words(sheet) if each.replace(".", "").isdigit()] == ["2025"]


def test_my_picture_has_my_words_at_its_ends_and_no_line_to_reach() -> None:
    sheet = drawn("my picture")
    assert {"a hard week", "a good week", "not for me", "just right"} <= set(words(sheet))
    assert lines(sheet, "cutoff", "ribbon") == []


def test_what_is_kept_back_of_a_team_is_a_dash() -> None:
    assert words(drawn("team")).count("–") == 4


# Scripts


@pytest.mark.parametrize(("words", "left"), [("شجرة ٢٧", True), ("27 · עץ", True), ("Björk 27", False), ("27", False)])
def test_the_first_letter_says_where_words_begin(words: str, left: bool) -> None:
    assert right_to_left(words) is left


def test_titles_of_a_script_that_runs_to_the_left_begin_at_the_right() -> None:
    sheet = drawn("Arabic")
    edges = {text.get_text(): text.get_window_extent().x1 for text in texts(sheet)}
    arabic = TRENDS["Arabic"]
    assert [round(edges[each]) for each in (arabic.heading, arabic.alliance.title)] == [style.WIDTH - 56] * 2
