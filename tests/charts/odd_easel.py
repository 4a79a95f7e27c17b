"""An easel for tests: draws no pictures, and does what the heading says.

python -m tests.charts.odd_easel SECONDS
"""

import os
import sys
import time

from bot.charts.easel import ends, serve
from bot.charts.series import Trend


def draw(trend: Trend) -> bytes:
    match trend.heading.split():
        case ["hang"]:
            time.sleep(3600)
        case ["hang", "deaf"]:
            while True:
                pass
        case ["die"]:
            os._exit(3)
        case ["raise"]:
            raise ValueError("Aino's numbers")
        case ["print"]:
            sys.stdout.write("P")
            sys.stdout.flush()
        case ["environment"]:
            return " ".join(sorted(os.environ)).encode()
    return str(os.getpid()).encode()


if __name__ == "__main__":
    serve(draw, *ends(), limit=float(sys.argv[1]))
