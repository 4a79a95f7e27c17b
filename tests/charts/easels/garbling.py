"""An easel that answers each picture with nonsense."""

from tests.charts.odd_easel import always, run

if __name__ == "__main__":
    run(always("garble endless"))
