"""A worker's cases: the list, a new one, the card of a case."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from bot.actions.cases import CaseLine, CaseView
from bot.domain.attention import Concern
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.people import AgeBand
from bot.domain.plans import Plan
from bot.domain.tags import Tag
from bot.i18n import Language
from bot.messages import older
from bot.messages.attention import questions, signed
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import age_name, rater_line


def listed(
    say: Language,
    lines: Sequence[CaseLine],
    number: int,
    zone: tzinfo,
    *,
    tag: Tag | None = None,
    has_tags: bool = False,
) -> Message:
    """The cases, a page of them, each with why it needs attention and when it met last. `tag`: those with it."""
    page = page_of(lines, number)
    rows = [ask(case_button(say, line, zone), "case", line.case.id) for line in page.items]
    heading = bold(say("Your cases")) + _tagged(tag) + page.place
    text = heading if lines else say("You have no cases yet. Open the first one.")
    text = paragraphs(text, questions(say, (each for line in page.items for each in line.concerns)))
    below = (ask(say("← Menu"), "home"), ask(say("New case"), "new"))
    by_tag = (ask(say("🏷 Tags"), "bytag"),) if has_tags else ()
    others = (*by_tag, ask(say("Closed cases"), "closedcases"))
    turning = page.turning("cases", after=(tag.id,) if tag else ())
    together: tuple[Row, ...] = ((ask(say("👪 A group of several"), "group"),),) if len(lines) > 1 else ()
    return Message(text, (*column(rows), *turning, below, others, *together))


def _tagged(tag: Tag | None) -> str:
    return f" · 🏷 {plain(tag.name)}" if tag else ""


def case_button(say: Language, line: CaseLine, zone: tzinfo) -> str:
    """A case in a list: its label with why it needs attention, and when it met last."""
    label = signed(" · ".join([line.case.label, *(f"↪ {each}" for each in line.stood_in_for)]), line.concerns)
    if line.meeting_open:
        return f"🟢 {label}"
    return f"{label} · {say.date(line.last_met.astimezone(zone).date())}" if line.last_met else label


def new(say: Language, count: int) -> Message:
    """Whose case it is: the age decides which questions are asked. `count` are the cases that are open now."""
    text = paragraphs(
        bold(say("New case")), say("How old is the client? Others in the family can be added afterwards.")
    )
    return Message(text, (*ages(say, "open", count=count), (ask(say("← Menu"), "home"),)))


def ages(say: Language, verb: str, *arguments: object, count: int) -> tuple[Row, ...]:
    """`count` is how many there are before: a second tap on the same button is known by it."""
    return column([ask(age_name(say, band), verb, *arguments, band.value, count) for band in AgeBand])


def card(say: Language, view: CaseView, zone: tzinfo) -> Message:
    """The card of a case: who is in it, and the way to all that it has. Of a closed one, the way to what is kept."""
    case = view.case
    who = "\n".join(rater_status(say, case, each) for each in case.present_raters)
    first = paragraphs(bold(case.label), standing_in(say, view.stood_in_for), who, tag_line(view.tags))
    if case.state is CaseState.CLOSED:
        look = ask(say("⏹ What is kept of it"), "closed", case.id)
        return Message(paragraphs(first, say("This case is closed.")), column([look, ask(say("← Cases"), "cases")]))
    by_now = older.lines(say, case, view.needs.older)
    text = paragraphs(first, _last(say, view, zone), questions(say, view.needs.concerns), by_now)
    return Message(text, (_meeting_button(say, view), *_needed(say, view), *_sections(say, case), _more(say, case)))


def tag_line(tags: Sequence[Tag]) -> str:
    """The team's own words for the case."""
    return f"🏷 {plain(', '.join(each.name for each in tags))}" if tags else ""


def standing_in(say: Language, codes: Sequence[str]) -> str:
    """In whose place the worker has the case, while those are away."""
    return say("↪ You stand in for {codes}.", codes=plain(", ".join(codes))) if codes else ""


def rater_status(
    say: Language, case: Case, rater: Rater, *, invited_until: date | None = None, reachable: bool = True
) -> str:
    """A line of who is in the case, and from where they answer."""
    return f"{plain(rater_line(say, case, rater))} – {_where(say, rater, invited_until, reachable=reachable)}"


def _where(say: Language, rater: Rater, invited_until: date | None, *, reachable: bool) -> str:
    if rater.ended_at is not None:
        return say("no longer takes part")
    if rater.is_guess:
        return say("asked when you tick it")
    if rater.joined:
        return say("on their own phone") if reachable else say("🔇 can't be reached on their phone")
    if not rater.own_phone:
        return say("no phone of their own")
    return say("invited until {day}", day=say.date(invited_until)) if invited_until else say("not joined yet")


def _last(say: Language, view: CaseView, zone: tzinfo) -> str:
    return "\n".join(part for part in (_newest(say, view, zone), _next(say, view, zone)) if part)


def _newest(say: Language, view: CaseView, zone: tzinfo) -> str:
    if view.newest is None:
        return say("No meetings yet.")
    if view.newest.ended_at is None:
        return say("🟢 A meeting is going on.")
    return say("Last meeting: {day}", day=say.date(view.newest.started_at.astimezone(zone).date()))


def _next(say: Language, view: CaseView, zone: tzinfo) -> str:
    return say("📅 Next meeting: {moment}", moment=plain(when(say, view.planned, zone))) if view.planned else ""


def when(say: Language, plan: Plan, zone: tzinfo) -> str:
    """Tue 24 Nov at 14:00, every week."""
    moment = moment_of(say, plan.at, zone)
    return say("{moment}, every week", moment=moment) if plan.weekly else moment


def moment_of(say: Language, at: datetime, zone: tzinfo) -> str:
    return say("{day} at {time}", day=day_of(say, at.astimezone(zone).date()), time=say.time(at, zone))


def day_of(say: Language, day: date) -> str:
    """Tue 24 Nov."""
    return f"{say.weekday(day)} {say.date(day)}"


def _meeting_button(say: Language, view: CaseView) -> Row:
    if view.newest is not None and view.newest.ended_at is None:
        return (ask(say("🟢 To the meeting"), "meeting", view.newest.id),)
    return (ask(say("▶️ Start a meeting"), "attend", view.case.id),)


def _needed(say: Language, view: CaseView) -> tuple[Row, ...]:
    """The way to what is to be talked about, and to what is to be said again."""
    number, ages = view.needs.alert, ask(say("🎂 Ages"), "ages", view.case.id)
    if view.needs.older:
        ages = older.to_say(say, view.needs.older)
    alert = () if number is None else (ask(say("🔔 To the alert"), "alert", number),)
    asked = (ages,) if Concern.AGE in view.needs.concerns else ()
    return ((*alert, *asked),) if alert or asked else ()


def _sections(say: Language, case: Case) -> tuple[Row, ...]:
    """What a case has, each behind one button."""
    return (
        (ask(say("📈 Pictures"), "pictures", case.id), ask(say("👥 People"), "people", case.id)),
        (ask(say("🗒 Notes"), "notes", case.id), ask(say("📅 Plan a meeting"), "plans", case.id)),
    )


def _more(say: Language, case: Case) -> Row:
    return (ask(say("⋯ More"), "more", case.id), ask(say("← Cases"), "cases"))


def to_case(say: Language, case: Case) -> Button:
    """The way back from a section, of an open or a closed case."""
    return ask(say("← The case"), "closed" if case.closed_at else "case", case.id)
