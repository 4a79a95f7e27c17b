"""The time line of a case: what is noted, what can be noted, and one event to be said more exactly."""

from datetime import date, timedelta

from bot.actions.events import TimeLine
from bot.domain.cases import Case
from bot.domain.errors import Reason
from bot.domain.events import DAYS_BACK, Event, EventKind, InReach, Turn
from bot.domain.letters import Place, PlaceKind
from bot.i18n import Language
from bot.messages import refusals
from bot.messages.cases import to_case
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import subject_about

_SIGNS = {
    EventKind.SCHOOL: "🏫",
    EventKind.HOME: "🏠",
    EventKind.FRIENDS: "👥",
    EventKind.MOVE: "📦",
    EventKind.ILLNESS: "🤒",
    EventKind.WORK: "💶",
    EventKind.SUPPORT: "🤝",
    EventKind.PLACEMENT: "🧳",
    EventKind.LEISURE: "⚽️",
    EventKind.OTHER: "🔹",
}
_WAYS = {Turn.UP: "↗", Turn.DOWN: "↘", Turn.NEITHER: "→"}
_WEEK = 7


def kind_name(say: Language, kind: EventKind) -> str:
    """As a button or a line begins."""
    names = {
        EventKind.SCHOOL: say("School or day care"),
        EventKind.HOME: say("At home"),
        EventKind.FRIENDS: say("Friends"),
        EventKind.MOVE: say("A move"),
        EventKind.ILLNESS: say("Illness"),
        EventKind.WORK: say("Work or money"),
        EventKind.SUPPORT: say("A new support"),
        EventKind.PLACEMENT: say("Living elsewhere"),
        EventKind.LEISURE: say("Free time"),
        EventKind.OTHER: say("Something else"),
    }
    return names[kind]


def way(turn: Turn) -> str:
    """Which way it took things, as an arrow."""
    return _WAYS[turn]


def kind_on_picture(say: Language, kind: EventKind) -> str:
    """The same in one short word, under a curve."""
    names = {
        EventKind.SCHOOL: say.within("under the curve", "school"),
        EventKind.HOME: say.within("under the curve", "home"),
        EventKind.FRIENDS: say.within("under the curve", "friends"),
        EventKind.MOVE: say.within("under the curve", "move"),
        EventKind.ILLNESS: say.within("under the curve", "illness"),
        EventKind.WORK: say.within("under the curve", "work"),
        EventKind.SUPPORT: say.within("under the curve", "support"),
        EventKind.PLACEMENT: say.within("under the curve", "elsewhere"),
        EventKind.LEISURE: say.within("under the curve", "leisure"),
        EventKind.OTHER: say.within("under the curve", "other"),
    }
    return names[kind]


def time_line(say: Language, line: TimeLine, number: int, today: date, *, free_text: bool = False) -> Message:
    """What is noted, the newest first, each a button to say it more exactly; words only where they are switched on."""
    page = page_of(line.events, number)
    rows = [ask(_short(say, each, today), "event", each.id) for each in page.items]
    nothing = say(
        "Nothing is noted yet. What happened between the meetings stands under the curve: "
        "a kind, a day, and which way it took things."
    )
    said = "\n".join(_with_words(say, each, today) for each in page.items if each.words) if free_text else ""
    heading = say("What has happened") + page.place
    text = paragraphs(bold(line.case.label), heading, "" if line.events else nothing, said)
    note = (ask(say("➕ Note something"), "note", line.case.id),)
    return Message(text, (note, *column(rows), *page.turning("notes", line.case.id), (to_case(say, line.case),)))


def _short(say: Language, event: Event, today: date) -> str:
    """`12.10. 🏫 School ↘`"""
    return f"{_day(say, event.day, today)} {_SIGNS[event.kind]} {kind_name(say, event.kind)} {_WAYS[event.turn]}"


def _with_words(say: Language, event: Event, today: date) -> str:
    """`12.10. 🏫 the worker's own words`"""
    return f"{_day(say, event.day, today)} {_SIGNS[event.kind]} {plain(event.words or '')}"


def _day(say: Language, day: date, today: date) -> str:
    return say.date(day) if day.year == today.year else say.full_date(day)


def event_line(say: Language, event: Event) -> str:
    """The same with the whole date, in a text."""
    return f"{say.full_date(event.day)} {_SIGNS[event.kind]} {kind_name(say, event.kind)} {_WAYS[event.turn]}"


