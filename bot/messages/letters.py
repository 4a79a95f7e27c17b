"""The words of letters that aren't a screen of their own."""

from dataclasses import replace

from bot.domain.cases import Case, Rater
from bot.i18n import Language
from bot.messages.message import Message, ask, bold, paragraphs, plain
from bot.messages.people import rater_line


def joined(say: Language, case: Case, rater: Rater) -> Message:
    """To the workers: an invitation was taken."""
    text = paragraphs(say("🔔 An invitation was taken"), f"{bold(case.label)}\n{plain(rater_line(say, case, rater))}")
    return Message(text, ((ask(say("To the case"), "case", case.id),),))


def shown_again(say: Language, present: Message) -> Message:
    """To who was in the middle of something when we were away: where they are."""
    return replace(
        present, text=paragraphs(say("🌿 We were away for a while. Go on here when you like."), present.text)
    )


def forgotten(say: Language, case: Case, rater: Rater) -> Message:
    """To the workers: a phone has left, and what it gave is deleted."""
    text = paragraphs(
        say("🔔 A phone has left"),
        f"{bold(case.label)}\n{plain(rater_line(say, case, rater))}",
        say("They have deleted their answers. The pictures are taken out of this chat."),
    )
    return Message(text, ((ask(say("To the case"), "closed" if case.closed_at else "case", case.id),),))


def rating_deleted(say: Language, case: Case, rater: Rater) -> Message:
    """To the case's workers: what somebody had given once is deleted, by themself or by a colleague."""
    text = paragraphs(
        say("🔔 Some answers were deleted"),
        f"{bold(case.label)}\n{plain(rater_line(say, case, rater))}",
        say("The pictures that showed them are taken out of this chat."),
    )
    return Message(text, ((ask(say("To the case"), "case", case.id),),))


def waits_again(say: Language, check: str) -> Message:
    """To who joined by worker code: they were taken for somebody else. A lock screen may show its first line."""
    text = paragraphs(
        say("🌿 One more check"),
        say(
            "Your worker makes sure that it's you. Your answers are kept, and your worker sees the same word and "
            "number: {check}",
            check=bold(check),
        ),
    )
    return Message(text, ((ask(say("Menu"), "home"),),))


def undone(say: Language, case: Case) -> Message:
    """To the other workers: who joined by code wasn't the one they were taken for."""
    text = paragraphs(
        say("🔔 A joining was undone"),
        bold(case.label),
        say(
            "They had joined by code, and it was somebody else. What came from their phone has gone with them. "
            "The pictures are taken out of this chat."
        ),
    )
    return Message(text, ((ask(say("To the case"), "case", case.id),),))


def accepted(say: Language) -> Message:
    """To who joined by worker code: the worker's yes. A lock screen may show it, so it names no worker."""
    text = paragraphs(say("🌿 You are in now"), say("Your worker knows that it's you."))
    return Message(text, ((ask(say("Menu"), "home"),),))


def not_mine(say: Language) -> Message:
    """To who joined by worker code: it was the wrong worker's."""
    text = paragraphs(
        say("🌿 This wasn't the right code"),
        say(
            "The code was probably another worker's. What you had answered is deleted. "
            "Ask your worker for the right code."
        ),
    )
    return Message(text, ((ask(say("I have a code"), "code"),),))
