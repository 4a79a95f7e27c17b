"""A process of its own that draws: trends in, pictures out, one at a time, until nobody asks any more.

    python -m bot.charts.easel SECONDS

It reads from its input and writes to its output, each message after its length: a trend in pickle; a
letter (P picture, F failed) and the PNG, or the name of what failed. The first answer, unasked, says
that it is warm. It ends by itself when its input ends, as when its parent is killed, and when one
drawing takes more than SECONDS.
"""

import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO, Final

from bot.charts.series import Panel, Trend

LENGTH: Final = struct.Struct(">I")
PICTURE: Final = b"P"
FAILED: Final = b"F"

MEMORY: Final = 1 << 30
"""Bytes that a drawing process may fill; one that draws fills about a tenth."""

BLANK: Final = Trend("", (), Panel("", (), None, ""), Panel("", (), None, ""))
"""What is drawn to get warm."""


def main() -> None:
    """Draw with matplotlib, which is imported here and nowhere else that others import."""
    asked, told = ends()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    from bot.charts import draw

    serve(draw.png, asked, told, limit=float(sys.argv[1]))


def ends() -> tuple[BinaryIO, BinaryIO]:
    """Our two ends of the pipes. What anybody prints goes to the log, not between the pictures."""
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, told


def serve(draw: Callable[[Trend], bytes], asked: BinaryIO, told: BinaryIO, *, limit: float) -> None:
    """Answer until the input ends. A drawing over the limit (seconds) ends the whole process by SIGALRM."""
    _tell(told, _answer(draw, BLANK))
    while head := asked.read(LENGTH.size):
        trend = pickle.loads(asked.read(*LENGTH.unpack(head)))
        signal.setitimer(signal.ITIMER_REAL, limit)
        answer = _answer(draw, trend)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _tell(told, answer)


def _answer(draw: Callable[[Trend], bytes], trend: Trend) -> bytes:
    try:
        return PICTURE + draw(trend)
    except Exception as error:
        return FAILED + type(error).__name__.encode()


def _tell(told: BinaryIO, answer: bytes) -> None:
    told.write(LENGTH.pack(len(answer)) + answer)
    told.flush()


if __name__ == "__main__":
    main()
