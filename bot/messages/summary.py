"""A whole case in words: for its worker, and as plain text for the client record. Numbers, and never a judgement."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.actions.summary import Answered, Strand, Summary
from bot.domain.cases import Ending
from bot.domain.change import Change
from bot.domain.instruments import Measure
from bot.domain.ratings import Rating
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.events import kind_name, way
from bot.messages.message import Message, ask, bold, column, paragraphs, plain
from bot.messages.people import icon, rater_name, subject_about

ROOM = 3200
"""Characters that the lines of a summary may fill: far under what a message takes, whatever stands around them."""


def ending_name(say: Language, ending: Ending) -> str:
    """How a case has ended: as a button, and after its day."""
    names = {
        Ending.AGREED: say("Agreed together"),
        Ending.STOPPED: say("The family stopped"),
        Ending.MOVED_ON: say("They moved on elsewhere"),
    }
    return names[ending]


def told(say: Language, summary: Summary, zone: tzinfo) -> str:
    """The case in lines, as HTML: the numbers are covered until somebody taps them."""
    found = [_of_measure(say, summary, each) for each in Measure]
    numbers = within_room("\n\n".join(each for each in found if each), ROOM * 2 // 3)
    often = within_room("\n".join(_answered(say, summary, each) for each in summary.answered), ROOM // 3)
    happened = say.plural("{n} event on the time line", "{n} events on the time line", len(summary.events))
    return paragraphs(
        met(say, summary, zone),
        f"<tg-spoiler>{plain(numbers)}</tg-spoiler>" if numbers else say("Nobody has answered yet."),
        plain(often),
        happened if summary.events else "",
    )


def met(say: Language, summary: Summary, zone: tzinfo) -> str:
    """How often people met, and from when to when."""
    if not summary.meetings:
        return say("No meetings yet.")
    first, last = (_day(say, each, zone) for each in (min(summary.meetings), max(summary.meetings)))
    often = say.plural("{n} meeting", "{n} meetings", len(summary.meetings))
    return f"{often} · {first}" if first == last else f"{often} · {first} – {last}"


def _day(say: Language, moment: datetime, zone: tzinfo) -> str:
    return say.full_date(moment.astimezone(zone).date())


def _of_measure(say: Language, summary: Summary, measure: Measure) -> str:
    titles = {Measure.OUTCOME: say("Wellbeing"), Measure.ALLIANCE: say("The meeting")}
    lines = [_line(say, summary, each) for each in summary.of(measure)]
    return "\n".join([titles[measure], *lines]) if lines else ""


def _line(say: Language, summary: Summary, strand: Strand) -> str:
    last = say.score(strand.series.last.total)
    first = say.score(strand.series.intake.total)
    numbers = f"{first} → {last}" if len(strand.series) > 1 else last
    return f"{icon(strand.rater)} {who(say, summary, strand)}: " + _sentences(numbers, changed(say, strand))


def _sentences(*parts: str) -> str:
    return ". ".join(each for each in parts if each)


def who(say: Language, summary: Summary, strand: Strand) -> str:
    """By what they are; and whom it is about, where it isn't themself."""
    name = rater_name(say, summary.case, strand.rater)
    if strand.subject is None or strand.rater.is_own(strand.subject.id):
        return name
    about = subject_about(say, summary.case, strand.subject)
    return f"{name} {about}"


def changed(say: Language, strand: Strand) -> str:
    """The last beside the first in plain words, and on which side of the line it is; nothing of the alliance."""
    if strand.change is None:
        return ""
    words = {
        Change.NONE: say("One answer so far"),
        Change.IMPROVED: say("Clearly higher than at first"),
        Change.UNRELIABLE: say("About as at first"),
        Change.DETERIORATED: say("Clearly lower than at first"),
    }
    sides = {True: say("above the line"), False: say("below the line")}
    side = sides[strand.above] if strand.above is not None else ""
    return ", ".join(each for each in (words[strand.change], side) if each)


