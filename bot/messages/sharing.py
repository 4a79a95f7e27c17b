"""Whose a case is: to share it with a colleague, to hand it over, to leave it; and what the colleague is asked."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.sharing import Circle, Offered, Taken
from bot.domain.cases import Case
from bot.domain.offers import Offer, OfferKind
from bot.domain.people import Worker
from bot.i18n import Language
from bot.messages.message import Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of


def circle(say: Language, circle: Circle, zone: tzinfo) -> Message:
    """Whose the case is now, and to whom it is offered."""
    case = circle.case
    text = paragraphs(
        bold(case.label),
        say("Workers: {codes}", codes=_codes(say, circle, circle.workers)),
        say("Standing in now: {codes}", codes=_codes(say, circle, circle.deputies)) if circle.deputies else "",
        "\n".join(_offered(say, each, zone) for each in circle.offered),
        "" if circle.own else say("You stand in here. Its own worker decides who works with the family."),
    )
    return Message(text, (*(_doing(say, circle) if circle.own else ()), (ask(say("← Back"), "more", case.id),)))


def _codes(say: Language, circle: Circle, workers: Sequence[Worker]) -> str:
    own = say("you")
    return ", ".join(
        f"{bold(each.code)} ({own})" if each.id == circle.worker.id else bold(each.code) for each in workers
    )


def _offered(say: Language, offered: Offered, zone: tzinfo) -> str:
    day, to = say.date(offered.offer.until.astimezone(zone).date()), bold(offered.other.code)
    words = {
        OfferKind.SHARE: say("Offered to {worker}, to share. It ends on {day}.", worker=to, day=day),
        OfferKind.HAND_OVER: say("Offered to {worker}, to hand over. It ends on {day}.", worker=to, day=day),
    }
    return words[offered.offer.kind]


def _doing(say: Language, circle: Circle) -> tuple[Row, ...]:
    id = circle.case.id
    withdraw = [
        ask(say("Take back: {worker}", worker=each.other.code), "takeback", id, each.offer.id)
        for each in circle.offered
    ]
    leave = [ask(say("Leave it to the others"), "leavecase", id)] if circle.may_leave else []
    return column([ask(say("🤝 Offer it to a colleague"), "colleagues", id), *withdraw, *leave])


def colleagues(say: Language, case: Case, found: Sequence[Worker], number: int) -> Message:
    """One's own team; anybody else by the code that they say."""
    page = page_of(found, number)
    text = paragraphs(
        bold(case.label),
        say("Which colleague?") + page.place,
        "" if found else say("Nobody else in your team is here yet."),
        say("For somebody of another team, send their code in this chat. It looks like KOIVU-27."),
    )
    rows = column([ask(each.code, "colleague", case.id, each.id) for each in page.items])
    return Message(text, (*rows, *page.turning("colleagues", case.id), (ask(say("← Back"), "shared", case.id),)))


def colleague(say: Language, case: Case, to: Worker, *, has_it: bool) -> Message:
    """What is offered: the colleague decides, and sees no case before."""
    share = say("Share: you both see everything and both hear of alerts.")
    over = say("Hand over: after the yes it isn't yours any more, and the family is told the new code.")
    text = paragraphs(
        f"{bold(case.label)} → {bold(to.code)}",
        say("Team: {team}", team=plain(to.team)),
        over if has_it else f"{share}\n{over}",
        say("They see which case it is only after their yes. Have you told the family who sees their answers?"),
    )
    kinds = ((say("🤝 Share"), OfferKind.SHARE), (say("➡️ Hand over"), OfferKind.HAND_OVER))
    shown = kinds[1:] if has_it else kinds
    buttons = tuple(ask(words, "offer", case.id, to.id, kind.value) for words, kind in shown)
    return Message(text, (buttons, (ask(say("← Back"), "shared", case.id),)))


def which_case(say: Language, to: Worker, cases: Sequence[Case], number: int) -> Message:
    """A worker has typed a colleague's code: which of their cases is it about?"""
    page = page_of(cases, number)
    text = paragraphs(
        say("{worker} is a colleague.", worker=bold(to.code)),
        say("Team: {team}", team=plain(to.team)),
        say("Which case do you want to share or hand over?") + page.place if cases else say("You have no cases yet."),
    )
    rows = column([ask(each.label, "colleague", each.id, to.id) for each in page.items])
    client = ask(say("I'm here as a client"), "who", to.code)
    return Message(text, (*rows, *page.turning("tocolleague", to.code), (client,), (ask(say("← Menu"), "home"),)))


