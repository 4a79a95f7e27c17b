"""One rater's wellbeing and alliance over the meetings, with what happened meanwhile."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.charts.series import told
from bot.charts.series.curves import (
    Cutoff,
    Edge,
    Ground,
    Key,
    Look,
    Mark,
    Meeting,
    Missing,
    Panel,
    Ribbon,
    Spot,
    Why,
    axis,
    key,
    meetings_of,
    one_line,
    since_the_first,
    spots,
)
from bot.domain.events import Turn
from bot.domain.trajectories import Expected
from bot.i18n import Language

BESIDE = 0.4
"""How far before the first meeting or after the last one an event stands, in places of the axis."""

TOLD = 3
"""Events and gaps that a caption names at most, the newest."""


@dataclass(frozen=True)
class Event:
    """What happened on a day: its kind in a short word (school, home, move), and which way it took things."""

    day: date
    word: str
    turn: Turn = Turn.NEITHER


@dataclass(frozen=True)
class Sign:
    """An event in its place, which may be between two meetings (1.5); `day` is its short date."""

    at: float
    word: str
    turn: Turn
    day: str


@dataclass(frozen=True)
class Besides:
    """What a trend shows besides ratings, and with it the change since the first; all of it may be missing.

    `expected`: the lines of the loaded trajectory at the 1st, 2nd, ... outcome rating, None where there is none.
    `corridor`: without a trajectory, the lines of ordinary ups and downs around the intake. Both in mm. `today`: the
    newest rating is called so when it is of this day.
    """

    outcome_missing: Sequence[Missing] = ()
    alliance_missing: Sequence[Missing] = ()
    events: Sequence[Event] = ()
    expected: Sequence[Expected | None] = ()
    corridor: Expected | None = None
    today: date | None = None
    look: Look = Look.LIGHT


@dataclass(frozen=True)
class Trend:
    """Everything in the picture of one rater: `wellbeing` above, `alliance` below, one axis of meetings."""

    heading: str
    meetings: tuple[Meeting, ...]
    wellbeing: Panel
    alliance: Panel
    events: tuple[Sign, ...] = ()
    key: tuple[Key, ...] = ()
    look: Look = Look.LIGHT


def trend(
    say: Language,
    *,
    heading: str,
    meetings: Sequence[date],
    outcome: Sequence[Mark],
    alliance: Sequence[Mark],
    outcome_cutoff: int | None,
    alliance_cutoff: int | None,
    besides: Besides | None = None,
) -> Trend:
    """Word the picture of one rater's ratings over all meetings of the case.

    The axis has a place for each of `meetings`, two of them on a day with two; a rating on a day
    that is no meeting gets a place of its own. The nth rating of a day belongs to its nth place.
    Order of the arguments doesn't matter between days. Cutoffs are totals in mm.
    """
    more = besides or Besides()
    asked = ((outcome, more.outcome_missing), (alliance, more.alliance_missing))
    days = axis(meetings, *([*(each.day for each in marks), *(each.day for each in gaps)] for marks, gaps in asked))
    above = _panel(say, days, outcome, more.outcome_missing, _cutoff(say, outcome_cutoff))
    below = _panel(say, days, alliance, more.alliance_missing, _cutoff(say, alliance_cutoff))
    wellbeing = replace(
        above,
        title=say("Wellbeing"),
        ribbon=_ribbon(above.spots, more, len(days)),
        change=since_the_first(say, above.spots) if besides else "",
        when=_when(say, days, above.spots, more.today),
    )
    return Trend(
        heading=one_line(heading),
        meetings=meetings_of(say, days),
        wellbeing=wellbeing,
        alliance=replace(below, title=say("The meeting"), when=_when(say, days, below.spots, more.today)),
        events=tuple(sign(say, days, event) for event in sorted(more.events, key=lambda each: each.day)),
        key=key(say, (wellbeing, below)),
        look=more.look,
    )


def _panel(
    say: Language, days: Sequence[date], marks: Sequence[Mark], missing: Sequence[Missing], cutoff: Cutoff | None
) -> Panel:
    found, gaps = spots(say, days, marks, missing)
    return Panel("", found, cutoff, say("No answers yet"), gaps)


def _cutoff(say: Language, total: int | None) -> Cutoff | None:
    return None if total is None else Cutoff(total, say("Cutoff {score}", score=say.score(total)))


def _ribbon(found: Sequence[Spot], more: Besides, places: int) -> Ribbon | None:
    """The trajectory from rating to rating; without one the corridor, from the intake to the end of the axis."""
    if not found:
        return None
    edges = [
        Edge(spot.at, each.target, each.lower)
        for spot, each in zip(found, more.expected, strict=False)
        if each is not None
    ]
    if edges:
        begins = () if edges[0].at == found[0].at else (Edge(found[0].at, found[0].total, found[0].total),)
        return Ribbon(Ground.EXPECTED, (*begins, *edges))
    if more.corridor is None:
        return None
    ends = sorted({found[0].at, places - 1})
    return Ribbon(Ground.CORRIDOR, tuple(Edge(at, more.corridor.target, more.corridor.lower) for at in ends))


def _when(say: Language, days: Sequence[date], found: Sequence[Spot], today: date | None) -> str:
    return say.within("picture", "today") if found and days[found[-1].at] == today else ""


def sign(say: Language, days: Sequence[date], event: Event) -> Sign:
    """On its meeting's place, or between two by the days that lie between; shortly beside the axis before or after."""
    at = float(bisect_left(days, event.day))
    if not days:
        at = 0.0
    elif event.day < days[0]:
        at = -BESIDE
    elif event.day > days[-1]:
        at = len(days) - 1 + BESIDE
    elif (after := days[int(at)]) != event.day:
        before = days[int(at) - 1]
        at -= (after - event.day) / (after - before)
    return Sign(at, one_line(event.word), event.turn, say.date(event.day))


