"""Says what pictures show, as data that is already worded: every kind is a frozen dataclass. Draws nothing.

The same data gives the picture (`draw.png`), the words below it (`caption`) and the numbers as text
(`table`), so that the three never say different things.
"""

from bot.charts.series.trend import (
    CAPTION_HEADING,
    FULL,
    TABLE_ROWS,
    Cutoff,
    Mark,
    Meeting,
    Panel,
    Spot,
    Trend,
    caption,
    table,
    trend,
)

__all__ = [
    "CAPTION_HEADING",
    "FULL",
    "TABLE_ROWS",
    "Cutoff",
    "Mark",
    "Meeting",
    "Panel",
    "Picture",
    "Spot",
    "Trend",
    "caption",
    "table",
    "trend",
]

Picture = Trend
