"""An easel for tests: draws no pictures, and does what the heading says. A word that begins with # says nothing.

python -m tests.charts.odd_easel SECONDS
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.charts.easel import LENGTH, PICTURE, ends, limit_memory, serve
from bot.charts.series import Picture

TOLD: list[int] = []
"""Where answers go, for those who garble them."""
BEGIN, END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def draw(picture: Picture) -> bytes:
    """Tells, in what looks like a PNG, the number of the process, or what it was asked to tell."""
    return _does([word for word in picture.heading.split() if not word.startswith("#")])


def always(what: str) -> Callable[[Picture], bytes]:
    """A way to draw that does this over each picture, once it is warm."""
    return lambda picture: _does(what.split() if picture.heading else [])


def _does(words: list[str]) -> bytes:
    _goes_wrong(words)
    return BEGIN + _told(words).encode() + END


def _goes_wrong(words: list[str]) -> None:
    match words:
        case ["hang"]:
            time.sleep(3600)
        case ["hang", "deaf"]:
            while True:
                pass
        case ["die"]:
            os._exit(3)
        case ["die", "once", file] if not Path(file).exists():
            Path(file).touch()
            os._exit(3)
        case ["raise"]:
            raise ValueError("Aino's numbers")
        case ["garble", how]:
            os.write(TOLD[0], GARBAGE[how])
            time.sleep(3600)


def _told(words: list[str]) -> str:
    match words:
        case ["slow"]:
            time.sleep(0.1)
        case ["print"]:
            sys.stdout.write("P")
            sys.stdout.flush()
        case ["fill"]:
            return str(len(bytearray(1 << 32)))
        case ["fill", "half"]:
            return str(len(bytes([1]) * (300 << 20)))
        case ["environment"]:
            return " ".join(sorted(os.environ))
    return str(os.getpid())


GARBAGE = {
    "endless": b"\xff" * 64,
    "half": LENGTH.pack(100) + PICTURE + BEGIN + b"." * 91,
    "letter": LENGTH.pack(3) + b"Xyz",
    "nothing": LENGTH.pack(0),
}


def run(draw: Callable[[Picture], bytes]) -> None:
    asked, told = ends()
    TOLD.append(told.fileno())
    limit_memory(1 << 29)
    serve(draw, asked, told, limit=float(sys.argv[1]))


if __name__ == "__main__":
    run(draw)
