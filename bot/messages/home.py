"""Where everybody begins: the first words to a stranger, a client's menu, a worker's menu, the languages."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.actions.people import Home, Seat
from bot.domain.instruments import Measure
from bot.domain.people import Worker
from bot.i18n import LANGUAGES, Language
from bot.messages import first_steps
from bot.messages.attention import questions
from bot.messages.cases import case_button
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.own_picture import to_own_picture

LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def home(say: Language, home: Home, zone: tzinfo) -> Message:
    """The menu of what somebody is here: a worker, a client, both, or a stranger."""
    if home.worker is None and not home.seats:
        return stranger(say)
    parts = [_as_worker(say, home, zone), _as_rater(say, home.seats)]
    go_on = [(ask(say("▶️ Go on answering"), "show", home.unfinished),)] if home.unfinished else []
    rows = [*go_on, *_desk(say, home, zone), *_for_raters(say, home.seats), *_below(say, home)]
    return Message(paragraphs(*parts), tuple(rows))


def _as_worker(say: Language, home: Home, zone: tzinfo) -> str:
    if home.worker is None:
        return ""
    why = questions(say, (each for line in home.cases for each in line.concerns))
    on_leave = f"🌴 {away(say, home.away_until, zone)}" if home.worker.away_since else ""
    return paragraphs(
        who(say, home.worker), on_leave, why, first_steps.listed(say, home.first_steps) if home.first_steps else ""
    )


def who(say: Language, worker: Worker) -> str:
    """A worker's code and team."""
    team = say("Team: {team}", team=plain(worker.team))
    return f"{bold(worker.code)}\n{team}"


def away(say: Language, until: datetime | None, zone: tzinfo) -> str:
    """That a worker reads of themself that they are on leave."""
    if until is None:
        return say("You are away.")
    return say("You are away, back on {day}.", day=say.full_date(until.astimezone(zone).date()))


def to_come_back(say: Language, worker: Worker) -> Button:
    """Says from which leave, so that an old button ends no later one."""
    since = int(worker.away_since.timestamp()) if worker.away_since else 0
    return ask(say("👋 I'm back"), "imback", since)


def _as_rater(say: Language, seats: Sequence[Seat]) -> str:
    if not seats:
        return ""
    hello = say("🌿 Welcome. Before a meeting you say how things have been, after it how the meeting worked for you.")
    return paragraphs(hello, *(_waits(say, seat) for seat in seats))


def _waits(say: Language, seat: Seat) -> str:
    """Until the worker's yes: the word and number that both sides see."""
    if seat.case.check is None:
        return ""
    return say("Your worker will confirm you. They see the same word and number: {check}", check=bold(seat.case.check))


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
    return Message(text, ((ask(say("I have a code"), "code"),), (to_languages(say),)))


def to_languages(say: Language) -> Button:
    return ask(f"🌐 {LANGUAGE_NAMES[say.code]}", "languages")


def _desk(say: Language, home: Home, zone: tzinfo) -> list[Row]:
    """What a worker can do: the meetings that go on first, then who waits for a yes, then some of the cases."""
    if home.worker is None:
        return []
    back = [(to_come_back(say, home.worker),)] if home.worker.away_since else []
    going_on = [
        (ask(f"🟢 {each.label}", "meeting", each.session_id), ask(say("The case"), "case", each.case_id))
        for each in home.going_on
    ]
    asked = say.plural("🔔 {n} wants to join", "🔔 {n} want to join", home.waiting)
    waiting = [(ask(asked, "asked"),)] if home.waiting else []
    lost = [(ask(say("🔔 Didn't arrive: {n}", n=home.undelivered), "lost"),)] if home.undelivered else []
    offers = [(ask(say("🤝 A colleague asks: {n}", n=home.offered), "offers"),)] if home.offered else []
    steps = [(ask(say("👣 First steps"), "firststeps"),)] if home.first_steps else []
    cases = [(ask(case_button(say, each, zone), "case", each.case.id),) for each in home.cases]
    every = say("All cases") if home.has_more else say("Cases")
    return [
        *back,
        *going_on,
        *waiting,
        *offers,
        *lost,
        *steps,
        *cases,
        (ask(every, "cases"), ask(say("New case"), "new")),
    ]


def _below(say: Language, home: Home) -> list[Row]:
    """What there is beside the work: for clients who sees what, for workers their settings."""
    seen = [(ask(say("👀 Who sees what"), "seen"),)] if home.seats else []
    own = (
        (ask(say("⚙️ Settings"), "settings"), ask(say("❔ Help"), "help"))
        if home.worker
        else (ask(say("❔ Help"), "help"), to_languages(say))
    )
    return [*seen, own]


def _for_raters(say: Language, seats: Sequence[Seat]) -> list[Row]:
    return [row for seat in seats for row in _before_and_after(say, seat, _whose(seat, seats))]


def _whose(seat: Seat, seats: Sequence[Seat]) -> str:
    """With several workers the buttons say which one, by code; with several cases of one worker, which of them."""
    if len(seats) == 1:
        return ""
    same = [each for each in seats if each.worker == seat.worker]
    number = f" ({same.index(seat) + 1})" if len(same) > 1 else ""
    return f" · {seat.worker.code}{number}"


def _before_and_after(say: Language, seat: Seat, whose: str) -> list[Row]:
    before = ask(say("Before the meeting") + whose, "begin", seat.rater.id, Measure.OUTCOME.value)
    after = ask(say("After the meeting") + whose, "begin", seat.rater.id, Measure.ALLIANCE.value)
    own: list[Row] = [(to_own_picture(say, seat.rater.id, whose=whose),)] if seat.has_rated else []
    if not seat.is_asked:
        return own
    return [(before,), (after,), *own] if seat.rates_meetings else [(before,), *own]


def languages(say: Language) -> Message:
    buttons = [ask(LANGUAGE_NAMES[each.code], "language", each.code) for each in LANGUAGES]
    return Message(say("Which language do you read?"), (*column(buttons), (ask(say("← Back"), "home"),)))


def enter_code(say: Language) -> Message:
    text = say("Write the code here and send it. It looks like KOIVU-27, or like 7K3QM-9TZ4X.")
    return Message(text, ((ask(say("← Back"), "home"),),))
