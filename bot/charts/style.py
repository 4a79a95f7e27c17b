"""How our pictures look: one paper, one ink, two curves. Units are pixels of a picture 1080 wide.

On a phone 360 points wide three pixels are a point: no text is under 30 pixels. The two curves differ
by hue (blue and ochre are far apart for every kind of colour-blind eye), by lightness (in grey print),
by line and by marker. No colour grades: nothing is red or green.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.font_manager import FontProperties

WIDTH: Final = 1080
HEIGHT: Final = 1300
DPI: Final = 72
"""One point is one pixel, so that sizes of text and of lines are pixels too."""

PAPER: Final = "#FBF6EE"
CARD: Final = "#FFFFFF"
INK: Final = "#2E2A33"
QUIET: Final = "#6B6470"
HAIR: Final = "#ECE5DA"
BORDER: Final = "#8C8277"

_FONTS: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
REGULAR: Final = _FONTS / "DejaVuSans.ttf"
BOLD: Final = _FONTS / "DejaVuSans-Bold.ttf"


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

ROUNDING: Final = 28


@dataclass(frozen=True)
class Pen:
    """A line's look: colour, width, and dashes (on, off; none is solid), all in pixels."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Marker:
    """A point's look: colour, matplotlib's name of the shape, size and rim in pixels."""

    colour: str
    shape: str
    size: float
    rim: float = 4

    def sized(self, size: float) -> "Marker":
        """The same marker at another size; a small one has a thin rim."""
        return replace(self, size=size, rim=min(4, size / 6))


@dataclass(frozen=True)
class Curve:
    """How one kind of rating looks: its colour, what fills the place under it, its line and its points."""

    colour: str
    tint: str
    pen: Pen
    marker: Marker


_BLUE: Final = "#1F5B82"
_OCHRE: Final = "#A65A0B"

WELLBEING: Final = Curve(_BLUE, "#EEF4F8", Pen(_BLUE, 6), Marker(_BLUE, "o", 22))
ALLIANCE: Final = Curve(_OCHRE, "#FBF3E8", Pen(_OCHRE, 6, dashes=(22, 9)), Marker(_OCHRE, "D", 19))
NEWEST: Final = 1.5
"""How much larger the newest point is."""

GRID: Final = Pen(HAIR, 2)
CUTOFF: Final = Pen(BORDER, 3.5, dashes=(3, 9))
