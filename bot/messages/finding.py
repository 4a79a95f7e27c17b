"""A case found by its label, and the meeting that a command asks for."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.cases import CaseLine
from bot.i18n import Language
from bot.messages.cases import case_button
from bot.messages.message import Button, Message, ask, bold, column, paragraphs
from bot.messages.paging import page_of


def which_case(say: Language, lines: Sequence[CaseLine], zone: tzinfo) -> Message:
    """Several have the label that was typed."""
    rows = [ask(case_button(say, each, zone), "case", each.case.id) for each in lines]
    return Message(say("Two of your cases are called that. Which one?"), (*column(rows), (_menu(say),)))


def no_case(say: Language, code: str | None) -> Message:
    """None has it; `code`: what was typed could be a worker's code."""
    text = paragraphs(say("None of your open cases is called that."), say("What you write here isn't kept."))
    other = ((ask(say("It's a worker's code"), "who", code),),) if code else ()
    return Message(text, ((ask(say("Cases"), "cases"),), *other, (_menu(say),)))


def which_meeting(say: Language, lines: Sequence[CaseLine], number: int, zone: tzinfo) -> Message:
    """The cases, those in a meeting first: one tap to the meeting, or to who is here."""
    page = page_of(lines, number)
    rows = [_meeting_of(say, each, zone) for each in page.items]
    if not lines:
        text = say("You have no cases yet. Open the first one.")
        return Message(text, ((ask(say("New case"), "new"),), (_menu(say),)))
    text = paragraphs(bold(say("With whom do you meet?")) + page.place, say("Those that go on come first."))
    return Message(text, (*column(rows), *page.turning("session"), (_menu(say),)))


def _meeting_of(say: Language, line: CaseLine, zone: tzinfo) -> Button:
    """A tap on a case in a meeting shows the meeting; `attend` does so too, as it is then."""
    return ask(case_button(say, line, zone), "tomeet", line.case.id)


def _menu(say: Language) -> Button:
    return ask(say("← Menu"), "home")
