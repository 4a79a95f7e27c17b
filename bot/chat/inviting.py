"""Inviting somebody of a case, and letting a phone go.

Nora taps  ✉️ Invite                a square code, the link and the code to type, in one message
(mother joins: nothing of the invitation is left on Nora's screen)
Nora taps  🔁 Another phone         is it another one now, or was it lost?
Nora taps  🔁 Let it go, and invite anew
"""

from datetime import timedelta

from bot.actions import invitations, raters
from bot.actions.invitations import INVITATION_DAYS, Secrets
from bot.chat.raters import again, question, view_of
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import Case, Rater
from bot.messages import invitations as invitation_words
from bot.messages import rater as words
from bot.messages.message import Message


async def _below(turn: Turn, rater: str, *_: object) -> Reply:
    """Not in the place of a message that may show an invitation: it would be gone from the screen."""
    return Reply(words.rater(turn.say, await view_of(turn, rater), turn.house.zone), below=True)


@shows("torater")
async def to_rater(turn: Turn, rater: str) -> Reply:
    """From an invitation that is over, which is a picture and stays one."""
    return await _below(turn, rater)


@does("invite", again=_below)
async def invite(turn: Turn, rater: str, ends: str = "") -> Reply:
    """A fresh invitation. It is shown this once: only its mark is kept. `ends`: the open one in whose stead it is."""
    made = await invitations.invite_instead(turn.db, turn.person, rater, ends or None, now=turn.now)
    return Reply(_invitation(turn, *made))


def _invitation(turn: Turn, case: Case, rater: Rater, made: Secrets) -> Message:
    until = (turn.now + timedelta(days=INVITATION_DAYS)).astimezone(turn.house.zone).date()
    return invitation_words.invitation(turn.say, case, rater, made, turn.house.post.bot_name, until)


@does("withdraw", again=again)
async def withdraw(turn: Turn, rater: str, invitation: str) -> Reply:
    await invitations.withdraw(turn.db, turn.person, rater, invitation, now=turn.now)
    return await again(turn, rater)


@does("endinvite", again=_below)
async def end_invitation(turn: Turn, rater: str, invitation: str) -> Reply:
    """From the message that shows it, which goes; one that can't be taken out any more is emptied by letter."""
    there = await invitations.shown_at(turn.db, turn.person, rater, now=turn.now)
    await invitations.withdraw(turn.db, turn.person, rater, invitation, now=turn.now)
    return await _instead(turn, rater, there)


async def _instead(turn: Turn, rater: str, there: int | None) -> Reply:
    """The person, below; a picture can't become a text."""
    shown = words.rater(turn.say, await view_of(turn, rater), turn.house.zone)
    return Reply(shown, below=True, gone=() if there is None else (there,))


@shows("putaway")
async def put_away(turn: Turn, rater: str) -> Reply:
    """Back from an invitation: its message goes, the invitation stays open."""
    return await _instead(turn, rater, await invitations.shown_at(turn.db, turn.person, rater, now=turn.now))


# Another phone


@shows("newphone")
async def another_phone(turn: Turn, rater: str) -> Reply:
    return await question(turn, rater, words.another_phone)


@does("replace", again=again)
async def replace_phone(turn: Turn, rater: str, mark: str) -> Reply:
    """`mark` stands for the phone that they had when the button was shown."""
    return Reply(_invitation(turn, *await raters.replace_phone(turn.db, turn.person, rater, mark, now=turn.now)))


HANDLERS: list[Press] = [to_rater, invite, withdraw, end_invitation, put_away, another_phone, replace_phone]
