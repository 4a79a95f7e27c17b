"""An invitation on the worker's screen: a square code for a camera, a link, a code to type; and when it is over.

What is sent with the link names no service, worker or case: others may see that chat too.
"""

from datetime import date
from urllib.parse import quote

from bot.actions.invitations import Secrets
from bot.charts.qr import Code
from bot.domain.cases import Case, Rater
from bot.domain.codes import spaced
from bot.domain.letters import Place, PlaceKind
from bot.i18n import Language, language
from bot.messages.message import Button, Message, Row, ask, bold, paragraphs, plain
from bot.messages.people import rater_name
from storage.invitations import Ended


def invitation(say: Language, case: Case, rater: Rater, secrets: Secrets, bot_name: str, until: date) -> Message:
    """A fresh one for one person, all three ways in one message; it is shown this once."""
    link = f"https://t.me/{bot_name}?start={secrets.link}"
    text = paragraphs(
        say("✉️ An invitation for: {who}", who=bold(f"{rater_name(say, case, rater)} · {case.label}")),
        say("They point the camera of their own phone at the square, or open the link:") + f"\n{link}",
        say("Or they type this code to the bot @{bot}:", bot=plain(bot_name))
        + f"\n<code>{spaced(secrets.code)}</code>",
        say("It works once, until {day}. A new one ends this one.", day=say.date(until)),
    )
    rows = ((_share(say, rater, link),), *_steps(say, rater, secrets))
    return Message(text, rows, picture=Code(link), place=Place(PlaceKind.INVITATION, secrets.id))


def _share(say: Language, rater: Rater, link: str) -> Button:
    """The words that go along are in the language that was chosen for them."""
    theirs = language(rater.language) if rater.language else say
    words = quote(theirs("With this link you get in."), safe="")
    return Button(say("Send the link…"), url=f"https://t.me/share/url?url={quote(link, safe='')}&text={words}")


def _steps(say: Language, rater: Rater, secrets: Secrets) -> tuple[Row, ...]:
    again = ask(say("A new one"), "invite", rater.id, secrets.id)
    withdraw = ask(say("✖️ Withdraw"), "endinvite", rater.id, secrets.id)
    return (again, withdraw), (ask(say("← Back"), "putaway", rater.id),)


def over(say: Language, rater_id: str, invitation_id: str, how: Ended) -> Message:
    """In its place, when nobody can use it any more: nothing of it is left on the screen."""
    text = say("✉️ This invitation has been used.") if how is Ended.USED else say("✉️ This invitation is over.")
    row = (ask(say("← Back"), "torater", rater_id),)
    return Message(text, (row,), picture=Code(""), place=Place(PlaceKind.INVITATION, invitation_id))
