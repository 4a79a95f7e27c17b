"""A person's own curve, in their own words: no cutoff, no ribbon, no judgement. A child's has faces and no numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.series import told
from bot.charts.series.curves import Look, Mark, Meeting, Panel, axis, meetings_of, one_line, spots
from bot.i18n import Language


@dataclass(frozen=True)
class Ends:
    """What one's own curve is called, and the two ends of its axis in words."""

    title: str
    low: str
    high: str


@dataclass(frozen=True)
class OwnCurve:
    """A panel without lines, and its ends."""

    panel: Panel
    low: str
    high: str


@dataclass(frozen=True)
class Own:
    """One curve or two. With `faces` a sad and a glad face stand at the ends, and no number is drawn."""

    heading: str
    meetings: tuple[Meeting, ...]
    curves: tuple[OwnCurve, ...]
    faces: bool
    look: Look = Look.LIGHT


def own(
    say: Language,
    *,
    heading: str,
    outcome: tuple[Ends, Sequence[Mark]],
    alliance: tuple[Ends, Sequence[Mark]] | None = None,
    faces: bool = False,
    look: Look = Look.LIGHT,
) -> Own:
    """Word the picture for the person whose answers they are; only days with answers have a place."""
    given = [each for each in (outcome, alliance) if each is not None]
    days = axis((), *([mark.day for mark in marks] for _, marks in given))
    return Own(
        heading=one_line(heading),
        meetings=meetings_of(say, days),
        curves=tuple(_curve(say, days, ends, marks) for ends, marks in given),
        faces=faces,
        look=look,
    )


def _curve(say: Language, days: Sequence[date], ends: Ends, marks: Sequence[Mark]) -> OwnCurve:
    panel = Panel(one_line(ends.title), spots(say, days, marks)[0], None, say("No answers yet"))
    return OwnCurve(panel, one_line(ends.low), one_line(ends.high))


def caption(own: Own, say: Language) -> str:
    """The heading, then a line for each curve. Plain text; with faces it says how many answers there are."""
    return "\n".join([told.heading(own.heading), *(_told(say, each.panel, own.faces) for each in own.curves)])


def _told(say: Language, panel: Panel, faces: bool) -> str:
    title = told.name(panel.title)
    if not faces or not panel.spots:
        return told.first_and_newest(say, title, panel.spots)
    return say.plural("{title}: {n} answer", "{title}: {n} answers", len(panel.spots), title=title)


def table(own: Own, say: Language) -> str:
    """The numbers as plain text, one line a day."""
    return "\n".join([told.heading(own.heading), *told.rows(say, own.meetings, [each.panel for each in own.curves])])
