"""Every rater about the same subject in one chart for wellbeing and one for alliance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.series import told
from bot.charts.series.curves import (
    Key,
    Look,
    Mark,
    Meeting,
    Panel,
    Spot,
    axis,
    key_of_several,
    meetings_of,
    one_line,
    spots,
    stretches,
)
from bot.i18n import Language

VOICES = 6
"""So many raters can be told apart in one chart."""


TABLE_ROWS = 24
"""Meetings that each of the two tables lists at most: together they end far under 4096 characters."""


@dataclass(frozen=True)
class Ratings:
    """What a rater has given, as far as all may see it, and what the rater is called."""

    name: str
    outcome: Sequence[Mark] = ()
    alliance: Sequence[Mark] = ()


@dataclass(frozen=True)
class Voice:
    """One rater's curve. `nth` (0-5) is how it looks: the same in both charts, also of one who is missing in one."""

    name: str
    nth: int
    spots: tuple[Spot, ...]

    @property
    def stretches(self) -> tuple[tuple[Spot, ...], ...]:
        return stretches(self.spots)


@dataclass(frozen=True)
class Chorus:
    """One chart: those who have rated. Without any, `empty` is said in their place."""

    title: str
    voices: tuple[Voice, ...]
    empty: str


@dataclass(frozen=True)
class Family:
    """`wellbeing` above, `alliance` below, one axis of meetings; `key` and `note` are below, where there are any."""

    heading: str
    meetings: tuple[Meeting, ...]
    wellbeing: Chorus
    alliance: Chorus
    note: str = ""
    key: tuple[Key, ...] = ()
    look: Look = Look.LIGHT


def family(
    say: Language,
    *,
    heading: str,
    meetings: Sequence[date],
    raters: Sequence[Ratings],
    all_shown: bool,
    look: Look = Look.LIGHT,
) -> Family:
    """Word the picture of all raters. `all_shown`: nobody has given an answer for the worker only.

    Of more than six raters the first six are drawn, and the note says who isn't.
    """
    raters, without = raters[:VOICES], raters[VOICES:]
    outcome, alliance = [each.outcome for each in raters], [each.alliance for each in raters]
    days = axis(meetings, *([mark.day for mark in marks] for marks in (*outcome, *alliance)))
    names = [one_line(each.name) for each in raters]
    above, below = (_voices(say, days, names, each) for each in (outcome, alliance))
    return Family(
        heading=one_line(heading),
        meetings=meetings_of(say, days),
        wellbeing=Chorus(say("Wellbeing"), above, say("No answers yet")),
        alliance=Chorus(say("The meeting"), below, say("No answers yet")),
        note=note(say, all_shown=all_shown, without=[each.name for each in without]),
        key=key_of_several(say, [spot for voice in (*above, *below) for spot in voice.spots]),
        look=look,
    )


def _voices(
    say: Language, days: Sequence[date], names: Sequence[str], ratings: Sequence[Sequence[Mark]]
) -> tuple[Voice, ...]:
    return tuple(
        Voice(name, nth, spots(say, days, marks)[0])
        for nth, (name, marks) in enumerate(zip(names, ratings, strict=True))
        if marks
    )


def note(say: Language, *, all_shown: bool, without: Sequence[str]) -> str:
    """That something is left out: in the same words for all, so that nobody learns who wants it for the worker only.

    `without` are those for whom the picture has no room.
    """
    parts = [] if all_shown else [say("Not all answers are shown")]
    if without:
        parts.append(say("Not in the picture: {who}", who=", ".join(told.name(one_line(each)) for each in without)))
    return " · ".join(parts)


def caption(family: Family, say: Language) -> str:
    """The heading, then for each chart every rater's newest value. Plain text."""
    lines = [_told(say, each) for each in (family.wellbeing, family.alliance)]
    return "\n".join([told.heading(family.heading), *lines, *([family.note] if family.note else [])])


def _told(say: Language, chorus: Chorus) -> str:
    if not chorus.voices:
        return say("{title}: no answers yet", title=chorus.title)
    newest = ", ".join(f"{told.name(voice.name)} {voice.spots[-1].label}" for voice in chorus.voices)
    return f"{chorus.title}: {newest}"


def table(family: Family, say: Language) -> str:
    """The numbers as plain text: one line for each of the newest 24 meetings, first of wellbeing, then of alliance."""
    lines = [told.heading(family.heading)]
    for chorus in (family.wellbeing, family.alliance):
        lines += ["", chorus.title, *_rows(say, family, chorus)]
    return "\n".join([*lines, *([family.note] if family.note else [])])


def _rows(say: Language, family: Family, chorus: Chorus) -> list[str]:
    panels = [Panel(voice.name, voice.spots, None, "") for voice in chorus.voices]
    return told.rows(say, family.meetings, panels, most=TABLE_ROWS) if panels else [chorus.empty]