def leave(say: Language, circle: Circle) -> Message:
    """Before a worker goes out of a case that others keep."""
    others = ", ".join(bold(each.code) for each in circle.workers if each.id != circle.worker.id)
    text = paragraphs(
        say("Leave {label} to {others}?", label=bold(circle.case.label), others=others),
        say("You won't see it any more. What was planned and what nobody has opened goes to them."),
    )
    keep = ask(say("← Back"), "shared", circle.case.id)
    return Message(text, ((ask(say("Leave it"), "leaveit", circle.case.id),), (keep,)))


def left(say: Language) -> Message:
    text = say("It isn't among your cases any more. The others go on with it.")
    return Message(text, ((ask(say("← Cases"), "cases"),),))


# The colleague


def offered(say: Language, offered: Offered, zone: tzinfo) -> Message:
    """The letter, and one of the list: no case is named. A lock screen shows only the first line."""
    worker, day = bold(offered.other.code), say.date(offered.offer.until.astimezone(zone).date())
    words = {
        OfferKind.SHARE: say("{worker} would like to share a case with you.", worker=worker),
        OfferKind.HAND_OVER: say("{worker} would like to hand a case over to you.", worker=worker),
    }
    team = say("Team: {team}", team=plain(offered.other.team))
    text = paragraphs(
        say("🔔 A colleague asks you something"),
        f"{words[offered.offer.kind]}\n{team}",
        say("You see which one after your yes. You can answer until {day}.", day=day),
    )
    id = offered.offer.id
    answers: Row = (ask(say("Yes, take it"), "takeon", id), ask(say("Not mine"), "notforme", id))
    return Message(text, (answers, (ask(say("Menu"), "home"),)))


def waiting(say: Language, found: Sequence[Offered], number: int) -> Message:
    """All that wait for a worker's answer."""
    page = page_of(found, number)
    words = {OfferKind.SHARE: say("to share"), OfferKind.HAND_OVER: say("to hand over")}
    rows = column(
        [ask(f"{each.other.code} · {words[each.offer.kind]}", "offered", each.offer.id) for each in page.items]
    )
    text = bold(say("Colleagues ask you")) + page.place if found else say("Nobody is waiting for your answer.")
    return Message(text, (*rows, *page.turning("offers"), (ask(say("← Menu"), "home"),)))


def taken(say: Language, taken: Taken) -> Message:
    """After the yes: which case it is."""
    label, worker = bold(taken.case.label), bold(taken.giver.code)
    words = {
        OfferKind.SHARE: say("{label} is yours too now, together with {worker}.", label=label, worker=worker),
        OfferKind.HAND_OVER: say("{label} is yours now. The family is told your code.", label=label),
    }
    renamed = say("You had one of the same name, so it is called this from now on.") if taken.relabelled else ""
    text = paragraphs(words[taken.kind], renamed)
    return Message(text, ((ask(say("To the case"), "case", taken.case.id),),))


def refused(say: Language, giver: Worker) -> Message:
    text = say("All right. {worker} hears that you said no.", worker=bold(giver.code))
    return Message(text, ((ask(say("Menu"), "home"),),))


# Letters


def answered(say: Language, offer: Offer, other: Worker, case: Case | None, *, yes: bool) -> Message:
    """To who had offered: a yes or a no. What is handed over isn't named any more: it isn't theirs."""
    worker = bold(other.code)
    words = {
        OfferKind.SHARE: say("{worker} said yes: you share it from now on.", worker=worker),
        OfferKind.HAND_OVER: say("{worker} said yes: the case is theirs, and no longer yours.", worker=worker),
    }
    no = say("{worker} said no. Everything is as it was.", worker=worker)
    label = bold(case.label) if case else ""
    text = paragraphs(say("🔔 A colleague has answered"), label, words[offer.kind] if yes else no)
    way = ask(say("To the case"), "case", case.id) if case else ask(say("← Cases"), "cases")
    return Message(text, ((way,),))


def new_worker(say: Language, worker: Worker) -> Message:
    """To a rater: who sees their answers from now on. The first line may stand on a lock screen."""
    text = paragraphs(
        say("🌿 Something has changed here"),
        say("From now on your worker is the one with the code {code}.", code=bold(worker.code)),
        say("They see what you have answered before, so you needn't begin again."),
        say("What is kept, and how to delete it: /privacy"),
    )
    return Message(text, ((ask(say("Menu"), "home"),),))
