"""Where everybody begins: the first words to a stranger, a client's menu, a worker's menu, the languages."""

from collections.abc import Sequence

from bot.actions.people import Home, Seat
from bot.domain.instruments import Measure
from bot.i18n import LANGUAGES, Language
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain

_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def home(say: Language, home: Home) -> Message:
    """The menu of what somebody is here: a worker, a client, both, or a stranger."""
    if home.worker is None and not home.seats:
        return stranger(say)
    parts, rows = [], []
    if home.worker is not None:
        parts.append(paragraphs(bold(home.worker.code), say("Team: {team}", team=plain(home.worker.team))))
        rows += _desk(say, home)
    if home.seats:
        parts.append(
            say("🌿 Welcome. Before a meeting you say how things have been, after it how the meeting worked for you.")
        )
        rows += _for_raters(say, home.seats)
    return Message(paragraphs(*parts), (*rows, (_language(say),)))


def stranger(say: Language) -> Message:
    """What this is, in three lines."""
    text = paragraphs(
        say("🌿 Hello! This is Kuulolla."),
        say(
            "Before a meeting you say how things have been, after it how the meeting worked for you: four taps each.\n"
            "You and your worker look at it together. There are no right answers.\n"
            "You need a code from your worker. No name, no account, no password."
        ),
    )
    return Message(text, ((ask(say("I have a code"), "code"),), (_language(say),)))


def _language(say: Language) -> Button:
    return ask(f"🌐 {_NAMES[say.code]}", "languages")


def _desk(say: Language, home: Home) -> list[Row]:
    waiting = (
        [(ask(say.plural("🔔 {n} wants to join", "🔔 {n} want to join", home.waiting), "asked"),)]
        if home.waiting
        else []
    )
    return [*waiting, (ask(say("Cases"), "cases"), ask(say("New case"), "new"))]


def _for_raters(say: Language, seats: Sequence[Seat]) -> list[Row]:
    return [row for seat in seats for row in _before_and_after(say, seat, several=len(seats) > 1)]


def _before_and_after(say: Language, seat: Seat, *, several: bool) -> list[Row]:
    """With several workers the buttons say which one, by code."""
    whose = f" · {seat.worker.code}" if several else ""
    before = ask(say("Before the meeting") + whose, "begin", seat.rater.id, Measure.OUTCOME.value)
    after = ask(say("After the meeting") + whose, "begin", seat.rater.id, Measure.ALLIANCE.value)
    return [(before,), (after,)]


def languages(say: Language) -> Message:
    buttons = [ask(_NAMES[each.code], "language", each.code) for each in LANGUAGES]
    return Message(say("Which language do you read?"), (*column(buttons), (ask(say("← Back"), "home"),)))


def enter_code(say: Language) -> Message:
    text = say("Write the code here and send it. It looks like KOIVU-27, or like 7K3QM-9TZ4X.")
    return Message(text, ((ask(say("← Back"), "home"),),))
