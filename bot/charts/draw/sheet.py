"""A sheet of paper on which words, lines and points are put by pixels, from the lower left corner.

A bare matplotlib figure: without axes, layout engines and pyplot a picture costs a fraction, and
every place is ours to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from math import nan
from typing import Final, Literal
from unicodedata import bidirectional

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from bot.charts import style
from bot.charts.draw import paint, pixels

Across = Literal["left", "center", "right"]
Down = Literal["baseline", "center", "figures"]
"""Where a text hangs on its y: by its baseline, by its middle, or by the middle of its figures."""

SHORTEST: Final = 0.8
"""A text shrinks to this part of its size before it is broken into lines."""

_PIXELS: Final = IdentityTransform()


@dataclass(frozen=True)
class Ink:
    """How words are written: colour, size in pixels, weight, and a colour that hides lines under them."""

    colour: str
    size: float = style.LABEL
    bold: bool = False
    behind: str | None = None


def width_of(words: str, ink: Ink) -> float:
    """How wide one line of words is, in pixels."""
    return _width(words, ink.size, ink.bold)


@lru_cache(maxsize=4096)
def _width(words: str, size: float, bold: bool) -> float:
    """Kept, since measuring is half of drawing; the same measure is used again when the words are painted."""
    wide, _, _ = paint.size_of(words, str(style.BOLD if bold else style.REGULAR), size)
    return wide


class _Ruler(FigureCanvasAgg):
    """Measures the words of all pictures by one renderer, which keeps their sizes."""

    def get_renderer(self) -> RendererAgg:
        return paint.RULER


def right_to_left(words: str) -> bool:
    """Whether the first letter of words is of a script that runs to the left, as Arabic and Hebrew do."""
    kinds = (bidirectional(sign) for sign in words)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


class Sheet:
    """One picture in the making, `style.WIDTH` by `height` pixels."""

    def __init__(self, palette: style.Palette, height: float) -> None:
        self.palette = palette
        self.height = round(height)
        size = (style.WIDTH / style.DPI, self.height / style.DPI)
        self.figure = Figure(figsize=size, dpi=style.DPI, facecolor=palette.paper)
        _Ruler(self.figure)

    def png(self) -> bytes:
        """The picture as an RGB PNG, packed quickly rather than tightly."""
        return pixels.png(paint.painted(self.figure, style.WIDTH, self.height))

    def svg(self) -> bytes:
        """The same as SVG, with letters as outlines; alike each time."""
        written = BytesIO()
        with rc_context({"svg.hashsalt": "kuulolla", "svg.fonttype": "path"}):
            self.figure.savefig(written, format="svg", dpi=style.DPI, metadata={"Date": None})
        return written.getvalue()

    def write(
        self, words: str, x: float, y: float, ink: Ink, *, across: Across = "left", down: Down = "baseline"
    ) -> Text:
        """Put words at a place; a newline in them begins a line."""
        text = Text(
            x,
            y - style.CAP * ink.size / 2 if down == "figures" else y,
            words,
            color=ink.colour,
            fontproperties=style.font(ink.size, bold=ink.bold),
            horizontalalignment=across,
            verticalalignment="center" if down == "center" else "baseline",
            parse_math=False,
            linespacing=style.LINES,
            transform=_PIXELS,
            zorder=6,
        )
        if ink.behind:
            text.set_bbox({"facecolor": ink.behind, "edgecolor": "none", "pad": 3})
        if words:
            self.figure.add_artist(text)
        return text

    def fitted(self, words: str, ink: Ink, *, width: float, lines: int = 1) -> tuple[str, Ink]:
        """Words and ink as they fit in a width: a little smaller, else in lines, else cut with three dots."""
        if width_of(words, ink) <= width:
            return words, ink
        sizes = range(round(ink.size), style.SMALLEST - 1, -2)
        tries = [(size, 1) for size in sizes if size >= ink.size * SHORTEST] + [(size, lines) for size in sizes]
        for size, allowed in tries:
            smaller = replace(ink, size=size)
            broken = self._broken(words, smaller, width)
            if len(broken) <= allowed and all(width_of(line, smaller) <= width for line in broken):
                return "\n".join(broken), smaller
        smallest = replace(ink, size=style.SMALLEST)
        broken = self._broken(words, smallest, width)
        kept = broken if len(broken) <= lines else [*broken[: lines - 1], " ".join(broken[lines - 1 :])]
        return "\n".join(self._cut(line, smallest, width) for line in kept), smallest

    def _broken(self, words: str, ink: Ink, width: float) -> list[str]:
        """Words in lines no wider than a width, where no single word is wider."""
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and width_of(longer, ink) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _cut(self, line: str, ink: Ink, width: float) -> str:
        kept = line
        while len(kept) > 1 and width_of(kept, ink) > width:
            kept = kept[:-2].rstrip() + "…"
        return kept

    def line(
        self, xs: Sequence[float], ys: Sequence[float], pen: style.Pen, *, level: float = 1, name: str = ""
    ) -> None:
        """A line from point to point; a higher level lies over a lower one. `name`: by which tests find it."""
        self.figure.add_artist(
            Line2D(
                xs,
                ys,
                color=pen.colour,
                linewidth=pen.width,
                linestyle=(0, tuple(dash / pen.width for dash in pen.dashes)) if pen.dashes else "-",
                solid_capstyle="round",
                dash_capstyle="round",
                solid_joinstyle="round",
                dash_joinstyle="round",
                label=name,
                transform=_PIXELS,
                zorder=level,
            )
        )

    def grid(self, ends: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> None:
        """Straight lines from place to place, in the pen of the grid, all as one: each line by itself has its price."""
        breaks = (nan, nan)
        places = [place for begin, end in ends for place in (begin, end, breaks)]
        if places:
            xs, ys = zip(*places, strict=True)
            self.line(xs, ys, self.palette.grid)

    def area(self, xs: Sequence[float], ys: Sequence[float], floor: float, colour: str) -> None:
        """Fill what lies under a line, down to a floor; lies under everything but the card."""
        self.shape([(xs[0], floor), *zip(xs, ys, strict=True), (xs[-1], floor)], colour)

    def shape(self, corners: Sequence[tuple[float, float]], colour: str, *, level: float = 0.5) -> None:
        """A filled shape without a rim."""
        self.figure.add_artist(Polygon(corners, facecolor=colour, edgecolor="none", transform=_PIXELS, zorder=level))

    def points(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        marker: style.Marker,
        *,
        level: float = 4,
        name: str = "point",
    ) -> None:
        """A marker at each point, with a rim of the card's colour; a hollow one the other way round."""
        inside, rim = (self.palette.card, marker.colour) if marker.hollow else (marker.colour, self.palette.card)
        self.figure.add_artist(
            Line2D(
                xs,
                ys,
                color=inside,
                linestyle="none",
                marker=marker.shape,
                markersize=marker.size - (marker.rim if marker.hollow else 0),
                markeredgecolor=rim,
                markeredgewidth=marker.rim,
                label=name,
                transform=_PIXELS,
                zorder=level,
            )
        )

    def card(self, x: float, y: float, width: float, height: float) -> None:
        """A card with round corners, under everything; x and y are its lower left corner."""
        shape = FancyBboxPatch((x, y), width, height, boxstyle=f"round,pad=0,rounding_size={style.ROUNDING}")
        shape.set(facecolor=self.palette.card, edgecolor=self.palette.hair, linewidth=2, zorder=0, transform=_PIXELS)
        self.figure.add_artist(shape)


@lru_cache
def scrap(palette: style.Palette) -> Sheet:
    """Paper on which words are only measured: how high a picture becomes is known after that."""
    return Sheet(palette, 1)
