"""An easel that hangs over each picture."""

from tests.charts.odd_easel import always, run

if __name__ == "__main__":
    run(always("hang deaf"))