def caption(trend: Trend, say: Language) -> str:
    """Say in words what the picture shows: the heading, then a line for each curve with its newest and first value.

    Then, where there are any, the newest gaps and events. Plain text. It doesn't say whether that is good.
    """
    lines = [told.first_and_newest(say, panel.title, panel.spots) for panel in (trend.wellbeing, trend.alliance)]
    return "\n".join([told.heading(trend.heading), *lines, *_gaps_told(trend, say), *_events_told(trend)])


def _gaps_told(trend: Trend, say: Language) -> list[str]:
    """The meetings at which wellbeing was skipped or not finished, or they weren't there."""
    found = {why: _days(trend, why) for why in Why}
    said = {
        Why.SKIPPED: say("Skipped: {days}", days=found[Why.SKIPPED]),
        Why.INCOMPLETE: say("Not finished: {days}", days=found[Why.INCOMPLETE]),
        Why.NOT_THERE: say("Not there: {days}", days=found[Why.NOT_THERE]),
    }
    return [said[why] for why in Why if found[why]]


def _days(trend: Trend, why: Why) -> str:
    days = [trend.meetings[gap.at].label for gap in trend.wellbeing.gaps if gap.why is why]
    return ", ".join([*("…" for _ in days[TOLD:][:1]), *days[-TOLD:]])


def _events_told(trend: Trend) -> list[str]:
    return [", ".join(_event_told(sign) for sign in trend.events[-TOLD:])] if trend.events else []


def _event_told(sign: Sign) -> str:
    arrow = {Turn.UP: " ↑", Turn.DOWN: " ↓", Turn.NEITHER: ""}[sign.turn]
    return f"{sign.day} {told.name(sign.word)}{arrow}"


def table(trend: Trend, say: Language) -> str:
    """The numbers of the picture as plain text, one line a meeting, oldest first; a dash is no answer.

    Of more than 80 meetings the newest 80 are listed, after a line with three dots; of events the newest 20.
    """
    panels = (trend.wellbeing, trend.alliance)
    cutoffs = [f"{panel.title}: {panel.cutoff.label}" for panel in panels if panel.cutoff]
    events = [_event_told(sign) for sign in trend.events[-20:]]
    return "\n".join([told.heading(trend.heading), *told.rows(say, trend.meetings, panels), *cutoffs, *events])
