"""A worker's cases: the list, the card of a case, who is in it, an invitation."""

from collections.abc import Sequence
from datetime import tzinfo
from urllib.parse import quote

from bot.actions.cases import CaseLine, CaseView
from bot.actions.invitations import Secrets
from bot.domain.cases import Case, Rater
from bot.domain.codes import spaced
from bot.domain.people import AgeBand, Kind
from bot.i18n import Language
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import age_name, collateral_name, rater_line, rater_name
from bot.messages.pictures import to_pictures


def listed(say: Language, lines: Sequence[CaseLine], number: int, zone: tzinfo) -> Message:
    """The cases, a page of them; those in a meeting first, the others with the day when they met last."""
    page = page_of(lines, number)
    rows = [ask(_case_button(say, line, zone), "case", line.case.id) for line in page.items]
    text = bold(say("Your cases")) + page.place if lines else say("You have no cases yet. Open the first one.")
    below = (ask(say("← Menu"), "home"), ask(say("New case"), "new"))
    return Message(text, (*column(rows), *page.turning("cases"), below))


def _case_button(say: Language, line: CaseLine, zone: tzinfo) -> str:
    label = line.case.label
    if line.meeting_open:
        return f"🟢 {label}"
    return f"{label} · {say.date(line.last_met.astimezone(zone).date())}" if line.last_met else label


def new(say: Language, count: int) -> Message:
    """Whose case it is: the age decides which questions are asked. `count` are the cases that are open now."""
    text = paragraphs(
        bold(say("New case")), say("How old is the client? Others in the family can be added afterwards.")
    )
    return Message(text, (*_ages(say, "open", count=count), (ask(say("← Menu"), "home"),)))


def _ages(say: Language, verb: str, *arguments: object, count: int) -> tuple[Row, ...]:
    """`count` is how many there are before: a second tap on the same button is known by it."""
    return column([ask(age_name(say, band), verb, *arguments, band.value, count) for band in AgeBand])


def card(say: Language, view: CaseView, zone: tzinfo) -> Message:
    """The card of a case: who is in it, and what can be done next."""
    case = view.case
    text = paragraphs(
        bold(case.label), "\n".join(_rater_status(say, case, each) for each in case.raters), _last(say, view, zone)
    )
    rows = (_meeting_button(say, view), *_invitations(say, case), *_pictures(say, view), *_more(say, case))
    return Message(text, rows)


def _rater_status(say: Language, case: Case, rater: Rater) -> str:
    status = say("on their own phone") if rater.joined else say("not joined yet")
    return f"{plain(rater_line(say, case, rater))} – {status}"


def _last(say: Language, view: CaseView, zone: tzinfo) -> str:
    if view.newest is None:
        return say("No meetings yet.")
    if view.newest.ended_at is None:
        return say("🟢 A meeting is going on.")
    return say("Last meeting: {day}", day=say.date(view.newest.started_at.astimezone(zone).date()))


def _meeting_button(say: Language, view: CaseView) -> Row:
    if view.newest is not None and view.newest.ended_at is None:
        return (ask(say("🟢 To the meeting"), "meeting", view.newest.id),)
    return (ask(say("▶️ Start a meeting"), "attend", view.case.id),)


def _invitations(say: Language, case: Case) -> tuple[Row, ...]:
    waiting = [each for each in case.raters if not each.joined]
    return column([ask(say("✉️ Invite: {who}", who=rater_name(say, case, each)), "invite", each.id) for each in waiting])


def _pictures(say: Language, view: CaseView) -> tuple[Row, ...]:
    return to_pictures(say, view.case, view.rated)


def _more(say: Language, case: Case) -> tuple[Row, ...]:
    add = ask(say("🙋 Add a person"), "add", case.id)
    return (add, ask(say("🎲 Another label"), "label", case.id)), (ask(say("← Cases"), "cases"),)


def another_label(say: Language, case: Case) -> Message:
    """Before a case is called something else than what its worker knows it by."""
    text = say("Draw another label instead of {label}?", label=bold(case.label))
    keep = ask(say("Keep {label}", label=case.label), "case", case.id)
    return Message(text, ((ask(say("🎲 Draw"), "draw", case.id), keep),))


def add(say: Language, case: Case) -> Message:
    """Who else is in the case."""
    others, count = [kind for kind in Kind if kind is not Kind.CLIENT], len(case.raters)
    kinds = [ask(collateral_name(say, kind), "adult", case.id, kind.value, count) for kind in others]
    another = ask(say("Another client"), "client", case.id)
    back = ask(say("← Back"), "case", case.id)
    return Message(
        paragraphs(bold(case.label), say("Who is added?")), (tuple(kinds[:3]), tuple(kinds[3:]), (another,), (back,))
    )


def add_client(say: Language, case: Case) -> Message:
    text = paragraphs(bold(case.label), say("How old is the client?"))
    return Message(
        text, (*_ages(say, "another", case.id, count=len(case.subjects)), (ask(say("← Back"), "add", case.id),))
    )


def invitation(say: Language, case: Case, rater: Rater, secrets: Secrets, bot_name: str) -> Message:
    """A fresh invitation for one person: a link to send, and a code to type.

    What is sent with the link names no service, worker or case: others may see that chat too.
    """
    link = f"https://t.me/{bot_name}?start={secrets.link}"
    text = paragraphs(
        say("✉️ An invitation for: {who}", who=bold(f"{rater_name(say, case, rater)} · {case.label}")),
        say("The link, for their own phone:") + f"\n{link}",
        say("Or the code to type to the bot @{bot}:", bot=plain(bot_name)) + f"\n<code>{spaced(secrets.code)}</code>",
        say("It works once, for seven days. Making a new one ends this one."),
    )
    words = quote(say("With this link you get in."), safe="")
    share = Button(say("Send the link…"), url=f"https://t.me/share/url?url={quote(link, safe='')}&text={words}")
    again = ask(say("A new one"), "invite", rater.id)
    return Message(text, ((share,), (again, ask(say("← Back"), "case", case.id))))
