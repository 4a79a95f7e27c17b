"""A square code: each module where it belongs, large enough, with its quiet zone; and nothing where one has stood."""

from io import BytesIO

import segno
from PIL import Image

from bot.charts.qr import BLANK_SIDE, QUIET_ZONE, SCALE, Code, png

LINK = "https://t.me/kuulolla_bot?start=" + "W" * 22


def modules(content: bytes) -> list[list[bool]]:
    """What a camera would see at the middle of each module, without the quiet zone."""
    image = Image.open(BytesIO(content)).convert("L")
    assert image.width == image.height
    within = range(QUIET_ZONE, image.width // SCALE - QUIET_ZONE)
    middle = SCALE // 2
    return [[image.getpixel((x * SCALE + middle, y * SCALE + middle)) == 0 for x in within] for y in within]


def test_each_module_is_where_it_belongs() -> None:
    assert modules(png(Code(LINK))) == [[bool(each) for each in row] for row in segno.make_qr(LINK, error="m").matrix]


def test_around_it_is_a_quiet_zone_of_four_modules() -> None:
    image = Image.open(BytesIO(png(Code(LINK)))).convert("L")
    edge = SCALE * QUIET_ZONE
    assert {image.getpixel((at, at)) for at in range(edge)} == {255}
    assert image.getpixel((edge, edge)) == 0


def test_where_one_has_stood_is_a_blank_sheet_of_the_same_size() -> None:
    blank, code = (Image.open(BytesIO(png(each))).convert("L") for each in (Code(""), Code(LINK)))
    assert blank.size == code.size == (BLANK_SIDE, BLANK_SIDE)
    assert len(set(blank.tobytes())) == 1


def test_its_text_is_in_no_log() -> None:
    assert LINK not in f"{Code(LINK)!r} {Code(LINK)}"
