"""What didn't reach a worker, in words for the leads: number, code and time; nothing about whom it is."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.actions.undelivered import Flagged, Lost
from bot.i18n import Language
from bot.messages.message import Message, ask, bold, paragraphs
from bot.messages.paging import page_of


def alert(say: Language, flagged: Flagged, zone: tzinfo, *, repeated: bool = False) -> Message:
    """The letter to a lead: at once, or when nobody has opened it in time and nobody is there to pass it on to.

    `repeated`: it may have arrived already, and says so.
    """
    first = say("🔔 An alert hasn't been opened") if flagged.unopened else say("🔔 An alert didn't arrive")
    text = paragraphs(
        first,
        say("Sent once more: it may have arrived before.") if repeated else "",
        _line(say, flagged.number, flagged.worker.code, flagged.raised_at, zone),
        say("Please ask the worker to look at their cases, or see who stands in for them."),
    )
    return Message(text, ((ask(say("All that didn't arrive"), "lost"),),))


def listed(say: Language, lost: Sequence[Lost], number: int, zone: tzinfo) -> Message:
    """The lead's list, the newest first."""
    page = page_of(lost, number)
    lines = "\n".join(_line(say, each.alert, each.worker, each.at, zone) for each in page.items)
    nothing = say("Everything has arrived in the last 30 days.")
    text = paragraphs(bold(say("What didn't arrive")) + page.place, lines or nothing)
    return Message(text, (*page.turning("lost"), (ask(say("← Menu"), "home"),)))


def _line(say: Language, alert: int | None, worker: str, moment: datetime, zone: tzinfo) -> str:
    when = f"{say.date(moment.astimezone(zone).date())} {say.time(moment, zone)}"
    if alert is None:
        return say("Message · {worker} · {when}", worker=bold(worker), when=when)
    return say("Alert {number} · {worker} · {when}", number=alert, worker=bold(worker), when=when)
