"""Paints a figure as pixels: what matplotlib would, but that a text is made of letters once and then only laid on.

Letters are most of what a picture costs, and nearly all words come again in the next one: titles, scales, dates,
names of lines. So the shape of each line of words is kept. Texts stand on whole pixels: one shape is right everywhere.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any, Final, Literal, TypeAlias

import numpy
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform
from numpy.typing import NDArray

from bot.charts import style

Pixels: TypeAlias = NDArray[numpy.uint8]

SHAPES_KEPT: Final = 2048
"""Lines of words; each has some 5 kB."""

AROUND: Final = 12
"""Free pixels around a line that is being made, for letters that reach beyond their place."""

BEHIND: Final = 3
"""By so many pixels the ground of a text is larger than the text."""


def painted(figure: Figure, width: int, height: int) -> Pixels:
    """Rows of RGBA, the top one first."""
    canvas = RendererAgg(width, height, style.DPI)
    pixels: Pixels = numpy.asarray(canvas.buffer_rgba())
    pixels.view(numpy.uint32)[:] = _bytes(figure.get_facecolor()).view(numpy.uint32)
    for artist in sorted(figure.artists, key=Artist.get_zorder):
        if isinstance(artist, Text):
            _lay(pixels, artist)
        else:
            artist.draw(canvas)
    return pixels


@lru_cache
def _bytes(colour: Any) -> Pixels:
    return numpy.array([round(255 * part) for part in to_rgba(colour)], numpy.uint8)


def _lay(pixels: Pixels, text: Text) -> None:
    """Put a text and the ground behind it on the pixels."""
    font, (x, y) = text.get_fontproperties(), text.get_position()
    laid = _laid(
        text.get_text(),
        str(font.get_file()),
        font.get_size(),
        text.get_horizontalalignment(),
        text.get_verticalalignment(),
    )
    left, base = round(float(x)), len(pixels) - round(float(y))
    if ground := text.get_bbox_patch():
        box = laid.box.padded(BEHIND)
        rows, columns = slice(base - ceil(box.y1), base - int(box.y0)), slice(left + int(box.x0), left + ceil(box.x1))
        pixels[rows, columns] = _bytes(ground.get_facecolor())
    ink = _bytes(text.get_color()).astype(numpy.uint16)
    for line in laid.lines:
        _blend(pixels, line.shape, ink, left + line.x, base + line.y)


def _blend(pixels: Pixels, shape: Pixels, ink: NDArray[numpy.uint16], x: int, y: int) -> None:
    """Ink through a shape whose upper left corner is at x, y; what is beyond the edge is left out.

    All four channels at once, which is faster than three of them: ink and ground are opaque, and stay so.
    """
    low, near = max(-y, 0), max(-x, 0)
    ground = pixels[max(y, 0) : y + shape.shape[0], max(x, 0) : x + shape.shape[1]]
    covered = shape[low : low + ground.shape[0], near : near + ground.shape[1], None].astype(numpy.uint16)
    mixed = ground * (255 - covered)
    mixed += ink * covered
    mixed += numpy.uint16(128)
    mixed += mixed >> 8
    ground[:] = mixed >> 8  # divided by 255, rounded


@dataclass(frozen=True)
class _Line:
    """One line of words: how much each pixel is covered (0-255), and its upper left corner from the text's place."""

    shape: Pixels
    x: int
    y: int


@dataclass(frozen=True)
class _Laid:
    """A text as it lies around its place, and its box there, upwards."""

    lines: tuple[_Line, ...]
    box: Bbox


@lru_cache(maxsize=SHAPES_KEPT)
def _laid(words: str, face: str, size: float, across: Any, down: Any) -> _Laid:
    """Let matplotlib say where each line goes, and make its letters."""
    font = FontProperties(fname=face, size=size)
    text = Text(
        0,
        0,
        words,
        fontproperties=font,
        horizontalalignment=across,
        verticalalignment=down,
        parse_math=False,
        linespacing=style.LINES,
        transform=IdentityTransform(),
    )
    text.set_figure(_NOWHERE)
    text.draw(RULER)
    lines = tuple(_line(line, font, round(x), round(y)) for line, x, y in RULER.lines)
    RULER.lines.clear()
    return _Laid(lines, text.get_window_extent(RULER))


class Ruler(RendererAgg):
    """Measures words and paints nothing; keeps where it should have written what, downwards from the text's place."""

    def __init__(self) -> None:
        RendererAgg.__init__(self, 1, 1, style.DPI)
        self.lines: list[tuple[str, float, float]] = []

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]
    ) -> tuple[float, float, float]:
        del ismath
        return size_of(s, str(prop.get_file()), prop.get_size())

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | Literal["TeX"] = False,
        mtext: Text | None = None,
    ) -> None:
        del gc, prop, angle, ismath, mtext
        self.lines.append((s, x, y - self.height))


_NOWHERE: Final = Figure(dpi=style.DPI)
RULER: Final = Ruler()
"""One for all pictures."""


@lru_cache(maxsize=2 * SHAPES_KEPT)
def size_of(words: str, face: str, size: float) -> tuple[float, float, float]:
    """Width, height, and how much of it is below the line."""
    wide, high, below = _SCRAP.get_text_width_height_descent(words, FontProperties(fname=face, size=size), ismath=False)
    return wide, high, below


_SCRAP: Final = RendererAgg(1, 1, style.DPI)


def _line(words: str, font: FontProperties, x: int, y: int) -> _Line:
    wide, high, below = RULER.get_text_width_height_descent(words, font, ismath=False)
    base = AROUND + ceil(high - below)
    canvas = RendererAgg(ceil(wide) + 2 * AROUND, base + ceil(below) + AROUND, style.DPI)
    pen = canvas.new_gc()
    pen.set_foreground("black")
    canvas.draw_text(pen, AROUND, base, words, font, 0)
    covered = numpy.asarray(canvas.buffer_rgba())[:, :, 3]
    rows, columns = (_from_first_to_last(covered.max(axis=axis)) for axis in (1, 0))
    return _Line(covered[rows, columns].copy(), x - AROUND + columns.start, y - base + rows.start)


def _from_first_to_last(covered: Pixels) -> slice:
    found = numpy.flatnonzero(covered)
    return slice(int(found[0]), int(found[-1]) + 1) if len(found) else slice(0, 0)
