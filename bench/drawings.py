"""The trend picture as others would draw it: with pyplot as its tutorials do, and with Pillow at twice the size."""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib import pyplot
from PIL import Image, ImageDraw, ImageFont

from bot.charts.series import Panel, Trend

Place = tuple[float, float]

WIDTH: Final = 1080
HEIGHT: Final = 1300
FONTS: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
COLOURS: Final = ("#1F5B82", "#A65A0B")
TINTS: Final = ("#EEF4F8", "#FBF3E8")
PAPER, CARD, INK, QUIET, HAIR = "#FBF6EE", "#FFFFFF", "#2E2A33", "#6B6470", "#ECE5DA"
DATES: Final = 6


def _dated(trend: Trend) -> list[int]:
    """The meetings whose dates are said."""
    last = len(trend.meetings) - 1
    return sorted({round(nth * last / (DATES - 1)) for nth in range(DATES)})


def naive(trend: Trend) -> bytes:
    """Subplots, a grid, labels, and a tight box around everything."""
    figure, both = pyplot.subplots(2, 1, figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
    figure.suptitle(trend.heading, fontsize=24, fontweight="bold", color=INK)
    shown = _dated(trend)
    for axes, panel, colour, marker in zip(both, (trend.wellbeing, trend.alliance), COLOURS, "oD", strict=True):
        xs, ys = [spot.at for spot in panel.spots], [spot.total / 10 for spot in panel.spots]
        axes.set_title(panel.title, fontsize=22, fontweight="bold", color=colour, loc="left")
        axes.fill_between(xs, ys, color=colour, alpha=0.08)
        axes.plot(xs, ys, color=colour, linewidth=3, marker=marker, markersize=10, markeredgecolor=CARD)
        axes.annotate(panel.spots[0].label, (xs[0], ys[0]), (0, 14), textcoords="offset points", fontsize=16)
        axes.annotate(
            panel.spots[-1].label, (xs[-1], ys[-1]), (14, -8), textcoords="offset points", fontsize=26, color=colour
        )
        if panel.cutoff:
            axes.axhline(panel.cutoff.total / 10, color=QUIET, linestyle=":", linewidth=2)
            axes.text(len(trend.meetings), panel.cutoff.total / 10, panel.cutoff.label, fontsize=15, color=QUIET)
        axes.set_ylim(0, 40)
        axes.set_yticks(range(0, 41, 10))
        axes.set_xticks(shown, [f"{trend.meetings[at].label}\n{trend.meetings[at].year}" for at in shown])
        axes.tick_params(labelsize=15, colors=QUIET)
        axes.grid(color=HAIR)
    drawn = BytesIO()
    figure.savefig(drawn, format="png", bbox_inches="tight")
    pyplot.close(figure)
    return drawn.getvalue()


def pillow(trend: Trend) -> bytes:
    """Everything at twice the size, then made half as large, which smooths it."""
    image = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), PAPER)
    paint = ImageDraw.Draw(image)
    paint.text((112, 90), trend.heading, INK, _font("DejaVuSans-Bold", 92))
    for nth, panel in enumerate((trend.wellbeing, trend.alliance)):
        _panel(paint, panel, nth, _places(trend, top=500 + nth * 1048), trend)
    drawn = BytesIO()
    image.reduce(2).save(drawn, format="PNG", compress_level=1)
    return drawn.getvalue()


@lru_cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size)


def _places(trend: Trend, *, top: int) -> Callable[[float, int], Place]:
    step = 1352 / max(len(trend.meetings) - 1, 1)
    return lambda at, total: (272 + at * step, top + 680 * (1 - total / 400))


def _panel(
    paint: ImageDraw.ImageDraw, panel: Panel, nth: int, place: Callable[[float, int], Place], trend: Trend
) -> None:
    colour, label, spots = COLOURS[nth], _font("DejaVuSans", 64), [place(spot.at, spot.total) for spot in panel.spots]
    left, (right, top), (_, bottom) = 272, place(len(trend.meetings) - 1, 400), place(0, 0)
    paint.rounded_rectangle((56, top - 224, 2 * WIDTH - 56, bottom + 92), 56, CARD, HAIR, 4)
    paint.text((112, top - 150), panel.title, colour, _font("DejaVuSans-Bold", 80))
    for points in range(0, 41, 10):
        y = place(0, points * 10)[1]
        paint.line((left - 56, y, right + 56, y), HAIR, 4)
        paint.text((left - 80, y), str(points), QUIET, label, anchor="rm")
    for at in _dated(trend):
        x = place(at, 0)[0]
        paint.line((x, top, x, bottom), HAIR, 4)
        if nth:
            said = f"{trend.meetings[at].label}\n{trend.meetings[at].year}"
            paint.multiline_text((x, bottom + 130), said, QUIET, label, anchor="ma", align="center")
    paint.polygon([(spots[0][0], bottom), *spots, (spots[-1][0], bottom)], TINTS[nth])
    if panel.cutoff:
        y = place(0, panel.cutoff.total)[1]
        for x in range(int(left - 56), int(right + 56), 24):
            paint.line((x, y, x + 6, y), QUIET, 7)
        words = "\n".join(panel.cutoff.label.rsplit(" ", 1))
        paint.multiline_text((right + 72, y), words, QUIET, _font("DejaVuSans", 60), anchor="lm")
    paint.line(spots, colour, 12, joint="curve")
    for x, y in spots:
        paint.ellipse((x - 22, y - 22, x + 22, y + 22), colour, CARD, 8)
    paint.text((spots[0][0], spots[0][1] - 40), panel.spots[0].label, colour, label, anchor="mb")
    (x, y), newest = spots[-1], _font("DejaVuSans-Bold", 108)
    paint.text((x + 56, y - 120), panel.spots[-1].label, colour, newest, anchor="lm")
