"""What is drawn, and where: extents of the artists, and pixels."""

import struct
from io import BytesIO
from itertools import combinations

import numpy
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from bot.charts import draw, style
from bot.charts.draw import pixels
from bot.charts.draw.sheet import Sheet
from bot.charts.draw.trend import drawn
from tests.charts.cases import ALL, USUAL

each_case = pytest.mark.parametrize("name", ALL)


def texts(sheet: Sheet) -> list[Text]:
    return [artist for artist in sheet.figure.get_children() if isinstance(artist, Text) and artist.get_text()]


def words(sheet: Sheet) -> list[str]:
    return [text.get_text() for text in texts(sheet)]


def _on_one_line(text: Text) -> str:
    """A long name of a cutoff is broken in two."""
    return text.get_text().replace("\n", " ")


def lines(sheet: Sheet, *, colours: set[str]) -> list[Line2D]:
    children = sheet.figure.get_children()
    return [artist for artist in children if isinstance(artist, Line2D) and artist.get_color() in colours]


def curves(sheet: Sheet) -> list[Line2D]:
    """Lines and points of both curves."""
    return lines(sheet, colours={style.WELLBEING.colour, style.ALLIANCE.colour})


def places(line: Line2D) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in numpy.asarray(line.get_xydata(), float)]


def points(sheet: Sheet, curve: style.Curve) -> list[tuple[float, float]]:
    drawn_points = [line for line in lines(sheet, colours={curve.colour}) if line.get_marker() == curve.marker.shape]
    return [place for line in drawn_points for place in places(line)]


@each_case
def test_no_two_texts_overlap(name: str) -> None:
    found = [(text.get_text(), text.get_window_extent()) for text in texts(drawn(ALL[name]))]
    assert [(a, b) for (a, one), (b, other) in combinations(found, 2) if one.overlaps(other)] == []


@each_case
def test_no_text_is_cut_off(name: str) -> None:
    paper = Bbox.from_extents(0, 0, style.WIDTH, style.HEIGHT).padded(-12)
    boxes = {text.get_text(): text.get_window_extent() for text in texts(drawn(ALL[name]))}
    assert [text for text, box in boxes.items() if Bbox.union([box, paper]).bounds != paper.bounds] == []


@each_case
def test_no_text_lies_across_the_edge_of_a_card(name: str) -> None:
    sheet = drawn(ALL[name])
    cards = [shape.get_window_extent() for shape in sheet.figure.get_children() if isinstance(shape, FancyBboxPatch)]
    boxes = {text.get_text(): text.get_window_extent() for text in texts(sheet)}
    across = [
        text
        for text, box in boxes.items()
        for card in cards
        if card.overlaps(box) and Bbox.union([card, box]).bounds != card.bounds
    ]
    assert (len(cards), across) == (2, [])


@each_case
def test_no_curve_runs_through_a_text(name: str) -> None:
    sheet = drawn(ALL[name])
    crossed = [
        text.get_text()
        for text in texts(sheet)
        for curve in curves(sheet)
        if curve.get_linestyle() != "None"
        and Path(places(curve)).intersects_bbox(text.get_window_extent(), filled=False)
    ]
    assert crossed == []


@each_case
def test_no_point_lies_on_a_text(name: str) -> None:
    sheet = drawn(ALL[name])
    covered = [
        text.get_text()
        for text in texts(sheet)
        for curve in curves(sheet)
        if curve.get_linestyle() == "None"
        for x, y in places(curve)
        if text.get_window_extent().padded(curve.get_markersize() / 2).contains(x, y)
    ]
    assert covered == []


@each_case
def test_every_text_is_readable_on_a_phone_without_zooming(name: str) -> None:
    assert min(text.get_fontproperties().get_size_in_points() for text in texts(drawn(ALL[name]))) >= 30


@each_case
def test_a_picture_is_an_rgb_png_of_one_size(name: str) -> None:
    picture = draw.png(ALL[name])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">IIBB", picture[16:26]) == (style.WIDTH, style.HEIGHT, 8, 2)


def test_a_png_has_the_pixels_that_were_drawn() -> None:
    red, green = (255, 0, 0, 255), (0, 255, 0, 255)
    packed = pixels.png(bytes([*red, *green, *green, *red]), 2, 2)
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
    drawn_lines = [line for line in curves(drawn(USUAL)) if line.get_linestyle() != "None"]
    assert [len(places(line)) for line in drawn_lines] == [2, 4, 2, 4]


