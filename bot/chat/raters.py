"""One person of a case.

Nora taps  👩 Mother                who she is, about whom she is asked, not joined yet
Nora taps  ✉️ Invite                a square code, the link and the code to type, in one message
(mother joins: nothing of the invitation is left on Nora's screen)
Nora taps  🔁 Another phone         is it another one now, or was it lost?
Nora taps  🔁 Let it go, and invite anew
Nora taps  ➕ Also a client
Nora taps  19 or older              mother is asked about herself too
Nora taps  💭 Let them guess
Nora taps  Father                   it can be ticked for a meeting
Nora taps  ⏹ No longer takes part   asked, invited and ticked nowhere any more
"""

from datetime import timedelta

from bot.actions import as_whom, attaching, invitations, raters
from bot.actions.invitations import INVITATION_DAYS, Secrets
from bot.actions.raters import RaterView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.cases import AddedRole, Case, Rater
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand, Kind
from bot.i18n import LANGUAGES
from bot.messages import invitations as invitation_words
from bot.messages import joining as joining_words
from bot.messages import rater as words
from bot.messages.message import Message


def _shown(turn: Turn, view: RaterView) -> Reply:
    return Reply(words.rater(turn.say, view, turn.house.zone))


async def _view(turn: Turn, rater: str) -> RaterView:
    return await raters.view(turn.db, turn.person, rater, now=turn.now)


@shows("rater")
async def show_rater(turn: Turn, rater: str) -> Reply:
    return _shown(turn, await _view(turn, rater))


async def _rater(turn: Turn, rater: str, *_: object) -> Reply:
    return _shown(turn, await _view(turn, rater))


# Inviting


async def _below(turn: Turn, rater: str, *_: object) -> Reply:
    """Not in the place of a message that may show an invitation: it would be gone from the screen."""
    return Reply(words.rater(turn.say, await _view(turn, rater), turn.house.zone), below=True)


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


@does("withdraw", again=_rater)
async def withdraw(turn: Turn, rater: str, invitation: str) -> Reply:
    await invitations.withdraw(turn.db, turn.person, rater, invitation, now=turn.now)
    return await _rater(turn, rater)


@does("endinvite", again=_below)
async def end_invitation(turn: Turn, rater: str, invitation: str) -> Reply:
    """From the message that shows it, which goes; one that can't be taken out any more is emptied by letter."""
    there = await invitations.shown_at(turn.db, turn.person, rater, now=turn.now)
    await invitations.withdraw(turn.db, turn.person, rater, invitation, now=turn.now)
    return await _instead(turn, rater, there)


async def _instead(turn: Turn, rater: str, there: int | None) -> Reply:
    """The person, below; a picture can't become a text."""
    shown = words.rater(turn.say, await _view(turn, rater), turn.house.zone)
    return Reply(shown, below=True, gone=() if there is None else (there,))


@shows("putaway")
async def put_away(turn: Turn, rater: str) -> Reply:
    """Back from an invitation: its message goes, the invitation stays open."""
    return await _instead(turn, rater, await invitations.shown_at(turn.db, turn.person, rater, now=turn.now))


# From which phone, in which language


@does("phone", again=_rater)
async def phone(turn: Turn, rater: str, own: int) -> Reply:
    return _shown(turn, await raters.say_phone(turn.db, turn.person, rater, own=bool(own), now=turn.now))


@shows("reads")
async def reads(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.languages(turn.say, view.case, view.rater))


@does("readsin", again=_rater)
async def reads_in(turn: Turn, rater: str, code: str) -> Reply:
    if code not in {each.code for each in LANGUAGES}:
        raise Refusal(Reason.NOT_HERE)
    return _shown(turn, await raters.say_language(turn.db, turn.person, rater, code, now=turn.now))


@shows("newphone")
async def another_phone(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.another_phone(turn.say, view.case, view.rater))


