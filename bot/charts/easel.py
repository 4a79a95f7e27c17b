"""A process of its own that draws: pictures as data in, as PNG out, one at a time, until nobody asks any more.

    python -m bot.charts.easel SECONDS

It reads from its input and writes to its output, each message after its length: a picture or a page in
pickle; a letter (P made, F failed) and the PNG or PDF, or the name of what failed. The first answer,
unasked, says that it is warm. It ends by itself when its input ends, as when its parent is killed, when
one drawing takes more than SECONDS, and after a drawing that took much memory.
"""

import gc
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from bot.charts.series import Panel, Trend

LENGTH: Final = struct.Struct(">I")
PICTURE: Final = b"P"
FAILED: Final = b"F"

MEMORY: Final = 1 << 29
"""Bytes that a drawing process may fill; one that draws fills about a fifth."""

TIRED: Final = 1 << 28
"""Bytes in memory after which it makes room for a fresh one: it would never give them back."""

STATUS: Final = Path("/proc/self/status")

NICENESS: Final = 5
"""Whoever taps goes before whoever draws, where there is one processor for both."""

BLANK: Final = Trend("", (), Panel("", (), None, ""), Panel("", (), None, ""))
"""What is drawn to get warm."""


def main() -> None:
    """Draw with matplotlib, which is imported here and nowhere else that others import."""
    asked, told = ends()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    limit_memory(MEMORY)
    from bot.charts import draw

    gc.freeze()  # what was imported stays: no tidying of memory need look through it
    serve(draw.made, asked, told, limit=float(sys.argv[1]))


def ends() -> tuple[BinaryIO, BinaryIO]:
    """Our two ends of the pipes. What anybody prints goes to the log, not between the pictures."""
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, told


def limit_memory(most: int) -> None:
    """Fail beyond so many bytes; and where the whole machine has none left, be the one that is ended."""
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def serve(draw: Callable[[Any], bytes], asked: BinaryIO, told: BinaryIO, *, limit: float) -> None:
    """Answer until the input ends. A drawing over the limit (seconds) ends the whole process by SIGALRM."""
    _tell(told, _answer(draw, BLANK))
    while not _is_tired() and (head := asked.read(LENGTH.size)):
        picture = pickle.loads(asked.read(*LENGTH.unpack(head)))
        signal.setitimer(signal.ITIMER_REAL, limit)
        answer = _answer(draw, picture)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _tell(told, answer)


def _is_tired() -> bool:
    return most_in_memory() > TIRED


def most_in_memory() -> int:
    """Bytes, the most that this program ever had in memory.

    Linux's usual answer (getrusage) counts what our parent had when it made us, too: there its own page tells.
    """
    with suppress(OSError, StopIteration):
        lines = (line.split() for line in STATUS.read_text().splitlines())
        return next(int(words[1]) << 10 for words in lines if words[0] == "VmHWM:")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most << 10


def _answer(draw: Callable[[Any], bytes], picture: Any) -> bytes:
    try:
        return PICTURE + draw(picture)
    except Exception as error:
        return FAILED + type(error).__name__.encode()


def _tell(told: BinaryIO, answer: bytes) -> None:
    told.write(LENGTH.pack(len(answer)) + answer)
    told.flush()


if __name__ == "__main__":
    main()