def test_every_rating_has_its_point_and_the_newest_a_second_larger_one() -> None:
    sheet = drawn(USUAL)
    assert [len(points(sheet, curve)) for curve in (style.WELLBEING, style.ALLIANCE)] == [6 + 1, 6 + 1]


def test_meetings_stand_by_order_and_not_by_calendar() -> None:
    xs = sorted({x for x, _ in points(drawn(ALL["two years apart"]), style.WELLBEING)})
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1])


def test_higher_totals_stand_higher() -> None:
    (first, low, high, newest) = points(drawn(ALL["no alliance yet"]), style.WELLBEING)
    assert low[1] < first[1] < high[1] == newest[1]


def test_the_first_and_the_newest_value_are_named() -> None:
    said = words(drawn(USUAL))
    assert [said.count(value) for value in ("18.4", "28.4", "31", "37.4", "24.3")] == [1, 1, 1, 1, 0]


def test_the_newest_value_stands_right_of_its_point() -> None:
    sheet = drawn(USUAL)
    (value,) = (text for text in texts(sheet) if text.get_text() == "28.4")
    x, y = points(sheet, style.WELLBEING)[-1]
    box = value.get_window_extent()
    assert x < box.x0 < x + 50
    assert box.y0 < y < box.y1


def test_the_cutoff_is_named_at_the_end_of_its_line() -> None:
    sheet = drawn(ALL["one rating"])
    cutoff = ALL["one rating"].wellbeing.cutoff
    assert cutoff
    (name,) = (text for text in texts(sheet) if _on_one_line(text) == cutoff.label)
    line = lines(sheet, colours={style.CUTOFF.colour})[0]
    x, y = places(line)[-1]
    box = name.get_window_extent()
    assert x < box.x0
    assert box.y0 < y < box.y1


@pytest.mark.parametrize(("name", "side"), [("all on the cutoff", "under"), ("just under the cutoff", "over")])
def test_the_cutoff_name_makes_room_for_the_newest_value_on_its_own_side(name: str, side: str) -> None:
    trend = ALL[name]
    assert trend.wellbeing.cutoff
    heights = {_on_one_line(text): text.get_window_extent().y0 for text in texts(drawn(trend))}
    value, cutoff = heights[trend.wellbeing.spots[-1].label], heights[trend.wellbeing.cutoff.label]
    assert side == ("over" if cutoff > value else "under")


def test_without_a_cutoff_no_line_is_drawn_across() -> None:
    assert lines(drawn(ALL["without cutoffs"]), colours={style.CUTOFF.colour}) == []


def test_a_curve_without_ratings_says_so() -> None:
    assert words(drawn(ALL["no alliance yet"])).count(ALL["no alliance yet"].alliance.empty) == 1


def test_few_meetings_have_all_their_dates_and_the_year_once() -> None:
    said = words(drawn(ALL["three"]))
    assert [word for word in said if word in {"5 Sept", "19 Sept", "3 Oct", "2025"}] == [
        "5 Sept",
        "2025",
        "19 Sept",
        "3 Oct",
    ]


def test_the_year_is_said_again_where_it_changes() -> None:
    said = words(drawn(ALL["two years apart"]))
    assert [word for word in said if word in {"2025", "2026", "2027", "2028", "2029"}] == ["2025", "2027", "2029"]


def test_of_many_meetings_some_dates_are_said_and_always_the_first_and_the_last() -> None:
    labels = [meeting.label for meeting in ALL["sixty"].meetings]
    said = [word for word in words(drawn(ALL["sixty"])) if word in labels]
    assert (said[0], said[-1]) == (labels[0], labels[-1])
    assert 4 <= len(said) <= 8


def test_a_heading_is_taken_as_it_is() -> None:
    trend = ALL["signs of other trades"]
    assert trend.heading in words(drawn(trend))


def test_words_too_long_for_their_place_end_in_three_dots() -> None:
    assert words(drawn(ALL["one endless word"]))[0].endswith("…")


def test_every_colour_of_words_and_curves_stands_out_from_its_ground() -> None:
    inks = [style.INK, style.QUIET, style.WELLBEING.colour, style.ALLIANCE.colour]
    grounds = [style.PAPER, style.CARD, style.WELLBEING.tint, style.ALLIANCE.tint]
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5


def test_the_two_curves_differ_by_more_than_colour() -> None:
    one, other = style.WELLBEING, style.ALLIANCE
    assert one.pen.dashes != other.pen.dashes
    assert one.marker.shape != other.marker.shape


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21.

    Source:
        WCAG 2.2, contrast ratio and relative luminance.
    """
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
