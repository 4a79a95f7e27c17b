"""An easel for tests on which no picture succeeds.

python -m tests.courier.broken_easel SECONDS
"""

import sys

from bot.charts.easel import ends, serve
from bot.charts.series import Picture


def draw(picture: Picture) -> bytes:
    raise ValueError("no picture today")


if __name__ == "__main__":
    serve(draw, *ends(), limit=float(sys.argv[1]))
