"""A worker's cases.

Nora taps  New case
Nora taps  13–17 years          the card of Birch 42: young person, not joined yet
Nora taps  🙋 Add a person
Nora taps  Mother
Nora taps  ✉️ Invite: Mother    the link and the code
Nora taps  📈 Young person      the trend picture, below
"""

from bot.actions import cases, invitations, pictures
from bot.actions.cases import CaseView
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.errors import Reason, Refusal
from bot.domain.people import AgeBand, Kind
from bot.messages import cases as words
from bot.messages import pictures as picture_words
from bot.messages.message import Message


def _shown(turn: Turn, view: CaseView) -> Message:
    return words.card(turn.say, view, turn.house.zone)


@shows("cases")
async def show_cases(turn: Turn, page: int = 0) -> Reply:
    return Reply(words.listed(turn.say, await cases.listed(turn.db, turn.person), page, turn.house.zone))


@shows("case")
async def show_case(turn: Turn, case: str) -> Reply:
    return Reply(_shown(turn, await cases.view(turn.db, turn.person, case)))


async def _list(turn: Turn, *_: object) -> Reply:
    return await show_cases.handle(turn)


async def _card(turn: Turn, case: str, *_: object) -> Reply:
    return await show_case.handle(turn, case)


@shows("new")
async def new_case(turn: Turn) -> Reply:
    return Reply(words.new(turn.say, len(await cases.listed(turn.db, turn.person))))


@does("open", again=_list)
async def open_case(turn: Turn, band: AgeBand, count: int | None = None) -> Reply:
    """`count`, here and below, is how many there were when the button was shown: a second tap adds nothing."""
    return Reply(_shown(turn, await cases.open_case(turn.db, turn.person, band, count=count, now=turn.now)))


@shows("label")
async def another_label(turn: Turn, case: str) -> Reply:
    return Reply(words.another_label(turn.say, (await cases.view(turn.db, turn.person, case)).case))


@does("draw", again=_card)
async def draw_label(turn: Turn, case: str) -> Reply:
    return Reply(_shown(turn, await cases.draw_label_again(turn.db, turn.person, case)))


@shows("add")
async def add(turn: Turn, case: str) -> Reply:
    return Reply(words.add(turn.say, (await cases.view(turn.db, turn.person, case)).case))


@shows("client")
async def which_client(turn: Turn, case: str) -> Reply:
    return Reply(words.add_client(turn.say, (await cases.view(turn.db, turn.person, case)).case))


@does("another", again=_card)
async def add_client(turn: Turn, case: str, band: AgeBand, count: int | None = None) -> Reply:
    view = await cases.add_client(turn.db, turn.person, case, band, count=count, now=turn.now)
    return Reply(_shown(turn, view))


@does("adult", again=_card)
async def add_collateral(turn: Turn, case: str, kind: Kind, count: int | None = None) -> Reply:
    if kind is Kind.CLIENT:
        raise Refusal(Reason.NOT_HERE)
    view = await cases.add_collateral(turn.db, turn.person, case, kind, count=count, now=turn.now)
    return Reply(_shown(turn, view))


async def _card_of_rater(turn: Turn, rater: str) -> Reply:
    view, _ = await cases.view_rater(turn.db, turn.person, rater)
    return Reply(_shown(turn, view))


@does("invite", again=_card_of_rater)
async def invite(turn: Turn, rater: str) -> Reply:
    """A fresh invitation. It is shown this once: only its mark is kept."""
    case, invited, made = await invitations.invite_rater(turn.db, turn.person, rater, now=turn.now)
    return Reply(words.invitation(turn.say, case, invited, made, turn.house.post.bot_name))


@shows("picture")
async def picture(turn: Turn, rater: str, about: str = "", subject: str = "") -> Reply:
    """The trend of a rater: from the case card a new message below it; from a picture (`about`), in its place."""
    view = await pictures.trend(turn.db, turn.person, rater, session_id=about or None, subject_id=subject or None)
    shown = picture_words.trend(turn.say, view, turn.house.profile, turn.house.zone)
    return Reply(shown, below=not about)


HANDLERS: list[Press] = [
    show_cases,
    show_case,
    new_case,
    open_case,
    another_label,
    draw_label,
    add,
    which_client,
    add_client,
    add_collateral,
    invite,
    picture,
]
