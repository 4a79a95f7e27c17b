"""Pixels painted our quicker way, beside those of matplotlib itself."""

from io import BytesIO

import numpy
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from numpy.typing import NDArray

from bot.charts import style
from bot.charts.draw import drawn, paint
from bot.charts.draw.paint import Pixels
from bot.charts.draw.sheet import Down, Ink, Sheet
from tests.charts.cases import ALL

SQUARE = 12
"""Pixels that a phone shows on four points: softened by so much, a text that stands a pixel beside looks the same."""


def painted(sheet: Sheet) -> Pixels:
    return paint.painted(sheet.figure, style.WIDTH, sheet.height)[:, :, :3]


def by_matplotlib(sheet: Sheet) -> Pixels:
    drawn_by_it = BytesIO()
    FigureCanvasAgg(sheet.figure).print_figure(drawn_by_it, format="raw", dpi=style.DPI)
    return numpy.frombuffer(drawn_by_it.getvalue(), numpy.uint8).reshape(sheet.height, style.WIDTH, 4)[:, :, :3]


def without_texts(sheet: Sheet) -> Sheet:
    for artist in [each for each in sheet.figure.artists if isinstance(each, Text)]:
        artist.remove()
    return sheet


def softened(colours: Pixels) -> NDArray[numpy.float64]:
    high, wide, _ = colours.shape
    squares = colours[: high // SQUARE * SQUARE, : wide // SQUARE * SQUARE].astype(float)
    found: NDArray[numpy.float64] = squares.reshape(high // SQUARE, SQUARE, wide // SQUARE, SQUARE, 3).mean(axis=(1, 3))
    return found


@pytest.mark.parametrize("name", ALL)
def test_it_looks_as_matplotlib_would_have_it(name: str) -> None:
    ours, theirs = painted(drawn(ALL[name])), by_matplotlib(drawn(ALL[name]))
    assert ours.shape == theirs.shape
    assert numpy.abs(softened(ours) - softened(theirs)).max() < 25


@pytest.mark.parametrize("name", ["usual", "no meetings", "rich, dark"])
def test_all_but_the_texts_is_the_same_to_the_pixel(name: str) -> None:
    assert (painted(without_texts(drawn(ALL[name]))) == by_matplotlib(without_texts(drawn(ALL[name])))).all()


@pytest.mark.parametrize("words", ["Wellbeing", "two\nlines", "Koivu 27 · äiti", "сын", "الابن"])
@pytest.mark.parametrize("down", ["baseline", "center", "figures"])
def test_a_text_on_a_whole_pixel_is_the_same_as_by_matplotlib(words: str, down: Down) -> None:
    sheets = [Sheet(style.LIGHT, 200) for _ in range(2)]
    for sheet in sheets:
        text = sheet.write(words, 400, 100, Ink(style.LIGHT.ink), across="left", down=down)
        x, y = text.get_position()
        text.set_position((x, round(y)))
    ours, theirs = painted(sheets[0]), by_matplotlib(sheets[1])
    assert numpy.abs(softened(ours) - softened(theirs)).max() < 25
    assert (ours != painted(Sheet(style.LIGHT, 200))).any()


def test_a_text_that_leaves_the_sheet_is_cut_at_its_edge() -> None:
    for x, y in ((-40, 50), (1060, 50), (500, 195), (500, -5), (5000, 5000), (-5000, 50)):
        sheet = Sheet(style.LIGHT, 200)
        sheet.write("Wellbeing", x, y, Ink(style.LIGHT.ink, behind=style.LIGHT.card))
        assert painted(sheet).shape == (200, style.WIDTH, 3)


def test_the_same_picture_has_the_same_bytes_whatever_was_painted_before() -> None:
    first = drawn(ALL["usual"]).png()
    drawn(ALL["three"]).png()
    assert drawn(ALL["usual"]).png() == first
