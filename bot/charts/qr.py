"""A square code for the camera of another phone: drawn where it is sent, and never kept."""

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import segno

SCALE: Final = 12
"""Pixels of one module: a link of ours is 33 modules wide, with the quiet zone 41."""
QUIET_ZONE: Final = 4
BLANK_SIDE: Final = 492
_GREY: Final = 0xE6


@dataclass(frozen=True)
class Code:
    """What another phone reads from the screen. Empty: a blank sheet, where a code has stood that is over.

    The text may be a secret: it is in no log and no `repr`.
    """

    text: str = field(repr=False)


def png(code: Code) -> bytes:
    """The picture; it takes 10 ms. An eighth of it may be dirty or lit, and it can still be read."""
    if not code.text:
        return _blank()
    drawn = BytesIO()
    segno.make_qr(code.text, error="m").save(drawn, kind="png", scale=SCALE, border=QUIET_ZONE)
    return drawn.getvalue()


def _blank() -> bytes:
    """A grey square, as large as a code of ours."""
    header = struct.pack(">IIBBBBB", BLANK_SIDE, BLANK_SIDE, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([_GREY]) * BLANK_SIDE) * BLANK_SIDE
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
