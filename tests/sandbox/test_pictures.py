"""Photos and their limits."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.sandbox.pictures import KEPT, MAX_BYTES, PictureError, Pictures, blank_png, measure


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "JPEG", progressive=True)
    return out.getvalue()


def test_a_png_and_a_jpeg_are_measured() -> None:
    assert [measure(blank_png(320, 240)), measure(jpeg(640, 360))] == [(320, 240), (640, 360)]


def test_the_blank_png_is_a_real_one() -> None:
    with Image.open(io.BytesIO(blank_png(3, 2, colour=(1, 2, 3)))) as image:
        assert (image.size, image.getpixel((2, 1))) == ((3, 2), (1, 2, 3))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file must be non-empty"),
        (b"GIF89a", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8", "IMAGE_PROCESS_FAILED"),
        (blank_png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (blank_png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (
            b"x" * (MAX_BYTES + 1),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
    ids=["empty", "no photo", "half a photo", "too large", "too narrow", "too heavy"],
)
def test_what_telegram_would_not_take_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(PictureError) as refused:
        measure(content)
    assert str(refused.value) == words


def test_sides_of_exactly_10000_together_are_taken() -> None:
    assert measure(blank_png(9000, 1000)) == (9000, 1000)


def test_sizes_go_from_small_to_the_upload_itself() -> None:
    picture = Pictures().add(blank_png(1000, 500))
    assert [(size["width"], size["height"]) for size in picture.json()] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1000, 500),
    ]


def test_a_photo_is_found_by_the_id_of_any_of_its_sizes() -> None:
    pictures = Pictures()
    picture = pictures.add(blank_png(1000, 500))
    assert [pictures.get(size["file_id"]) for size in picture.json()] == [picture] * 4


def test_only_the_newest_photos_are_kept() -> None:
    pictures = Pictures()
    content = blank_png(2, 2)
    added = [pictures.add(content) for _ in range(KEPT + 1)]
    assert (pictures.get(added[0].file_id), pictures.get(added[1].file_id)) == (None, added[1])
