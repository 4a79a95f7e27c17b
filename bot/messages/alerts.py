"""Alerts in words: a question to start a talk with. The first line shows neither score nor who; numbers are hidden.

No word of risk, no advice: what somebody marked, and what one could ask them about it.
"""

from datetime import datetime, tzinfo

from bot.actions.talks import AlertView
from bot.domain.alerts import Alert, Level, Rule
from bot.domain.instruments import ITEMS
from bot.i18n import Language
from bot.messages.message import Button, Message, Row, ask, bold, paragraphs, plain
from bot.messages.people import rater_line, subject_about
from bot.messages.questions import answerer, gist, questions

ONE_AFTER_ANOTHER = frozenset({Rule.SLIDING, Rule.SEESAW})
"""Rules that speak of several ratings in a row: these are their numbers."""
SINCE_THE_FIRST = frozenset({Rule.OUTCOME_DROP, Rule.NO_CHANGE})
BY_AREA = frozenset({Rule.VERY_LOW, Rule.ALLIANCE_LOW})
SHOWN_IN_A_ROW = 6


def alert(
    say: Language, view: AlertView, *, repeated: bool = False, again: bool = False, passed_on: bool = False
) -> Message:
    """The letter to a worker. `repeated`: it may have arrived already, and says so under the same number; `again`: they
    have put it off; `passed_on`: it wasn't opened in time by who got it first.

    Of somebody who isn't the worker's client yet nothing is shown.
    """
    why = paragraphs(
        say("Sent once more: it may have arrived before.") if repeated else "",
        say("It comes again, as you asked.") if again else "",
        say("It was passed on to you, because it hadn't been opened yet.") if passed_on else "",
    )
    if view.case.check is not None:
        return _waits(say, view, why)
    text = paragraphs(
        _first(say, view), why, _who(say, view), _numbers(say, view), _one_question(say, view), _others(say, view)
    )
    return Message(text, ((ask(say("Open"), "alert", view.alert.number),), _steps(say, view)))


def _first(say: Language, view: AlertView) -> str:
    return say("🔔 Something to talk about together (alert {number})", number=view.alert.number)


def _waits(say: Language, view: AlertView, why: str = "") -> Message:
    waits = say("From somebody who waits for your yes: {check}", check=bold(view.case.check or ""))
    if view.stands_in:
        waits = say("From somebody who waits for a colleague's yes: {check}", check=bold(view.case.check or ""))
    rows = () if view.stands_in else ((ask(say("Who is it?"), "look", view.case.id),),)
    return Message(paragraphs(_first(say, view), why, waits), rows)


def _who(say: Language, view: AlertView) -> str:
    """The case; and who has rated, with whom about where they rate several."""
    who = rater_line(say, view.case, view.rater)
    if view.series.subject_id is not None and len(view.rater.subject_ids) > 1:
        subject = view.case.subject(view.series.subject_id)
        who = say("{rater}, {about_whom}", rater=who, about_whom=subject_about(say, view.case, subject))
    return f"{bold(view.case.label)}\n{plain(who)}"


def _numbers(say: Language, view: AlertView) -> str:
    lines = "\n".join([*_totals(say, view), *_areas(say, view)])
    return f"<tg-spoiler>{lines}</tg-spoiler>"


def _totals(say: Language, view: AlertView) -> list[str]:
    totals, rule = view.series.totals, view.alert.rule
    if rule in ONE_AFTER_ANOTHER:
        row = " → ".join(say.score(each) for each in totals[-SHOWN_IN_A_ROW:])
        return [say("Marked one after another: {totals}", totals=row)]
    lines = [say("Marked now: {total}", total=bold(say.score(totals[-1])))]
    if len(totals) > 1:
        lines.append(say("The time before: {total}", total=say.score(totals[-2])))
    if len(totals) > 2 and rule in SINCE_THE_FIRST:
        lines.append(say("The first time: {total}", total=say.score(totals[0])))
    return lines


def _areas(say: Language, view: AlertView) -> list[str]:
    """Where they marked lowest, for what may come from one area alone."""
    rating = view.series.last
    if view.alert.rule not in BY_AREA or len(rating.scores) != len(ITEMS):
        return []
    titles = {item: say.instrument(f"{rating.instrument.code}.{item}.title") for item in ITEMS}
    lowest = [titles[item] for item in ITEMS if rating.scores[item - 1] == min(rating.scores)]
    areas, score = plain(", ".join(lowest)), say.score(min(rating.scores))
    return [say("Lowest: {areas} ({score})", areas=areas, score=score)]


