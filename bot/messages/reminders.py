"""The evening after a meeting: a reminder to who hasn't answered, and to the workers who is missing.

A lock screen may show all of the first one: it names no service, worker, child or meeting.
"""

from datetime import datetime, tzinfo

from bot.actions.meetings import Card
from bot.actions.reminders import Waiting
from bot.i18n import Language
from bot.messages.message import Message, ask, bold, column, paragraphs, plain
from bot.messages.people import rater_line


def to_answer(say: Language, waiting: Waiting, zone: tzinfo) -> Message:
    """To who was asked: the way to answer now, and as near the way to say no."""
    text = paragraphs(
        say("A small reminder: there are still a few short questions for you, if you like."),
        say(
            "You can answer until {when}, or skip it this time. Both are fine. This is the only reminder.",
            when=_when(say, waiting.until, zone),
        ),
    )
    answers = [
        ask(say("Answer now"), "show", waiting.draft_id),
        ask(say("Skip this time"), "decline", waiting.draft_id),
    ]
    return Message(text, column(answers))


def missing(say: Language, card: Card, zone: tzinfo) -> Message:
    """To the workers: who was there and has neither answered nor skipped."""
    session = card.session
    until = _when(say, session.answers_until, zone) if session.answers_until else ""
    heading = f"{bold(card.case.label)} · {_when(say, session.started_at, zone)}"
    text = paragraphs(
        say("Some answers are still missing"),
        "\n".join([heading, *(plain(rater_line(say, card.case, each)) for each in card.missing)]),
        say(
            "They can answer until {when}, and are reminded once. "
            "You could ask next time: what would make it easier to answer?",
            when=until,
        ),
    )
    return Message(text, ((ask(say("To the meeting"), "meeting", session.id),),))


def _when(say: Language, moment: datetime, zone: tzinfo) -> str:
    day, time = say.date(moment.astimezone(zone).date()), say.time(moment, zone)
    return plain(say("{day} at {time}", day=day, time=time))
