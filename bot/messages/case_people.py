"""The people of a case: who is in it, adding somebody, an invitation."""

from urllib.parse import quote

from bot.actions.invitations import Secrets
from bot.domain.cases import Case, Rater
from bot.domain.codes import spaced
from bot.domain.people import Kind
from bot.i18n import Language
from bot.messages.cases import ages, rater_status, to_case
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.people import collateral_name, rater_name


def people(say: Language, case: Case) -> Message:
    """Who is in the case, with an invitation for each who hasn't joined."""
    lines = "\n".join(rater_status(say, case, each) for each in case.raters)
    add = ask(say("🙋 Add a person"), "add", case.id)
    return Message(paragraphs(bold(case.label), lines), (*_invitations(say, case), (add,), (to_case(say, case),)))


def _invitations(say: Language, case: Case) -> tuple[Row, ...]:
    waiting = [each for each in case.raters if not each.joined]
    return column([ask(say("✉️ Invite: {who}", who=rater_name(say, case, each)), "invite", each.id) for each in waiting])


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
    return Message(text, ((share,), (again, ask(say("← Back"), "people", case.id))))
