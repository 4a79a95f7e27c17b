"""Draws: the data of series.py in, a PNG out. With style.py the only matplotlib of the house.

Slow to import and slow to run: it is called away from the event loop (studio.py).
"""

from bot.charts import series
from bot.charts.draw.trend import drawn


def png(trend: series.Trend) -> bytes:
    """An RGB picture, `style.WIDTH` by `style.HEIGHT` pixels."""
    return drawn(trend).png()
