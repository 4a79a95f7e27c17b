"""A picture as a page for print."""

from dataclasses import dataclass

from bot.charts.series import Picture


@dataclass(frozen=True)
class Page:
    """One page of PDF, in vectors and on light ground. It is made anew each time, and not kept."""

    picture: Picture
