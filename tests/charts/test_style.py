"""How pictures look, to every kind of eye: contrast, colour-blind eyes by simulation, and grey print."""

from itertools import combinations
from typing import Final

import numpy
import pytest
from numpy.typing import NDArray

from bot.charts import style
from bot.charts.draw import glyphs
from bot.charts.series import How

Colours = NDArray[numpy.float64]

EYES: Final = {
    "usual": numpy.eye(3),
    "no red": numpy.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": numpy.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": numpy.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""What an eye that lacks one kind of cone sees, in linear light.

Source:
    Machado, Oliveira & Fernandes (2009), severity 1.0.
"""
TO_XYZ: Final = numpy.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
"""Linear light of a screen to XYZ (IEC 61966-2-1)."""

each_palette = pytest.mark.parametrize("palette", style.PALETTES.values(), ids=style.PALETTES)


@each_palette
def test_every_colour_of_words_and_curves_stands_out_from_its_ground(palette: style.Palette) -> None:
    """Contrast is of luminance alone, so it holds in grey print too."""
    curves = [palette.wellbeing, palette.alliance, palette.own]
    on_paper = [palette.ink, palette.quiet, *(voice.colour for voice in palette.voices)]
    on_card = [*on_paper, *(curve.colour for curve in curves)]
    pairs = [(ink, palette.paper) for ink in on_paper] + [(ink, palette.card) for ink in on_card]
    pairs += [(palette.wellbeing.colour, palette.ground), *((curve.colour, curve.tint) for curve in curves)]
    assert [(ink, ground) for ink, ground in pairs if contrast(ink, ground) < 4.5] == []


@each_palette
@pytest.mark.parametrize("eye", EYES)
def test_every_eye_can_tell_raters_apart_by_colour(palette: style.Palette, eye: str) -> None:
    colours = seen([voice.colour for voice in palette.voices], EYES[eye])
    assert min(numpy.linalg.norm(one - other) for one, other in combinations(colours, 2)) >= 11


@each_palette
@pytest.mark.parametrize("eye", EYES)
def test_every_eye_can_tell_wellbeing_from_the_meeting(palette: style.Palette, eye: str) -> None:
    one, other = seen([palette.wellbeing.colour, palette.alliance.colour], EYES[eye])
    assert numpy.linalg.norm(one - other) >= 30


@each_palette
def test_without_any_colour_curves_are_told_apart_by_line_and_by_point(palette: style.Palette) -> None:
    assert len({voice.pen.dashes for voice in palette.voices}) == 6
    assert len({voice.marker.shape for voice in palette.voices}) == 6
    assert palette.wellbeing.pen.dashes != palette.alliance.pen.dashes
    assert palette.wellbeing.marker.shape != palette.alliance.marker.shape


@each_palette
@pytest.mark.parametrize("curve", ["wellbeing", "alliance", "own"])
def test_each_way_of_answering_has_a_point_of_its_own_on_every_curve(palette: style.Palette, curve: str) -> None:
    marker = getattr(palette, curve).marker
    drawn = [glyphs.how(marker, each) for each in How]
    assert len({(each.shape, each.hollow) for each in drawn}) == len(How)


@each_palette
def test_nothing_is_red_or_green_as_a_grade_would_be(palette: style.Palette) -> None:
    curves = [palette.wellbeing, palette.alliance, palette.own, *palette.voices]
    assert [curve.colour for curve in curves if _is_a_grade(curve.colour)] == []


def test_a_grade_would_be_found() -> None:
    assert [_is_a_grade(each) for each in ("#C0392B", "#2E8B57", style.LIGHT.wellbeing.colour)] == [True, True, False]


def _is_a_grade(colour: str) -> bool:
    """Strong in colour, and of a hue near red or green (degrees on the wheel of CIE Lab)."""
    (_, a, b) = seen([colour], EYES["usual"])[0]
    hue = float(numpy.degrees(numpy.arctan2(b, a))) % 360
    return bool(numpy.hypot(a, b) > 30 and (hue < 45 or 125 < hue < 190))


def seen(colours: list[str], eye: Colours) -> Colours:
    """Colours in CIE Lab as an eye sees them; a distance of about 2 is just noticed."""
    light = numpy.clip(numpy.array([linear(each) for each in colours]) @ eye.T, 0, 1)
    part = light @ TO_XYZ.T / numpy.array([0.95047, 1.0, 1.08883])
    root = numpy.where(part > 0.008856, numpy.cbrt(part), 7.787 * part + 16 / 116)
    x, y, z = root.T
    return numpy.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def contrast(one: str, other: str) -> float:
    """Between two colours, 1 to 21.

    Source:
        WCAG 2.2, contrast ratio and relative luminance.
    """
    dark, light = sorted(float(linear(colour) @ TO_XYZ[1]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def linear(colour: str) -> Colours:
    parts = numpy.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return numpy.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
