"""The people of a case: who is in it, and adding somebody."""

from datetime import tzinfo

from bot.actions.raters import PeopleView
from bot.domain.cases import Case, Rater
from bot.domain.people import Kind
from bot.i18n import Language
from bot.messages.cases import ages, rater_status, to_case
from bot.messages.message import Message, ask, bold, column, paragraphs
from bot.messages.paging import page_of
from bot.messages.people import collateral_name, rater_line


def people(say: Language, view: PeopleView, zone: tzinfo, number: int = 0) -> Message:
    """Who is in the case and from where they answer, a page of them; a button for each."""
    case, page = view.case, page_of(view.case.raters, number)
    lines = "\n".join(_status(say, view, each, zone) for each in page.items)
    rows = [ask(rater_line(say, case, each), "rater", each.id) for each in page.items]
    add = ask(say("🙋 Add a person"), "add", case.id)
    turning = page.turning("people", case.id)
    return Message(
        paragraphs(bold(case.label) + page.place, lines), (*column(rows), *turning, (add,), (to_case(say, case),))
    )


def _status(say: Language, view: PeopleView, rater: Rater, zone: tzinfo) -> str:
    invited = view.invited.get(rater.id)
    until = invited.until.astimezone(zone).date() if invited else None
    return rater_status(say, view.case, rater, invited_until=until, reachable=rater.person_id not in view.gone)


def add(say: Language, case: Case) -> Message:
    """Who else is in the case."""
    others, count = [kind for kind in Kind if kind is not Kind.CLIENT], len(case.raters)
    kinds = [ask(collateral_name(say, kind), "adult", case.id, kind.value, count) for kind in others]
    another = ask(say("Another client"), "client", case.id)
    back = ask(say("← Back"), "people", case.id)
    return Message(
        paragraphs(bold(case.label), say("Who is added?")), (tuple(kinds[:3]), tuple(kinds[3:]), (another,), (back,))
    )


def add_client(say: Language, case: Case) -> Message:
    text = paragraphs(bold(case.label), say("How old is the client?"))
    return Message(
        text, (*ages(say, "another", case.id, count=len(case.subjects)), (ask(say("← Back"), "add", case.id),))
    )
