"""A sheet as its artists tell: what is written and drawn where, and what is wrong with that."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import TypeAlias

import numpy
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from bot.charts import draw, style
from bot.charts.draw import paint
from bot.charts.draw.sheet import Sheet
from tests.charts.cases import ALL

Boxes: TypeAlias = list[tuple[str, Bbox]]
SOLID = 0.8
"""Shapes from this level on are bars and signs of events; under it lie tints and ribbons, on which words may be."""


@cache
def drawn(name: str) -> Sheet:
    """A sheet is only looked at, so one is enough for all tests."""
    return draw.drawn(ALL[name])


def texts(sheet: Sheet) -> list[Text]:
    return [artist for artist in sheet.figure.get_children() if isinstance(artist, Text) and artist.get_text()]


def words(sheet: Sheet) -> list[str]:
    return [text.get_text() for text in texts(sheet)]


def on_one_line(text: Text) -> str:
    """A long name of a cutoff is broken in two."""
    return text.get_text().replace("\n", " ")


def lines(sheet: Sheet, *names: str) -> list[Line2D]:
    """Lines and points by what they are called."""
    children = sheet.figure.get_children()
    return [artist for artist in children if isinstance(artist, Line2D) and artist.get_label() in names]


def places(line: Line2D) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in numpy.asarray(line.get_xydata(), float)]


def points(sheet: Sheet, curve: style.Curve) -> list[tuple[float, float]]:
    """Points of answers given by buttons, the newest twice."""
    found = [line for line in lines(sheet, "point") if line.get_markerfacecolor() == curve.colour]
    return [place for line in found for place in places(line)]


def point_boxes(sheet: Sheet) -> Boxes:
    """Every marker's square with what it is."""
    return [
        (str(line.get_label()), Bbox.from_bounds(x, y, 0, 0).padded(line.get_markersize() / 2))
        for line in lines(sheet, "point", "key", "event", "incomplete")
        for x, y in places(line)
    ]


def faults(sheet: Sheet) -> list[str]:
    """All that makes a picture hard to read: what overlaps, is cut off, is crossed out or too small."""
    written = [(text.get_text(), text.get_window_extent()) for text in texts(sheet)]
    sizes = {text.get_text(): text.get_fontproperties().get_size_in_points() for text in texts(sheet)}
    small = [f"{what} is small" for what, size in sizes.items() if size < style.SMALLEST]
    covering = [(text.get_text(), _covered(text)) for text in texts(sheet)]
    return [*_overlaps(written), *_cut_off(sheet, written), *_on_texts(sheet, covering), *small]


def _covered(text: Text) -> Bbox:
    """What words take, with the ground behind them, which hides what it lies on."""
    box = text.get_window_extent()
    return box.padded(paint.BEHIND) if text.get_bbox_patch() else box


def _overlaps(written: Boxes) -> Iterator[str]:
    for (a, one), (b, other) in combinations(written, 2):
        if one.overlaps(other):
            yield f"{a} and {b} overlap"


def _cut_off(sheet: Sheet, written: Boxes) -> Iterator[str]:
    """By the edge of the paper, with a little room, or by the edge of a card."""
    paper = Bbox.from_extents(0, 0, style.WIDTH, sheet.height).padded(-12)
    cards = [shape.get_window_extent() for shape in sheet.figure.get_children() if isinstance(shape, FancyBboxPatch)]
    for what, box in [*written, *point_boxes(sheet)]:
        if not _inside(box, paper):
            yield f"{what} is cut off"
        if any(card.overlaps(box) and not _inside(box, card) for card in cards):
            yield f"{what} lies across the edge of a card"


def _inside(box: Bbox, outer: Bbox) -> bool:
    return bool(outer.x0 <= box.x0 and outer.y0 <= box.y0 and box.x1 <= outer.x1 and box.y1 <= outer.y1)


def _shapes(sheet: Sheet) -> list[Polygon]:
    return [artist for artist in sheet.figure.get_children() if isinstance(artist, Polygon)]


def _on_texts(sheet: Sheet, written: Boxes) -> Iterator[str]:
    """Curves and points; grid, ribbon and cutoff go on behind words that have a ground of their own."""
    drawn_lines = [Path(places(line)) for line in lines(sheet, "curve", "lead", "face", "skipped", "not there")]
    squares = point_boxes(sheet)
    solid = [each.get_window_extent() for each in _shapes(sheet) if each.get_zorder() >= SOLID]
    for what, box in written:
        if any(line.intersects_bbox(box, filled=False) for line in drawn_lines):
            yield f"a line runs through {what}"
        if any(box.overlaps(square) for _, square in squares):
            yield f"a point lies on {what}"
        if any(box.overlaps(shape) for shape in solid):
            yield f"a shape lies on {what}"