@does("replace", again=_rater)
async def replace_phone(turn: Turn, rater: str, mark: str) -> Reply:
    """`mark` stands for the phone that they had when the button was shown."""
    return Reply(_invitation(turn, *await raters.replace_phone(turn.db, turn.person, rater, mark, now=turn.now)))


# About whom, and as whom


@shows("whom")
async def whom(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.about_whom(turn.say, view.case, view.rater))


async def _whom(turn: Turn, rater: str, *_: object) -> Reply:
    return await whom.handle(turn, rater)


@does("asks", again=_whom)
async def asks(turn: Turn, rater: str, subject: str, asked: int) -> Reply:
    """The button says how it is to be: a second tap changes nothing."""
    await raters.choose_about(turn.db, turn.person, rater, subject, asked=bool(asked), now=turn.now)
    return await _whom(turn, rater)


@shows("alsoclient")
async def also_client(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.also_client(turn.say, view.case, view.rater))


@does("isclient", again=_rater)
async def is_client(turn: Turn, rater: str, band: AgeBand) -> Reply:
    return _shown(turn, await as_whom.become_client(turn.db, turn.person, rater, band, now=turn.now))


@shows("alsocarer")
async def also_carer(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.also_carer(turn.say, view.case, view.rater))


@does("iscarer", again=_rater)
async def is_carer(turn: Turn, rater: str, kind: Kind) -> Reply:
    return _shown(turn, await as_whom.become_carer(turn.db, turn.person, rater, kind, now=turn.now))


@does("undorole", again=_rater)
async def undo_role(turn: Turn, rater: str, role: AddedRole) -> Reply:
    return _shown(turn, await as_whom.undo_role(turn.db, turn.person, rater, role, now=turn.now))


@shows("guesses")
async def guesses(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.guesses(turn.say, view.case, view.rater))


@does("guess", again=_rater)
async def guess(turn: Turn, rater: str, kind: Kind) -> Reply:
    return _shown(turn, await as_whom.ask_to_guess(turn.db, turn.person, rater, kind, now=turn.now))


# No longer, and again


@shows("leaves")
async def leaves(turn: Turn, rater: str) -> Reply:
    view = await _view(turn, rater)
    return Reply(words.leaves(turn.say, view.case, view.rater))


@does("ended", again=_rater)
async def end(turn: Turn, rater: str) -> Reply:
    return _shown(turn, await raters.end(turn.db, turn.person, rater, now=turn.now))


@does("returns", again=_rater)
async def take_back(turn: Turn, rater: str) -> Reply:
    return _shown(turn, await raters.take_back(turn.db, turn.person, rater, now=turn.now))


# Somebody else after all


async def _rater_or_nothing(turn: Turn, rater: str, *_: object) -> Reply:
    try:
        return await _rater(turn, rater)
    except Refusal:
        return Reply()


@shows("somebody")
async def somebody_else(turn: Turn, rater: str, attachment: str) -> Reply:
    desk = await attaching.look(turn.db, turn.person, rater, attachment, now=turn.now)
    return Reply(words.somebody_else(turn.say, desk.case, desk.case.rater(rater), attachment))


@does("undo", again=_rater_or_nothing)
async def undo(turn: Turn, rater: str, attachment: str) -> Reply:
    """Who waits again stands in the place of the question; the pictures of the case go: they may show the answers."""
    undone = await attaching.undo(turn.db, turn.person, rater, attachment, now=turn.now)
    return Reply(joining_words.asked_to_join(turn.say, undone.case), gone=tuple(undone.pictures))


HANDLERS: list[Press] = [
    show_rater,
    to_rater,
    invite,
    withdraw,
    end_invitation,
    put_away,
    phone,
    reads,
    reads_in,
    another_phone,
    replace_phone,
    whom,
    asks,
    also_client,
    is_client,
    also_carer,
    is_carer,
    undo_role,
    guesses,
    guess,
    leaves,
    end,
    take_back,
    somebody_else,
    undo,
]
