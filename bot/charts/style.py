"""How our pictures look: one paper, one ink, and curves told apart. Units are pixels of a picture 1080 wide.

On a phone 360 points wide three pixels are a point: no text is under 30 pixels. Curves differ by hue, as
far as every kind of colour-blind eye can see it, by line and by marker, which also tell them apart in grey
print. No colour grades: nothing is red or green. There is a light and a dark palette.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.font_manager import FontProperties

from bot.charts.series import Look

WIDTH: Final = 1080
DPI: Final = 72
"""One point is one pixel, so that sizes of text and of lines are pixels too."""

_FONTS: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
REGULAR: Final = _FONTS / "DejaVuSans.ttf"
BOLD: Final = _FONTS / "DejaVuSans-Bold.ttf"


@lru_cache
def font(size: float, *, bold: bool = False) -> FontProperties:
    """The face of our pictures; matplotlib brings it, so every machine draws the same."""
    return FontProperties(fname=str(BOLD if bold else REGULAR), size=size)


HEADING: Final = 46
TITLE: Final = 40
VALUE: Final = 54
LABEL: Final = 32
SMALLEST: Final = 30
"""Text that is too long for its place shrinks to this, and then ends in three dots."""

CAP: Final = 0.73
"""The height of figures and capitals in our face, as a part of its size."""

LINES: Final = 1.1
"""From line to line of one text, as a part of its height."""

ROUNDING: Final = 28


@dataclass(frozen=True)
class Pen:
    """A line's look: colour, width, and dashes (on, off; none is solid), all in pixels."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Marker:
    """A point's look: colour, matplotlib's name of the shape, size and rim in pixels; a hollow one shows the card."""

    colour: str
    shape: str
    size: float
    rim: float = 4
    hollow: bool = False

    def sized(self, size: float) -> "Marker":
        """The same marker at another size; a small one has a thin rim."""
        return replace(self, size=size, rim=min(4, size / 6))


@dataclass(frozen=True)
class Curve:
    """How one curve looks: its colour, what fills the place under it, its line and its points."""

    colour: str
    tint: str
    pen: Pen
    marker: Marker


@dataclass(frozen=True)
class Palette:
    """All colours of one look, and the curves in them.

    `own` are a service's own measures, `voices` the raters of a family picture. `ground` and `edge` are a ribbon and
    its lines.
    """

    paper: str
    card: str
    ink: str
    quiet: str
    hair: str
    border: str
    ground: str
    edge: str
    wellbeing: Curve
    alliance: Curve
    own: Curve
    voices: tuple[Curve, ...]

    @property
    def grid(self) -> Pen:
        return Pen(self.hair, 2)

    @property
    def cutoff(self) -> Pen:
        return Pen(self.border, 3.5, dashes=(3, 9))


_SHAPES: Final = (
    ((), "o", 22.0),
    ((22.0, 9.0), "D", 19.0),
    ((3.0, 10.0), "s", 20.0),
    ((30.0, 9.0, 4.0, 9.0), "^", 24.0),
    ((12.0, 8.0), "P", 27.0),
    ((24.0, 8.0, 4.0, 8.0, 4.0, 8.0), "v", 24.0),
)
"""Dashes, marker and its size of each voice: what tells them apart without any colour."""


def _voices(colours: tuple[str, ...]) -> tuple[Curve, ...]:
    return tuple(
        Curve(colour, "", Pen(colour, 5, dashes), Marker(colour, shape, size))
        for colour, (dashes, shape, size) in zip(colours, _SHAPES, strict=True)
    )


_OWN: Final = ((4.0, 9.0), "p", 24.0)
"""Of a service's own measures: a five-cornered point, since a square one is an answer on paper."""


def _curve(colour: str, tint: str, look: tuple[tuple[float, ...], str, float]) -> Curve:
    dashes, shape, size = look
    return Curve(colour, tint, Pen(colour, 6, dashes), Marker(colour, shape, size))


LIGHT: Final = Palette(
    paper="#FBF6EE",
    card="#FFFFFF",
    ink="#2E2A33",
    quiet="#6B6470",
    hair="#ECE5DA",
    border="#8C8277",
    ground="#F1EEF5",
    edge="#A79FB2",
    wellbeing=_curve("#1F5B82", "#EEF4F8", _SHAPES[0]),
    alliance=_curve("#A65A0B", "#FBF3E8", _SHAPES[1]),
    own=_curve("#4A2A86", "#F3F0F9", _OWN),
    voices=_voices(("#1F5B82", "#A65A0B", "#4A2A86", "#B03FA8", "#77715A", "#35242A")),
)
DARK: Final = Palette(
    paper="#1D1B21",
    card="#2B2830",
    ink="#F3EFE8",
    quiet="#B9B2BE",
    hair="#413D48",
    border="#8F8698",
    ground="#363241",
    edge="#7A7189",
    wellbeing=_curve("#8CC3EA", "#2D343E", _SHAPES[0]),
    alliance=_curve("#E3A857", "#38322C", _SHAPES[1]),
    own=_curve("#B48CF0", "#352F40", _OWN),
    voices=_voices(("#8CC3EA", "#E3A857", "#B48CF0", "#F3EDC8", "#E58FC0", "#9AA39A")),
)
PALETTES: Final = {Look.LIGHT: LIGHT, Look.DARK: DARK}

NEWEST: Final = 1.5
"""How much larger the newest point is."""
