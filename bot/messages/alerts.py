"""Alerts in words: a question to start a talk with. The first line shows neither score nor who; numbers are hidden."""

from bot.actions.alerts import AlertView
from bot.domain.alerts import Rule
from bot.i18n import Language
from bot.messages.message import Message, ask, bold, paragraphs, plain
from bot.messages.people import rater_line


def alert(say: Language, view: AlertView, *, repeated: bool = False) -> Message:
    """To a worker of the case. `repeated`: it may have arrived already, and says so under the same number.

    Of somebody who isn't the worker's client yet nothing is shown.
    """
    first = say("🔔 Something to talk about together (alert {number})", number=view.alert.number)
    once_more = say("Sent once more: it may have arrived before.") if repeated else ""
    if view.case.check is not None:
        waits = say("From somebody who waits for your yes: {check}", check=bold(view.case.check))
        return Message(paragraphs(first, once_more, waits), ((ask(say("Who is it?"), "look", view.case.id),),))
    who = f"{bold(view.case.label)}\n{plain(rater_line(say, view.case, view.rater))}"
    numbers = _numbers(say, view)
    text = paragraphs(first, once_more, who, f"<tg-spoiler>{numbers}</tg-spoiler>", _question(say, view))
    return Message(text, ((ask(say("To the case"), "case", view.case.id),),))


def _numbers(say: Language, view: AlertView) -> str:
    now = say("Marked now: {total}", total=bold(say.score(view.rating.total)))
    if view.before is None:
        return now
    before = say("The time before: {total}", total=say.score(view.before.total))
    return f"{now}\n{before}"


def _question(say: Language, view: AlertView) -> str:
    """Dialogue, about the mark and what it means to them; no word of risk."""
    if view.alert.rule is Rule.VERY_LOW:
        return say("You could ask: “What would you like me to know about this mark?”")
    return say("You could ask: “What was different this time? What should I do otherwise?”")
