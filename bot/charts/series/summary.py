"""A whole case on one page, to look at together or to print: curves, what happened, and where everybody is in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from bot.charts.series import told
from bot.charts.series.curves import Key, Look, Mark, Meeting, axis, key_of_several, meetings_of, one_line, spots
from bot.charts.series.family import VOICES, Chorus, Voice
from bot.charts.series.trend import Event, Sign, sign
from bot.i18n import Language

NOTE = 200
"""Characters of a note that a caption keeps."""


@dataclass(frozen=True)
class Strand:
    """One rater's answers about one subject, or about the meetings.

    `nth` (0-5) is how they look everywhere on the page. `words`: the last beside the first, in plain words.
    """

    name: str
    nth: int
    marks: Sequence[Mark]
    words: str = ""


@dataclass(frozen=True)
class Told:
    """One line in words: who, the first and the last value, and what they are beside one another."""

    name: str
    nth: int
    numbers: str
    words: str


@dataclass(frozen=True)
class Summary:
    """`met`: how often and from when to when. `lines` are of wellbeing. `notes` stand below everything."""

    heading: str
    met: str
    meetings: tuple[Meeting, ...]
    wellbeing: Chorus
    alliance: Chorus
    events: tuple[Sign, ...]
    lines: tuple[Told, ...]
    notes: tuple[str, ...]
    key: tuple[Key, ...] = ()
    look: Look = Look.LIGHT


def summary(
    say: Language,
    *,
    heading: str,
    met: str,
    meetings: Sequence[date],
    outcome: Sequence[Strand],
    alliance: Sequence[Strand],
    events: Sequence[Event],
    left_out: str = "",
) -> Summary:
    """Word the page. `left_out` says what isn't on it. Only strands that look different can be: `nth` is under 6.

    Raises:
        ValueError: one more than can be told apart.
    """
    strands = (*outcome, *alliance)
    if any(not 0 <= each.nth < VOICES for each in strands):
        raise ValueError(f"at most {VOICES} raters can be told apart")
    days = axis(meetings, *([mark.day for mark in each.marks] for each in strands))
    shown = [each for each in events if days]
    question = say("What do you see here? It is a start for talking.")
    above, below = (_voices(say, days, each) for each in (outcome, alliance))
    return Summary(
        heading=one_line(heading),
        met=one_line(met),
        meetings=meetings_of(say, days),
        wellbeing=Chorus(say("Wellbeing"), above, say("No answers yet")),
        alliance=Chorus(say("The meeting"), below, say("No answers yet")),
        events=tuple(sign(say, days, each) for each in sorted(shown, key=lambda each: each.day)),
        lines=tuple(_told(say, each) for each in outcome if each.marks),
        notes=tuple(each for each in (question, one_line(left_out)) if each),
        key=key_of_several(say, [spot for voice in (*above, *below) for spot in voice.spots]),
    )


def _voices(say: Language, days: Sequence[date], strands: Sequence[Strand]) -> tuple[Voice, ...]:
    return tuple(
        Voice(one_line(each.name), each.nth, spots(say, days, each.marks)[0]) for each in strands if each.marks
    )


def _told(say: Language, strand: Strand) -> Told:
    first, last = (say.score(each.total) for each in (strand.marks[0], strand.marks[-1]))
    numbers = f"{first} → {last}" if len(strand.marks) > 1 else last
    return Told(one_line(strand.name), strand.nth, numbers, one_line(strand.words))


def caption(summary: Summary) -> str:
    """The heading, how often people met, and each rater's wellbeing, first and last. Plain text."""
    lines = ", ".join(f"{told.name(each.name)} {each.numbers}" for each in summary.lines)
    wellbeing = [f"{summary.wellbeing.title}: {lines}"] if lines else []
    notes = [shorten(each, NOTE, placeholder="…") for each in summary.notes]
    return "\n".join([told.heading(summary.heading), told.heading(summary.met), *wellbeing, *notes])


def table(summary: Summary) -> str:
    """The same in full: with what the last is beside the first, the alliance, and what happened."""
    lines = [f"{told.name(each.name)}: {each.numbers}. {each.words}".rstrip(". ") for each in summary.lines]
    newest = [f"{told.name(each.name)}: {each.spots[-1].label}" for each in summary.alliance.voices]
    happened = [f"{each.day}: {told.name(each.word)}" for each in summary.events[-told.TABLE_ROWS // 2 :]]
    parts = (
        [told.heading(summary.heading), summary.met],
        [summary.wellbeing.title, *(lines or [summary.wellbeing.empty])],
        [summary.alliance.title, *(newest or [summary.alliance.empty])],
        happened,
        [shorten(each, 2 * NOTE, placeholder="…") for each in summary.notes],
    )
    return "\n\n".join("\n".join(each) for each in parts if each)
