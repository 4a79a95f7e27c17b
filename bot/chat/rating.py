"""The rating conversation: one message, edited in place from the first item to the thanks.

Aino taps  Before the meeting
bot        1/4 · Own wellbeing          0 1 2 3 4 5 / 6 7 8 9 10 / Skip this time, Stop
Aino taps  7                            2/4 ...
Aino taps  ← Back                       1/4, her answer now: 7
Aino taps  6, 8, 5, 9                   the four answers with a bar each
Aino taps  2 · Closest relationships    2/4 again
Aino taps  7                            the four answers
Aino taps  🔒 Only for my worker   it says so, and a tap takes it back
Aino taps  ✓ Send                       thanks, who sees it, the help lines
"""

from collections.abc import Sequence

from bot.actions import given as deleting
from bot.actions import ratings, reminders
from bot.actions.ratings import RatingView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import STEP_MM, Measure
from bot.domain.ratings import DraftState, SkipReason
from bot.messages import rating as words
from bot.messages.message import Message
from bot.messages.rating import RatingScreens


def screens(turn: Turn, view: RatingView) -> RatingScreens:
    return RatingScreens(turn.say, view, turn.house.help_lines)


def begun(turn: Turn, views: Sequence[RatingView]) -> Message:
    """The screen of what was begun: the draft to go on with, or what was handed in before."""
    if not views:
        raise Refusal(Reason.NOTHING_TO_RATE)
    first = screens(turn, views[0])
    if len(views) > 1:
        return first.choice(views)
    return first.given() if views[0].draft.state is DraftState.SENT else first.present()


@shows("show")
async def show(turn: Turn, draft: str) -> Reply:
    """How the draft is now: the item to go on with, the review, or its end."""
    return Reply(screens(turn, await ratings.view(turn.db, turn.person, draft, now=turn.now)).present())


async def _as_it_is(turn: Turn, draft: str, *_: object) -> Reply:
    return await show.handle(turn, draft)


async def _begun_again(turn: Turn, rater: str, measure: Measure) -> Reply:
    return Reply(begun(turn, await ratings.begin(turn.db, turn.person, rater, measure, now=turn.now)), below=True)


@does("begin", again=_begun_again)
async def begin(turn: Turn, rater: str, measure: Measure) -> Reply:
    """From the client's menu: before the meeting, after the meeting. The rating comes below; the menu stays."""
    return await _begun_again(turn, rater, measure)


@does("answer", again=_as_it_is)
async def answer(turn: Turn, draft: str, item: int, score: int) -> Reply:
    view = await ratings.answer(turn.db, turn.person, draft, item, score * STEP_MM, now=turn.now)
    return Reply(screens(turn, view).present())


@does("back", again=_as_it_is)
async def back(turn: Turn, draft: str, item: int | None = None) -> Reply:
    """From the item, or the review, that was looked at; a late or second tap doesn't go further back."""
    view = await ratings.step_back(turn.db, turn.person, draft, at=item, now=turn.now)
    return Reply(screens(turn, view).present())


@does("change", again=_as_it_is)
async def change(turn: Turn, draft: str, item: int) -> Reply:
    """A line of the review, to be answered anew."""
    return Reply(screens(turn, await ratings.change_item(turn.db, turn.person, draft, item, now=turn.now)).present())


@does("only", again=_as_it_is)
async def only(turn: Turn, draft: str, yes: int) -> Reply:
    """In the review: for the worker alone (1), or it may be shown together (0)."""
    view = await ratings.for_worker_only(turn.db, turn.person, draft, bool(yes), now=turn.now)
    return Reply(screens(turn, view).present())


@does("skip", again=_as_it_is)
async def skip(turn: Turn, draft: str) -> Reply:
    view = await ratings.skip(turn.db, turn.person, draft, SkipReason.NONE, now=turn.now)
    return Reply(screens(turn, view).present())


@does("decline", again=_as_it_is)
async def decline(turn: Turn, draft: str) -> Reply:
    """From a reminder: not this time, whatever still waits of that meeting."""
    return Reply(screens(turn, await reminders.decline(turn.db, turn.person, draft, now=turn.now)).present())


@does("why", again=_as_it_is)
async def why(turn: Turn, draft: str, reason: SkipReason) -> Reply:
    """A reason for a skip, for who wants to give one."""
    return Reply(screens(turn, await ratings.give_reason(turn.db, turn.person, draft, reason, now=turn.now)).present())


@shows("stop")
async def stop(turn: Turn, draft: str) -> Reply:
    """Everything is kept already: stopping only shows so."""
    view = await ratings.view(turn.db, turn.person, draft, now=turn.now)
    on_its_way = view.draft.under_way and not view.expired
    return Reply(screens(turn, view).paused() if on_its_way else screens(turn, view).present())


@does("reopen", again=_as_it_is)
async def reopen(turn: Turn, draft: str) -> Reply:
    return Reply(screens(turn, await ratings.reopen(turn.db, turn.person, draft, now=turn.now)).present())


@does("keep", again=_as_it_is)
async def keep(turn: Turn, draft: str) -> Reply:
    """Give a change up."""
    return Reply(screens(turn, await ratings.keep_first(turn.db, turn.person, draft, now=turn.now)).kept())


@does("send", again=_as_it_is)
async def send(turn: Turn, draft: str) -> Reply:
    view = await ratings.hand_in(turn.db, turn.person, draft, weighing=turn.house.weighing, now=turn.now)
    return Reply(screens(turn, view).present())


@shows("given")
async def given(turn: Turn, draft: str) -> Reply:
    """One of several that were handed in."""
    view = await ratings.view(turn.db, turn.person, draft, now=turn.now)
    return Reply(screens(turn, view).given() if view.draft.state is DraftState.SENT else screens(turn, view).present())


@shows("dropown")
async def sure(turn: Turn, draft: str) -> Reply:
    """Before one's own answers of one time are deleted."""
    view = await ratings.view(turn.db, turn.person, draft, now=turn.now)
    return Reply(screens(turn, view).sure() if view.draft.state is DraftState.SENT else screens(turn, view).present())


@does("goneown")
async def delete_own(turn: Turn, draft: str) -> Reply:
    """Below, and what has shown them goes from the chat."""
    view = await ratings.view(turn.db, turn.person, draft, now=turn.now)
    gone = await deleting.delete_own(turn.db, turn.person, draft, now=turn.now)
    return Reply(words.deleted(turn.say, turn.house.help_lines, view), below=True, gone=tuple(gone))


HANDLERS: list[Press] = [
    show,
    begin,
    answer,
    back,
    change,
    only,
    skip,
    decline,
    why,
    stop,
    reopen,
    keep,
    send,
    given,
    sure,
    delete_own,
]
