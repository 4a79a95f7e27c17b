"""Coming in: who are you, what is kept and who sees it, the worker's yes."""

from collections.abc import Sequence

from bot.actions.cases import CaseLine
from bot.actions.invitations import Offer
from bot.actions.joining import Asked
from bot.domain.cases import Case, Rater
from bot.domain.people import AgeBand, Kind, Worker
from bot.i18n import Language
from bot.messages.message import Button, Message, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import age_name, client_name, rater_line, rater_name

CHILD_AGES = (AgeBand.UNDER_6, AgeBand.CHILD, AgeBand.ADOLESCENT)


def who_are_you(say: Language, worker: Worker) -> Message:
    """The first question to somebody who has typed a worker's code."""
    code = worker.code
    text = paragraphs(say("🌿 {code} is your worker's code.", code=bold(code)), say("Who are you?"))
    own = [
        ask(say("Young person, 13–17"), "consent", code, Kind.CLIENT.value, AgeBand.ADOLESCENT.value),
        ask(say("Child, 6–12"), "consent", code, Kind.CLIENT.value, AgeBand.CHILD.value),
    ]
    carers = (
        ask(say("Mother"), "about", code, Kind.MOTHER.value),
        ask(say("Father"), "about", code, Kind.FATHER.value),
        ask(say("Other carer"), "about", code, Kind.CARER.value),
    )
    others = [
        ask(say("Young adult, 18, for myself"), "consent", code, Kind.CLIENT.value, AgeBand.EIGHTEEN.value),
        ask(say("Adult, for myself"), "consent", code, Kind.CLIENT.value, AgeBand.ADULT.value),
        ask(say("School or other professional"), "about", code, Kind.SCHOOL.value),
    ]
    return Message(text, (*column(own), carers, *column(others), (ask(say("← Back"), "home"),)))


def whom_about(say: Language, code: str, kind: Kind) -> Message:
    """The age of the child that a carer or another adult comes for."""
    ages = [ask(age_name(say, band), "consent", code, kind.value, band.value) for band in CHILD_AGES]
    text = say("How old is the child or young person you come for?")
    return Message(text, (*column(ages), (ask(say("← Back"), "who", code),)))


def consent(say: Language, worker_code: str, yes: Button, *back: Button) -> Message:
    """One screen: who sees the answers, what is kept, that it is voluntary, how to delete it.

    `back`: the way to what was said before, where something was.
    """
    text = paragraphs(
        bold(say("Before you begin")),
        say(
            "👀 Your answers are seen by {code} and the other workers who meet the same family. "
            "They may show them when you meet together.",
            code=plain(worker_code),
        ),
        say(
            "🗝 What is kept: the numbers you tap and when, your age group, and, encrypted, the address of this chat. "
            "No name, no phone number, no messages."
        ),
        say("🕊 It is voluntary. You can skip or stop every time, and nothing bad comes of it."),
        say("🗑 You can delete everything you have given at any time: /forget"),
        say("☁️ The messages of this chat go through Telegram, which can see them. More: /privacy"),
    )
    return Message(text, ((yes,), (ask(say("No, thank you"), "home"), *back)))


def offer(say: Language, offer: Offer) -> Message:
    """The consent screen of an invitation."""
    return consent(say, offer.worker.code, ask(say("Yes, I'll join"), "accept", offer.secret))


def by_worker_code(say: Language, code: str, kind: Kind, band: AgeBand) -> Message:
    """The consent screen of somebody who has typed a worker's code."""
    yes, back = ask(say("Yes, I'll join"), "join", code, kind.value, band.value), ask(say("← Back"), "who", code)
    return consent(say, code, yes, back)


def joined(say: Language) -> str:
    """The words above the menu, or above the first rating, of who has joined by invitation."""
    return say("🌿 Welcome, you are in.")


