"""A whole case in words: for its worker, and as plain text for the client record. Numbers, and never a judgement."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from bot.actions.summary import Answered, Strand, Summary
from bot.charts import series
from bot.domain.cases import Ending
from bot.domain.change import Change
from bot.domain.instruments import OF_MEETING, Measure
from bot.domain.letters import Place, PlaceKind
from bot.domain.ratings import Rating
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.events import kind_name, kind_on_picture, way
from bot.messages.message import Document, Message, ask, bold, paragraphs, plain
from bot.messages.people import icon, rater_name, subject_about
from bot.messages.wording import worded

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
    titles = {Measure.OUTCOME: say("Wellbeing"), Measure.ALLIANCE: say("The meeting"), Measure.OWN: say("Own measures")}
    lines = [_line(say, summary, each) for each in summary.of(measure)]
    return "\n".join([titles[measure], *lines]) if lines else ""


def _line(say: Language, summary: Summary, strand: Strand) -> str:
    last = say.score(strand.series.last.total)
    first = say.score(strand.series.intake.total)
    numbers = f"{first} → {last}" if len(strand.series) > 1 else last
    which = f" ({called(say, strand)})" if strand.measure is Measure.OWN else ""
    return f"{icon(strand.rater)} {who(say, summary, strand)}{which}: " + _sentences(numbers, changed(say, strand))


def called(say: Language, strand: Strand) -> str:
    """The instrument by its letters; a service's own by its title."""
    instrument = strand.series.instrument
    return worded(say, instrument, "title") if strand.measure is Measure.OWN else instrument.code.upper()


def _sentences(*parts: str) -> str:
    return ". ".join(each for each in parts if each)


def who(say: Language, summary: Summary, strand: Strand) -> str:
    """By what they are; and whom it is about, where that could be somebody else."""
    name = rater_name(say, summary.case, strand.rater)
    if strand.subject is None or strand.rater.is_own(strand.subject.id) or len(summary.case.subjects) == 1:
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


# The page that may be shown to everybody who is there


def page(say: Language, summary: Summary, zone: tzinfo) -> Message:
    """One picture of the whole case; a lock screen and who looks over a shoulder see no number before a tap."""
    case, drawn = summary.case, picture(say, summary, zone)
    text = f"📄 {bold(case.label)}\n<tg-spoiler>{plain(series.caption(drawn, say))}</tg-spoiler>"
    print_it, copy = ask(say("🖨 To print"), "print", case.id), ask(say("📋 For the client record"), "record", case.id)
    place = Place(PlaceKind.SUMMARY, case.id)
    return Message(text, ((print_it,), (copy,), (to_case(say, case),)), picture=drawn, place=place)


def printed(say: Language, summary: Summary, zone: tzinfo) -> Message:
    """The same as a file. Its name says nothing of anybody."""
    name = say("summary")
    page = Document(f"{name}.pdf", picture(say, summary, zone))
    return Message(say("One A4 page. It names nobody."), ((to_case(say, summary.case),),), document=page)


def picture(say: Language, summary: Summary, zone: tzinfo) -> series.Summary:
    """By what people are, never by a name or a label. Of more raters than can be told apart, who has answered most."""
    outcome, looks = _most_answered(summary.of(Measure.OUTCOME)), dict[str, int]()
    strands = [*outcome, *summary.of(Measure.ALLIANCE)]
    for strand in strands:
        looks.setdefault(_look(strand), len(looks))
    shown = [each for each in strands if looks[_look(each)] < series.VOICES]
    without = [who(say, summary, each) for each in summary.strands if each.measure in OF_MEETING and each not in shown]
    return series.summary(
        say,
        heading=say("Our time together"),
        met=met(say, summary, zone),
        meetings=[each.astimezone(zone).date() for each in summary.meetings],
        outcome=[_drawn(say, summary, each, looks, zone) for each in shown if each.measure is Measure.OUTCOME],
        alliance=[_drawn(say, summary, each, looks, zone) for each in shown if each.measure is Measure.ALLIANCE],
        events=[series.Event(each.day, kind_on_picture(say, each.kind), each.turn) for each in summary.events],
        left_out=series.left_out(say, all_shown=summary.all_shown, without=without),
    )


def _most_answered(strands: Sequence[Strand]) -> Sequence[Strand]:
    """At most six, in their order."""
    chosen = sorted(strands, key=lambda each: -len(each.series))[: series.VOICES]
    return [each for each in strands if each in chosen]


def _look(strand: Strand) -> str:
    """What has one colour: a rater's answers about the meetings and whom they rate first; about others each its own."""
    rater, first = strand.rater, strand.rater.own_subject_id or strand.rater.subject_ids[0]
    return rater.id if strand.subject is None or strand.subject.id == first else f"{rater.id} {strand.subject.id}"


def _drawn(say: Language, summary: Summary, strand: Strand, looks: Mapping[str, int], zone: tzinfo) -> series.Strand:
    days = [each.astimezone(zone).date() for each in strand.moments]
    ratings = zip(days, strand.series.ratings, strict=True)
    marks = [series.Mark(day, each.total, series.How(each.mode.value)) for day, each in ratings]
    words = changed(say, replace(strand, above=None))
    given = sorted(marks, key=lambda each: each.day)
    return series.Strand(who(say, summary, strand), looks[_look(strand)], given, words)


# For the client record


def for_record(say: Language, summary: Summary, zone: tzinfo, *, today: datetime) -> Message:
    """To be copied with one tap: plain text without a name, a label or a code."""
    intro = say("For the client record: tap the text to copy it. It names nobody.")
    text = paragraphs(intro, f"<pre>{plain(within_room(record(say, summary, zone, today=today)))}</pre>")
    return Message(text, ((to_case(say, summary.case),),))


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
        Measure.OWN: say("Own measures"),
    }
    found = {each: [_recorded(say, summary, strand, zone) for strand in summary.of(each)] for each in Measure}
    return ["\n".join([titles[each], *lines]) for each, lines in found.items() if lines]


def _recorded(say: Language, summary: Summary, strand: Strand, zone: tzinfo) -> str:
    name, instrument = who(say, summary, strand), called(say, strand)
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