def which_kind(say: Language, line: TimeLine) -> Message:
    """What it was about: one tap notes it, for today; the rest is said afterwards."""
    count = len(line.events)
    kinds = [
        ask(f"{_SIGNS[each]} {kind_name(say, each)}", "noted", line.case.id, each.value, count) for each in EventKind
    ]
    rows = tuple(tuple(kinds[at : at + 2]) for at in range(0, len(kinds), 2))
    text = paragraphs(bold(line.case.label), say("What was it about?"))
    return Message(text, (*rows, (ask(say("← Back"), "notes", line.case.id),)))


def event(say: Language, case: Case, event: Event, today: date, *, free_text: bool = False) -> Message:
    """One event, and the buttons that say it more exactly; what holds now is ticked."""
    text = paragraphs(
        bold(case.label),
        f"{_SIGNS[event.kind]} {bold(kind_name(say, event.kind))} · {plain(say.full_date(event.day))}",
        _about(say, case, event),
        plain(event.words or "") if free_text else "",
        say("Which way did it take things? And can our work together affect it?"),
    )
    below = (ask(say("🗑 Take it out"), "unnote", event.id), ask(say("← Notes"), "notes", case.id))
    own = ((ask(_words_button(say, event), "words", event.id),),) if free_text else ()
    whom = (*_whom(say, case, event), *own)
    return Message(text, (*_ways(say, event), *_reach(say, event), *_days(say, event, today), *whom, below))


def _words_button(say: Language, event: Event) -> str:
    return say("✍️ Change the words") if event.words else say("✍️ A few words")


def ask_words(say: Language, case: Case, event: Event, refused: Reason | None = None) -> Message:
    """The next thing that is written in this chat is taken for the note."""
    text = paragraphs(
        bold(case.label),
        refusals.words(say, refused) if refused else "",
        plain(event.words or ""),
        say("Write a few words to this note, at most 200 characters. No names: it stands with the notes of the case."),
        say("What you write goes from the chat, and is kept encrypted until the case is erased."),
    )
    out = ((ask(say("🗑 Take the words out"), "nowords", event.id),),) if event.words else ()
    back = (ask(say("← Back"), "event", event.id),)
    return Message(text, (*out, back), place=Place(PlaceKind.WORDS, event.id))


def _about(say: Language, case: Case, event: Event) -> str:
    """Whom it is about, where there are several."""
    if len(case.subjects) == 1:
        return ""
    subject = next((each for each in case.subjects if each.id == event.subject_id), None)
    return plain(subject_about(say, case, subject) if subject else say("about the whole family"))


def _ways(say: Language, event: Event) -> tuple[Row, ...]:
    words = {Turn.UP: say("↗ Up"), Turn.DOWN: say("↘ Down"), Turn.NEITHER: say("→ Neither")}
    return (tuple(_ticked(words[each], "turned", event, each.value, each is event.turn) for each in Turn),)


def _reach(say: Language, event: Event) -> tuple[Row, ...]:
    words = {
        InReach.YES: say("We can"),
        InReach.PARTLY: say("Partly"),
        InReach.NO: say("We can't"),
    }
    return (tuple(_ticked(words[each], "inreach", event, each.value, each is event.in_reach) for each in InReach),)


def _ticked(words: str, verb: str, event: Event, value: str, holds: bool) -> Button:
    return ask(f"✓ {words}" if holds else words, verb, event.id, value)


def _days(say: Language, event: Event, today: date) -> tuple[Row, ...]:
    """A day or a week earlier or later, as far as that may be noted."""
    steps = ((-_WEEK, say("‹‹ Week")), (-1, say("‹ Day")), (1, say("Day ›")), (_WEEK, say("Week ››")))
    there = [(event.day + timedelta(days=each), words) for each, words in steps]
    first = today - timedelta(days=DAYS_BACK)
    row = tuple(ask(words, "onday", event.id, f"{day:%Y%m%d}") for day, words in there if first <= day <= today)
    return (row,) if row else ()


def _whom(say: Language, case: Case, event: Event) -> tuple[Row, ...]:
    """The next one whom it may be about, after the present one."""
    if len(case.subjects) == 1:
        return ()
    ids = [None, *(each.id for each in case.subjects)]
    at = ids.index(event.subject_id) if event.subject_id in ids else 0
    following = (at + 1) % len(ids)
    name = subject_about(say, case, case.subjects[following - 1]) if following else say("about the whole family")
    return ((ask(say("Change: {about_whom}", about_whom=name), "ofwhom", event.id, following),),)
