"""An easel that needs more memory than there is for each picture."""

from tests.charts.odd_easel import always, run

if __name__ == "__main__":
    run(always("fill"))