def _one_question(say: Language, view: AlertView) -> str:
    asked = questions(say, view.alert.rule, answerer(view.rater, view.series.subject_id))
    return f"{plain(gist(say, view.alert.rule))}\n{could_ask(say, asked[0])}"


def could_ask(say: Language, question: str) -> str:
    return say("You could ask: “{question}”", question=plain(question))


def quoted(say: Language, question: str) -> str:
    """A question as one of several."""
    return say("· “{question}”", question=plain(question))


def _others(say: Language, view: AlertView) -> str:
    """What else is in the same answers, a line for each."""
    lines = [f"· {_named(say, each)}" for each in view.others]
    return "\n".join([say("Also in these answers:"), *lines]) if lines else ""


def _named(say: Language, alert: Alert) -> str:
    """What it starts from; and its number, where it would have had a letter of its own."""
    if alert.level is not Level.ALERT:
        return plain(gist(say, alert.rule))
    return say("{gist} (alert {number})", gist=plain(gist(say, alert.rule)), number=alert.number)


def _steps(say: Language, view: AlertView) -> Row:
    """Putting off is for once."""
    talked = ask(say("✓ Talked about it"), "talked", view.alert.number)
    later = ask(say("⏰ Later"), "later", view.alert.number)
    return (talked, later) if view.alert.later_at is None else (talked,)


def _to_case(say: Language, view: AlertView) -> tuple[Row, ...]:
    """A deputy sees the alert and not the case."""
    return () if view.stands_in else ((_case_button(say, view),),)


def _case_button(say: Language, view: AlertView) -> Button:
    return ask(say("To the case"), "case", view.case.id)


# In the place of the letter


def opened(say: Language, view: AlertView) -> Message:
    """All the questions; and of what else there is, one each."""
    if not view.so or view.case.check is not None:
        return _left(say, view)
    asked = questions(say, view.alert.rule, answerer(view.rater, view.series.subject_id))
    own = "\n".join([plain(gist(say, view.alert.rule)), say("You could ask:"), *(quoted(say, each) for each in asked)])
    text = paragraphs(_first(say, view), _who(say, view), _numbers(say, view), own, *_other_questions(say, view))
    talked = () if view.alert.talked_at else (_steps(say, view),)
    return Message(text, (*_to_case(say, view), *talked))


def _left(say: Language, view: AlertView) -> Message:
    return _waits(say, view) if view.case.check is not None else changed(say, view)


def _other_questions(say: Language, view: AlertView) -> list[str]:
    asked = [
        (each, questions(say, each.rule, answerer(view.rater, view.series.subject_id))[:1]) for each in view.others
    ]
    return ["\n".join([_named(say, each), *(quoted(say, one) for one in first)]) for each, first in asked]


def changed(say: Language, view: AlertView) -> Message:
    """The answers aren't as they were when it was raised."""
    said = say("The answers have been changed since then, and there is nothing left of this in them.")
    return Message(paragraphs(_first(say, view), _who(say, view), said), _to_case(say, view))


def talked(say: Language, view: AlertView) -> Message:
    if not view.so or view.case.check is not None:
        return _left(say, view)
    text = paragraphs(_first(say, view), _who(say, view), say("✓ Talked about together."))
    return Message(text, _to_case(say, view))


def put_off(say: Language, view: AlertView, zone: tzinfo, *, now: datetime) -> Message:
    """When it comes again; what was talked about doesn't, and what has come again is there already."""
    until = view.alert.later_at
    if not view.so or view.case.check is not None or view.alert.talked_at is not None:
        return talked(say, view)
    if until is None or until <= now:
        return opened(say, view)
    day, time = say.date(until.astimezone(zone).date()), say.time(until, zone)
    text = paragraphs(
        _first(say, view), _who(say, view), plain(say("⏰ It comes again on {day} at {time}.", day=day, time=time))
    )
    return Message(text, ((ask(say("Open"), "alert", view.alert.number),), _steps(say, view), *_to_case(say, view)))
