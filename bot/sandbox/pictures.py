"""Photos: measured and limited as Telegram does, kept in memory under file ids."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any, Final

from bot.charts.plain import plain_png

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_SIDES: Final = 10_000
MAX_RATIO: Final = 20
KEPT: Final = 300
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SIDES: Final = ((90, "s"), (320, "m"), (800, "x"))


class PictureError(ValueError):
    """Telegram would not take this photo; the text is the end of its error description."""


@dataclass(frozen=True)
class Picture:
    """A photo as it was uploaded. Unit: pixels."""

    file_id: str
    content: bytes = field(repr=False)
    width: int
    height: int

    @property
    def media_type(self) -> str:
        return "image/png" if self.content.startswith(_PNG) else "image/jpeg"

    def json(self) -> list[dict[str, Any]]:
        """Shape: array of PhotoSize, smallest first, the upload itself last."""
        small = [self._size(side, suffix) for side, suffix in _SIDES if side < max(self.width, self.height)]
        return [*small, self._size(max(self.width, self.height), "")]

    def _size(self, side: int, suffix: str) -> dict[str, Any]:
        share = side / max(self.width, self.height)
        return {
            "file_id": self.file_id + (f".{suffix}" if suffix else ""),
            "file_unique_id": f"u{self.file_id}{suffix}",
            "file_size": max(1, round(len(self.content) * share * share)),
            "width": max(1, round(self.width * share)),
            "height": max(1, round(self.height * share)),
        }


class Pictures:
    """All photos of a World, the newest `KEPT` of them."""

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}
        self._number = 0

    def add(self, content: bytes) -> Picture:
        """Take an upload. Error: PictureError."""
        width, height = measure(content)
        self._number += 1
        picture = Picture(f"photo-{self._number}-{zlib.crc32(content):08x}", content, width, height)
        self._pictures[picture.file_id] = picture
        if len(self._pictures) > KEPT:
            del self._pictures[next(iter(self._pictures))]
        return picture

    def get(self, file_id: str) -> Picture | None:
        """Find a photo by the id of any of its sizes."""
        return self._pictures.get(file_id.partition(".")[0])

    def clear(self) -> None:
        self._pictures.clear()


def measure(content: bytes) -> tuple[int, int]:
    """Read width and height of a PNG or JPEG, refusing what Telegram refuses."""
    if len(content) > MAX_BYTES:
        raise PictureError(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MAX_BYTES} bytes"
        )
    if not content:
        raise PictureError("file must be non-empty")
    size = _png_size(content) or _jpeg_size(content)
    if size is None:
        raise PictureError("IMAGE_PROCESS_FAILED")
    width, height = size
    if not width or not height or width + height > MAX_SIDES or max(size) > MAX_RATIO * min(size):
        raise PictureError("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walk the segments to the start of frame. Source: ITU T.81, annex B."""
    at = 2
    if not content.startswith(b"\xff\xd8"):
        return None
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def blank_png(width: int, height: int, *, colour: tuple[int, int, int] = (143, 179, 166)) -> bytes:
    """What a phone sends when somebody sends "a photo"."""
    return plain_png(width, height, colour=colour)
