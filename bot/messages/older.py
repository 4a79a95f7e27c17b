"""Somebody is of another age by now: what changes with it, and that nothing is lost."""

from collections.abc import Sequence

from bot.domain.asked_as import at_age, outcome_for
from bot.domain.cases import Case, Subject
from bot.domain.people import AgeBand
from bot.i18n import Language
from bot.messages.message import Button, ask, bold, paragraphs, plain
from bot.messages.people import age_name, subject_title

Older = Sequence[tuple[Subject, AgeBand]]


def changes(say: Language, subject: Subject, band: AgeBand) -> str:
    if not band.can_rate:
        return say("Then the child isn't asked: the adults around them answer.")
    if outcome_for(subject) == outcome_for(at_age(subject, band)):
        return say("The questions stay the same, and so does the curve.")
    return say(
        "Then everybody gets the questions for that age, and a new curve begins. What has been answered stays, in a "
        "curve of its own. Who is answering right now finishes as they have begun."
    )


def lines(say: Language, case: Case, older: Older) -> str:
    """On the card of the case, from the month in which it is so until the worker has said it."""
    return paragraphs(*(_line(say, case, subject, band) for subject, band in older))


def _line(say: Language, case: Case, subject: Subject, band: AgeBand) -> str:
    now = say("By the month of birth now: {age}.", age=age_name(say, band))
    return f"🎂 {bold(subject_title(say, case, subject))}. {plain(now)} {changes(say, subject, band)}"


def to_say(say: Language, older: Older) -> Button:
    """Straight to the question about the first of them."""
    subject, band = older[0]
    return ask(say("🎂 Say the new age"), "older", subject.id, subject.band.value, band.value)
