"""A meeting on the worker's phone: who is here, and the card that shows how far everybody is. Never a score."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.meetings import Attendance, Card, CardLine, Progress
from bot.actions.topics import Topic
from bot.domain.cases import Case, Session, SessionState
from bot.domain.letters import Place, PlaceKind
from bot.i18n import Language
from bot.messages import topics as topic_words
from bot.messages.message import Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.people import rater_line, rater_name


def attendance(say: Language, attendance: Attendance, mask: int | None = None, *, newest: str = "-") -> Message:
    """Who is here: a tick for each; the same as last time is ticked already. `mask` has a bit for each.

    The bits count all raters of the case, in the order in which they were added: whoever joins while the worker looks
    at the ticks must not move them to somebody else. `newest`: the case's newest meeting, for *met without measuring*.
    """
    ticked = mask if mask is not None else _mask(attendance)
    case = attendance.case
    rows = [
        ask(
            f"{'✅' if ticked >> at & 1 else '⬜️'} {rater_name(say, case, each)}", "attend", case.id, ticked ^ (1 << at)
        )
        for at, each in enumerate(case.raters)
        if each in attendance.can_come
    ]
    start = (
        [ask(say.plural("▶️ Start, ask {n}", "▶️ Start, ask {n}", ticked.bit_count()), "start", case.id, ticked)]
        if ticked
        else []
    )
    text = paragraphs(bold(case.label), _who(say, attendance), _without(say, attendance))
    without = ask(say("🕊 We met without measuring"), "unmeasured", case.id, newest)
    return Message(text, (*column([*rows, *start, without]), (ask(say("← Back"), "case", case.id),)))


def unmeasured(say: Language, case: Case, session: Session) -> Message:
    """It is written down that they met."""
    text = paragraphs(
        bold(case.label),
        say("🕊 Noted: you met today, without measuring."),
        say("Nobody is asked anything. It counts as a meeting, and never as a low score."),
    )
    back = ask(say("↩️ It was a mistake"), "notmet", session.id)
    return Message(text, ((back,), (ask(say("← The case"), "case", case.id),)))


def _mask(attendance: Attendance) -> int:
    return sum(1 << at for at, each in enumerate(attendance.case.raters) if each.id in attendance.ticked)


def _who(say: Language, attendance: Attendance) -> str:
    if not attendance.can_come:
        return say("Nobody is here yet. Add somebody first.")
    return say("Who is here? Each of them gets four short questions on their own phone.")


def _without(say: Language, attendance: Attendance) -> str:
    case = attendance.case
    silent = [rater_name(say, case, each) for each in attendance.can_come if not each.answers_by_letter]
    return say("Without a phone here, they answer through you: {who}", who=plain(", ".join(silent))) if silent else ""


def card(say: Language, card: Card, zone: tzinfo, topics: Sequence[Topic] = ()) -> Message:
    """The meeting card, edited in place as answers come in; with what there is to talk about together."""
    session = card.session
    day, time = say.date(session.started_at.astimezone(zone).date()), say.time(session.started_at, zone)
    when = say("{day} at {time}", day=day, time=time)
    lines = [_line(say, card, each) for each in card.lines]
    text = paragraphs(
        f"{bold(card.case.label)} · {plain(when)}",
        _state(say, card),
        "\n".join(lines),
        topic_words.on_card(say, card.case, topics),
        _look_back(say, card),
        _missing(say, card),
    )
    return Message(text, _buttons(say, card, topics), place=Place(PlaceKind.CARD, session.id))


def _state(say: Language, card: Card) -> str:
    words = {
        SessionState.OPEN: say("🟢 The meeting is going on."),
        SessionState.CLOSING: say("🟠 Closing: how did the meeting work?"),
        SessionState.ENDED: say("⚪️ The meeting is over."),
    }
    return words[card.session.state]


def _line(say: Language, card: Card, line: CardLine) -> str:
    """One rater: how far with the rating before, and with the one after once it has been asked."""
    asked = ((say.within("card", "before"), line.outcome), (say.within("card", "after"), line.alliance))
    ways = [(when, _how(say, line, how)) for when, how in asked if how is not Progress.NOT_ASKED]
    parts = [f"    {when}: {how}" for when, how in ways]
    unreachable = [] if line.reachable else ["    " + say("🔇 can't be reached on their phone")]
    return "\n".join([bold(rater_line(say, card.case, line.rater)), *parts, *unreachable])


def _how(say: Language, line: CardLine, progress: Progress) -> str:
    """Who has no phone of their own here waits for the worker to ask."""
    if progress is Progress.ASKED and not line.rater.answers_by_letter:
        return say("👉 waits to be asked by you")
    return _progress(say, progress)


def _progress(say: Language, progress: Progress) -> str:
    words = {
        Progress.NOT_ASKED: "–",
        Progress.ASKED: say("⏳ asked"),
        Progress.UNDER_WAY: say("✍️ answering"),
        Progress.ANSWERED: say("✅ answered"),
        Progress.SKIPPED: say("➖ skipped"),
    }
    return words[progress]


def _missing(say: Language, card: Card) -> str:
    """After the end, once: who was there and hasn't answered what they were asked."""
    names = [rater_name(say, card.case, each) for each in card.missing]
    if card.session.state is not SessionState.ENDED or not names:
        return ""
    return say("Still missing: {who}. They can answer for 24 hours.", who=plain(", ".join(names)))


def _look_back(say: Language, card: Card) -> str:
    """As long as there is somebody to do it with."""
    return say("🔎 Three months: a moment to look back together?") if _may_look_back(card) else ""


def _may_look_back(card: Card) -> bool:
    return card.look_back and card.session.ended_at is None


def _buttons(say: Language, card: Card, topics: Sequence[Topic]) -> tuple[Row, ...]:
    id = card.session.id
    close, end = ask(say("⏱ Time to close"), "close", id), ask(say("⏹ End the meeting"), "end", id)
    steps = {SessionState.OPEN: ((close,), (end,)), SessionState.CLOSING: ((end,),), SessionState.ENDED: ()}
    here: tuple[Row, ...] = ((ask(say("✍️ Answer for somebody"), "answers", id),),)
    if card.session.ended_at is None or card.missing:
        here = (*here, (ask(say("👥 Who is here"), "here", id),))
    group = [ask(say("👪 The group"), "groupcard", card.session.group_id)] if card.session.group_id else []
    back: Row = (*group, ask(say("← The case"), "case", card.case.id))
    look_back: tuple[Row, ...] = ((ask(say("🔎 Look back together"), "review", card.case.id),),)
    questions = topic_words.to_questions(say, card.session, topics)
    return (*steps[card.session.state], *here, *questions, *(look_back if _may_look_back(card) else ()), back)


def end_unasked(say: Language, card: Card) -> Message:
    """Before a meeting ends that nobody has been asked about: a slip of the finger must not skip the question."""
    id = card.session.id
    text = paragraphs(bold(card.case.label), say("You haven't asked about the meeting yet."))
    answers = [
        ask(say("⏱ Ask first"), "close", id),
        ask(say("⏹ End without asking"), "unasked", id),
        ask(say("← Back"), "meeting", id),
    ]
    return Message(text, column(answers))