def _answered(say: Language, summary: Summary, answered: Answered) -> str:
    name = f"{icon(answered.rater)} {rater_name(say, summary.case, answered.rater)}"
    return say(
        "{who}: answered {n} of {asked}, skipped {skipped}",
        who=name,
        n=answered.answered,
        asked=answered.asked,
        skipped=answered.skipped,
    )


def within_room(text: str, room: int = ROOM) -> str:
    """Whole lines, as many as there is room for, and three dots in place of the others."""
    kept: list[str] = []
    for line in text.split("\n"):
        if sum(len(plain(each)) + 1 for each in kept) + len(plain(line)) > room:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return text


def family(say: Language, summary: Summary, zone: tzinfo) -> Message:
    """What may be shown to everybody who is there."""
    case = summary.case
    hidden = "" if summary.all_shown else say("Not all answers are shown")
    text = paragraphs(bold(case.label), told(say, summary, zone), hidden)
    copy = ask(say("📋 For the client record"), "record", case.id)
    back = ask(say("← Back"), "closed", case.id) if case.closed_at else to_case(say, case)
    return Message(text, column([copy, back]))


# For the client record


def for_record(say: Language, summary: Summary, zone: tzinfo, *, today: datetime) -> Message:
    """To be copied with one tap: plain text without a name, a label or a code."""
    intro = say("For the client record: tap the text to copy it. It names nobody.")
    text = paragraphs(intro, f"<pre>{plain(within_room(record(say, summary, zone, today=today)))}</pre>")
    return Message(text, ((ask(say("← Back"), "summary", summary.case.id),),))


def record(say: Language, summary: Summary, zone: tzinfo, *, today: datetime) -> str:
    """Dates, instruments and numbers; the change in neutral words."""
    parts = [
        say("Summary of feedback, {day}", day=_day(say, today, zone)),
        met(say, summary, zone),
        _ended(say, summary, zone),
        *_measures(say, summary, zone),
        _happened(say, summary),
        "" if summary.all_shown else say("Not all answers are shown"),
    ]
    return "\n\n".join(each for each in parts if each)


def _ended(say: Language, summary: Summary, zone: tzinfo) -> str:
    case = summary.case
    if case.closed_at is None or case.ending is None:
        return ""
    return say("Closed on {day}: {how}", day=_day(say, case.closed_at, zone), how=ending_name(say, case.ending))


def _measures(say: Language, summary: Summary, zone: tzinfo) -> Sequence[str]:
    titles = {
        Measure.OUTCOME: say("Wellbeing, before meetings (0–40)"),
        Measure.ALLIANCE: say("How the meeting worked, after meetings (0–40)"),
    }
    found = {each: [_recorded(say, summary, strand, zone) for strand in summary.of(each)] for each in Measure}
    return ["\n".join([titles[each], *lines]) for each, lines in found.items() if lines]


def _recorded(say: Language, summary: Summary, strand: Strand, zone: tzinfo) -> str:
    name, instrument = who(say, summary, strand), strand.series.instrument.code.upper()
    first, last = strand.series.intake, strand.series.last
    if len(strand.series) < 2:
        return f"{name} ({instrument}): {_given(say, last, zone)}"
    number = say.plural("{n} answer", "{n} answers", len(strand.series))
    difference = f"{'+' if strand.difference > 0 else ''}{say.score(strand.difference)}"
    course = say("first {first}, last {last}", first=_given(say, first, zone), last=_given(say, last, zone))
    return f"{name} ({instrument}, {number}): " + _sentences(f"{course}; {difference}", changed(say, strand))


def _given(say: Language, rating: Rating, zone: tzinfo) -> str:
    return f"{say.score(rating.total)} ({_day(say, rating.at, zone)})"


def _happened(say: Language, summary: Summary) -> str:
    lines = [f"{say.full_date(each.day)}: {kind_name(say, each.kind)} {way(each.turn)}" for each in summary.events]
    return "\n".join([say("What happened around it"), *lines]) if lines else ""
