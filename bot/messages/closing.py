"""Closing a case and opening it again: what is still open, what it was, and what everybody is told."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.closing import StillOpen
from bot.actions.summary import Summary
from bot.domain.cases import Case, Ending, Rater
from bot.i18n import Language
from bot.messages import summary as summary_words
from bot.messages.message import Message, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import rater_name


def close(say: Language, case: Case, found: StillOpen) -> Message:
    """What ends with it, and how it ends: that is the yes."""
    lines = _still_open(say, found)
    text = paragraphs(
        say("Close {label}?", label=bold(case.label)),
        "\n".join([say("Still open, and ends with it:"), *lines]) if lines else say("Nothing is still open."),
        say("Everybody who answers here is told kindly. You can look at it afterwards, and open it again."),
        say("How does it end?"),
    )
    ways = [ask(summary_words.ending_name(say, each), "closeas", case.id, each.value, found.mark) for each in Ending]
    look = ask(say("📄 Summary first"), "summary", case.id)
    return Message(text, column([*ways, look, ask(say("← Back"), "more", case.id)]))


def _still_open(say: Language, found: StillOpen) -> list[str]:
    lines = (
        (found.meeting, say("• a meeting is going on")),
        (found.unanswered, say("• not answered yet: {n}", n=found.unanswered)),
        (found.alerts, say("• alerts that nobody has talked about: {n}", n=found.alerts)),
        (found.plans, say("• planned meetings: {n}", n=found.plans)),
        (found.offers, say("• offers to colleagues: {n}", n=found.offers)),
    )
    return [words for there, words in lines if there]


def closed(say: Language, summary: Summary, zone: tzinfo) -> Message:
    """A closed case: the whole of it at a glance, and nothing that can be changed but to open it again."""
    case = summary.case
    text = paragraphs(bold(case.label), _ended(say, case, zone), summary_words.told(say, summary, zone))
    pictures, look = ask(say("📈 Pictures"), "pictures", case.id), ask(say("📄 Summary"), "summary", case.id)
    again = ask(say("↩ Open it again"), "openagain", case.id)
    return Message(text, column([pictures, look, again, ask(say("← Closed cases"), "closedcases")]))


def _ended(say: Language, case: Case, zone: tzinfo) -> str:
    if case.closed_at is None or case.ending is None:
        return ""
    day, how = say.full_date(case.closed_at.astimezone(zone).date()), summary_words.ending_name(say, case.ending)
    return say("Closed on {day}: {how}", day=day, how=how)


def listed(say: Language, cases: Sequence[Case], number: int, zone: tzinfo) -> Message:
    """The closed ones, the newest first."""
    page = page_of(cases, number)
    rows = column([ask(_button(say, each, zone), "closed", each.id) for each in page.items])
    text = bold(say("Closed cases")) + page.place if cases else say("No case of yours is closed.")
    return Message(text, (*rows, *page.turning("closedcases"), (ask(say("← Cases"), "cases"),)))


def _button(say: Language, case: Case, zone: tzinfo) -> str:
    return f"{case.label} · {say.date(case.closed_at.astimezone(zone).date())}" if case.closed_at else case.label


def reopened(say: Language, case: Case, missing: Sequence[Rater]) -> Message:
    """Open again: the same people, and who needs a new invitation."""
    names = ", ".join(plain(rater_name(say, case, each)) for each in missing)
    invite = say("Not on a phone here: {who}. Invite them again under People.", who=names) if missing else ""
    text = paragraphs(say("{label} is open again.", label=bold(case.label)), invite)
    people = [ask(say("👥 People"), "people", case.id)] if missing else []
    return Message(text, column([*people, ask(say("To the case"), "case", case.id)]))


# Letters. The first line may stand on a lock screen.


def told_family(say: Language) -> Message:
    text = paragraphs(
        say("🌿 Thank you for the time together"),
        say("This has come to its end: nothing more is asked here, and it isn't in your menu any more."),
        say("Your answers are kept with it. What is kept, and how to delete it: /privacy"),
    )
    return Message(text, ((ask(say("Menu"), "home"),),))


def told_worker(say: Language, case: Case) -> Message:
    text = paragraphs(say("🔔 A case was closed"), bold(case.label))
    return Message(text, ((ask(say("To the case"), "closed", case.id),),))


def family_again(say: Language) -> Message:
    text = paragraphs(
        say("🌿 It goes on here"), say("Your worker has opened it again. What you answered before is still there.")
    )
    return Message(text, ((ask(say("Menu"), "home"),),))


def worker_again(say: Language, case: Case) -> Message:
    text = paragraphs(say("🔔 A case was opened again"), bold(case.label))
    return Message(text, ((ask(say("To the case"), "case", case.id),),))
