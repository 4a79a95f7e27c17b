"""The pictures of a case, open or closed: one message, in which one is put in the place of another.

Nora taps  📈 Pictures          the trend of who answered last, where the card was
Nora taps  📈 Mother            the mother's instead
Nora taps  👪 All together      everybody's; during a meeting it stays so after each answer
Nora taps  📏 Own measures      what the mother has answered to them
Nora taps  🖨 Print              the same on an A4 page, below
Nora taps  ← The case           the card, below; the picture goes
"""

from dataclasses import replace

from bot.actions import case_pictures
from bot.actions.case_pictures import Today, View
from bot.chat.cases import show_case
from bot.chat.closing import show_closed
from bot.chat.turns import Press, Reply, Turn, shows
from bot.domain.cases import CaseState
from bot.domain.letters import PictureKind
from bot.messages import pictures as words
from bot.messages.message import Message


def _today(turn: Turn) -> Today:
    return Today(turn.today, turn.house.zone)


def _shown(turn: Turn, view: View) -> Message:
    return words.shown(turn.say, view, turn.house.profile, _today(turn))


@shows("pictures")
async def show_pictures(turn: Turn, case: str) -> Reply:
    found, view = await case_pictures.of_case(turn.db, turn.person, case, today=_today(turn))
    return Reply(words.nobody(turn.say, found) if view is None else _shown(turn, view))


@shows("picture")
async def picture(turn: Turn, rater: str, about: str = "", subject: str = "", earlier: str = "") -> Reply:
    """The trend of a rater, in the place of what the message showed; a button of before, without `about`, below."""
    view = await _of_rater(turn, PictureKind.TREND, rater, about, subject, earlier)
    return Reply(_shown(turn, view), below=not about)


@shows("areas")
async def areas(turn: Turn, rater: str, about: str, subject: str, earlier: str = "") -> Reply:
    return Reply(_shown(turn, await _of_rater(turn, PictureKind.AREAS, rater, about, subject, earlier)))


@shows("measures")
async def measures(turn: Turn, rater: str, about: str, subject: str) -> Reply:
    return Reply(_shown(turn, await _of_rater(turn, PictureKind.MEASURES, rater, about, subject, "")))


async def _of_rater(turn: Turn, kind: PictureKind, rater: str, about: str, subject: str, earlier: str) -> View:
    return await case_pictures.of_rater(
        turn.db,
        turn.person,
        kind,
        rater,
        about=about,
        subject_id=subject or None,
        earlier=earlier or None,
        today=_today(turn),
    )


@shows("family")
async def family(turn: Turn, case: str, subject: str, about: str) -> Reply:
    return await _of_subject(turn, PictureKind.FAMILY, case, subject, about)


@shows("sides")
async def sides(turn: Turn, case: str, subject: str, about: str) -> Reply:
    return await _of_subject(turn, PictureKind.SIDES, case, subject, about)


async def _of_subject(turn: Turn, kind: PictureKind, case: str, subject: str, about: str) -> Reply:
    today = _today(turn)
    view = await case_pictures.of_subject(turn.db, turn.person, kind, case, subject, about=about, today=today)
    return Reply(_shown(turn, view))


@shows("printed")
async def to_print(turn: Turn, kind: PictureKind, whose: str, subject: str, earlier: str = "") -> Reply:
    """`whose`: a rater's, or of several of a case; as a file below."""
    today = _today(turn)
    if kind in (PictureKind.FAMILY, PictureKind.SIDES):
        view = await case_pictures.of_subject(turn.db, turn.person, kind, whose, subject, about=whose, today=today)
    else:
        view = await _of_rater(turn, kind, whose, "", subject, earlier)
    return Reply(words.printed(turn.say, view, turn.house.profile, today), below=True)


@shows("tocase")
async def to_case(turn: Turn, case: str, about: str) -> Reply:
    """A picture can't become a text: it goes, and the card comes below."""
    found, there = await case_pictures.put_away(turn.db, turn.person, case, about)
    card = await (show_closed if found.state is CaseState.CLOSED else show_case).handle(turn, case)
    return replace(card, below=True, gone=() if there is None else (there,))


HANDLERS: list[Press] = [show_pictures, picture, areas, measures, family, sides, to_print, to_case]
