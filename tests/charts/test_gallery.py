"""What we draw is what the gallery shows, as an eye sees it: smoothed edges may differ, and nothing else."""

from dataclasses import replace

import numpy
import pytest
from PIL import Image, ImageFilter

from bot.charts import draw
from tests.charts import gallery
from tests.charts.cases import ALL, FAMILIES, TRENDS

NOTICED = 40
"""Of 255: a smoothed pixel that differs more than this in a channel is seen."""


def seen(one: Image.Image, other: Image.Image) -> int:
    """How many smoothed pixels an eye would see as different; all of them where sizes differ."""
    if one.size != other.size:
        return one.width * one.height
    smooth = [numpy.asarray(each.filter(ImageFilter.BoxBlur(2)), numpy.int16) for each in (one, other)]
    return int((numpy.abs(smooth[0] - smooth[1]).max(axis=2) > NOTICED).sum())


def golden(file: str) -> Image.Image:
    with Image.open(gallery.path(file)) as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize("file", gallery.GOLDEN)
def test_a_picture_is_drawn_as_the_gallery_shows_it(file: str) -> None:
    drawn = gallery.reduced(draw.png(ALL[gallery.GOLDEN[file]]))
    assert seen(drawn, golden(file)) == 0, "look at it, and if it is meant: make pictures"


def test_a_single_moved_point_is_seen() -> None:
    trend = TRENDS["usual"]
    spots = list(trend.wellbeing.spots)
    spots[2] = replace(spots[2], total=spots[2].total - 20)
    moved = replace(trend, wellbeing=replace(trend.wellbeing, spots=tuple(spots)))
    assert seen(gallery.reduced(draw.png(moved)), golden("trend-usual")) > 20


def test_one_changed_letter_is_seen() -> None:
    family = FAMILIES["family of five"]
    changed = replace(family, note=family.note.replace("Not", "Now"))
    assert seen(gallery.reduced(draw.png(changed)), golden("family")) > 0


@pytest.mark.parametrize("file", gallery.GOLDEN)
def test_pictures_of_the_gallery_are_small_files(file: str) -> None:
    assert gallery.path(file).stat().st_size < 40_000


def test_the_page_is_the_one_that_the_command_writes() -> None:
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page()
