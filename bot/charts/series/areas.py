"""Small curves of one rater, one above the other: the four items over time, or the service's own measures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.charts.series import told
from bot.charts.series.curves import (
    How,
    Key,
    Look,
    Mark,
    Meeting,
    Missing,
    Panel,
    axis,
    key,
    meetings_of,
    one_line,
    spots,
)
from bot.domain.instruments import ITEM_COUNT, ITEM_MAXIMUM, Measure
from bot.i18n import Language

CURVES = 6
"""So many small curves a picture has at most: more would have to be scrolled."""

CELLS = 140
"""Values that the table lists at most: all of them words, it ends under 4096 characters."""


@dataclass(frozen=True)
class Scored:
    """One complete rating: its day, its four scores in mm (0-100), and how they came."""

    day: date
    scores: Sequence[int]
    how: How = How.BUTTONS

    def __post_init__(self) -> None:
        if len(self.scores) != ITEM_COUNT or not all(0 <= each <= ITEM_MAXIMUM for each in self.scores):
            raise ValueError(f"there are {ITEM_COUNT} scores of 0-{ITEM_MAXIMUM} mm")


@dataclass(frozen=True)
class Measured:
    """What somebody has answered to one measure of the service's own, which has a scale of its own (mm)."""

    title: str
    marks: Sequence[Mark]
    least: int
    full: int
    missing: Sequence[Missing] = ()


@dataclass(frozen=True)
class Areas:
    """Panels on one axis of meetings, drawn as curves of `measure`. `note` is said below, where there is one."""

    heading: str
    meetings: tuple[Meeting, ...]
    panels: tuple[Panel, ...]
    measure: Measure = Measure.OUTCOME
    key: tuple[Key, ...] = ()
    note: str = ""
    look: Look = Look.LIGHT


def areas(
    say: Language,
    *,
    heading: str,
    names: Sequence[str],
    meetings: Sequence[date],
    ratings: Sequence[Scored],
    missing: Sequence[Missing] = (),
    look: Look = Look.LIGHT,
) -> Areas:
    """Word the picture of wellbeing by area; `names` are the four items in words."""
    curves = [
        Measured(name, [Mark(each.day, each.scores[item], each.how) for each in ratings], 0, ITEM_MAXIMUM, missing)
        for item, name in enumerate(names)
    ]
    return _worded(say, heading, meetings, curves, Measure.OUTCOME, look)


def measures(
    say: Language,
    *,
    heading: str,
    meetings: Sequence[date],
    measured: Sequence[Measured],
    look: Look = Look.LIGHT,
) -> Areas:
    """Word the picture of the service's own measures: the first six are drawn, and a note says which aren't."""
    drawn = _worded(say, heading, meetings, measured[:CURVES], Measure.OWN, look)
    without = ", ".join(told.name(one_line(each.title)) for each in measured[CURVES:])
    return replace(drawn, note=say("Not in the picture: {who}", who=without) if without else "")


def _worded(
    say: Language, heading: str, meetings: Sequence[date], curves: Sequence[Measured], measure: Measure, look: Look
) -> Areas:
    asked = ([*(mark.day for mark in each.marks), *(gap.day for gap in each.missing)] for each in curves)
    days = axis(meetings, *asked)
    panels = tuple(_panel(say, days, each) for each in curves)
    return Areas(
        heading=one_line(heading),
        meetings=meetings_of(say, days),
        panels=panels,
        measure=measure,
        key=key(say, panels),
        look=look,
    )


def _panel(say: Language, days: Sequence[date], curve: Measured) -> Panel:
    found, gaps = spots(say, days, curve.marks, curve.missing)
    return Panel(
        one_line(curve.title), found, None, say("No answers yet"), gaps=gaps, full=curve.full, least=curve.least
    )


def caption(areas: Areas, say: Language) -> str:
    """The heading, then a line for each curve with its newest and first value. Plain text."""
    lines = [told.first_and_newest(say, told.name(panel.title), panel.spots) for panel in areas.panels]
    return "\n".join([told.heading(areas.heading), *lines, *([areas.note] if areas.note else [])])


def table(areas: Areas, say: Language) -> str:
    """The numbers as plain text, one line a meeting."""
    rows = told.rows(say, areas.meetings, areas.panels, most=CELLS // max(len(areas.panels), 1))
    return "\n".join([told.heading(areas.heading), *rows, *([areas.note] if areas.note else [])])