def waiting(say: Language, asked: Asked) -> str:
    """The words above the menu of who has joined by worker code."""
    return paragraphs(
        say(
            "🌿 Thank you. {code} now gets a message from us and confirms that it's you.", code=plain(asked.worker.code)
        ),
        say("Your worker sees the same word and number: {check}", check=bold(asked.case.check or "")),
        say("You can answer right away."),
    )


def welcome_worker(say: Language, worker: Worker) -> str:
    return paragraphs(
        say("🌿 Welcome! You are now the worker {code} here.", code=bold(worker.code)),
        say("Open a case, invite the people in it, and start a meeting. They answer on their own phones."),
        say("Clients can also just type your code: {code}", code=f"<code>{plain(worker.code)}</code>"),
    )


# The worker's side


def asked_to_join(say: Language, case: Case) -> Message:
    """Somebody waits for the worker's yes."""
    rater, subject = case.raters[0], case.subjects[0]
    about = "" if rater.kind is Kind.CLIENT else say("About: {who}", who=plain(client_name(say, subject.band)))
    text = paragraphs(
        say("🔔 Somebody wants to join by your code"),
        "\n".join(part for part in (bold(rater_line(say, case, rater)), about) if part),
        say("Their screen should say: {check}. Does it?", check=_hidden(case.check or "")),
    )
    answers = [
        ask(say("Yes: a new case"), "yes", case.id),
        ask(say("Yes: a case I already have"), "attach", case.id),
        ask(say("Not my client"), "notmine", case.id),
    ]
    return Message(text, column(answers))


def _hidden(check: str) -> str:
    """Behind a spoiler, so that no lock screen shows what proves who somebody is."""
    return f"<tg-spoiler>{plain(check)}</tg-spoiler>"


def asked_list(say: Language, cases: Sequence[Case], number: int = 0) -> Message:
    """All who wait for the worker's yes, a page of them."""
    page = page_of(cases, number)
    rows = [ask(f"{rater_line(say, each, each.raters[0])} · {each.check}", "look", each.id) for each in page.items]
    text = say("These wait for your yes:") + page.place if cases else say("Nobody waits for your yes.")
    return Message(text, (*column(rows), *page.turning("asked"), (ask(say("← Menu"), "home"),)))


def which_case(say: Language, asked: Case, lines: Sequence[CaseLine], number: int = 0) -> Message:
    page = page_of(lines, number)
    rows = [ask(each.case.label, "into", asked.id, each.case.id) for each in page.items]
    text = say("Which case do they belong to?") + page.place if lines else say("You have no open case yet.")
    turning = page.turning("attach", asked.id)
    return Message(text, (*column(rows), *turning, (ask(say("← Back"), "look", asked.id),)))


def which_place(say: Language, asked: Case, case: Case, free: Sequence[Rater]) -> Message:
    """Are they somebody who is in the case already, without a phone, or somebody new in it?"""
    rows = [ask(rater_line(say, case, each), "place", asked.id, case.id, each.id) for each in free]
    new = ask(
        say("Somebody new: {who}", who=rater_name(say, asked, asked.raters[0])), "place", asked.id, case.id, "new"
    )
    text = paragraphs(bold(case.label), say("Who are they in this case?"))
    return Message(text, (*column([*rows, new]), (ask(say("← Back"), "attach", asked.id),)))


def send_away(say: Language, case: Case) -> Message:
    """Before somebody's request is deleted: the button stands beside two that say yes."""
    text = paragraphs(
        bold(f"{rater_line(say, case, case.raters[0])} · {case.check}"),
        say("Their answers are deleted, and this can't be undone."),
    )
    delete = ask(say("Delete the request"), "sendaway", case.id)
    return Message(text, column([delete, ask(say("← Back"), "look", case.id)]))


def sent_away(say: Language) -> Message:
    text = say("We tell them that the code was the wrong one. Their answers are deleted.")
    return Message(text, ((ask(say("← Menu"), "home"),),))
