"""The four items of one rater over time, one small chart above the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.series import told
from bot.charts.series.curves import Look, Mark, Meeting, Panel, axis, meetings_of, one_line, spots
from bot.domain.instruments import ITEM_COUNT, ITEM_MAXIMUM, Measure
from bot.i18n import Language


@dataclass(frozen=True)
class Scored:
    """One complete rating: its day and its four scores in mm (0-100)."""

    day: date
    scores: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.scores) != ITEM_COUNT or not all(0 <= each <= ITEM_MAXIMUM for each in self.scores):
            raise ValueError(f"there are {ITEM_COUNT} scores of 0-{ITEM_MAXIMUM} mm")


@dataclass(frozen=True)
class Areas:
    """Four panels on one axis of meetings, drawn as curves of `measure`."""

    heading: str
    meetings: tuple[Meeting, ...]
    panels: tuple[Panel, ...]
    measure: Measure = Measure.OUTCOME
    look: Look = Look.LIGHT


def areas(
    say: Language,
    *,
    heading: str,
    names: Sequence[str],
    meetings: Sequence[date],
    ratings: Sequence[Scored],
    measure: Measure = Measure.OUTCOME,
    look: Look = Look.LIGHT,
) -> Areas:
    """Word the picture; `names` are the four items in words."""
    days = axis(meetings, [each.day for each in ratings])
    panels = [
        Panel(one_line(name), spots(say, days, [Mark(each.day, each.scores[item]) for each in ratings])[0], None, "")
        for item, name in enumerate(names)
    ]
    return Areas(
        heading=one_line(heading),
        meetings=meetings_of(say, days),
        panels=tuple(_small(panel, say("No answers yet")) for panel in panels),
        measure=measure,
        look=look,
    )


def _small(panel: Panel, empty: str) -> Panel:
    return Panel(panel.title, panel.spots, None, empty, full=ITEM_MAXIMUM)


def caption(areas: Areas, say: Language) -> str:
    """The heading, then a line for each area with its newest and first value. Plain text."""
    lines = [told.first_and_newest(say, told.name(panel.title), panel.spots) for panel in areas.panels]
    return "\n".join([told.heading(areas.heading), *lines])


def table(areas: Areas, say: Language) -> str:
    """The numbers as plain text, one line a meeting."""
    return "\n".join([told.heading(areas.heading), *told.rows(say, areas.meetings, areas.panels)])
