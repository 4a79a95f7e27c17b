"""What somebody has given, for a worker of the case.

Nora taps  🗒 Young person         the days on which they have answered
Nora taps  📄 21 Nov 2026          what stood on the sheet
Nora taps  ✏️ Correct              the four lines again; until it is sent the first counts
Nora taps  🗑 Delete, Yes          gone, with what it has raised
Nora taps  📄 From a sheet ...     before or after, then the values and the day
"""

from bot.actions import entering, given, handing_in
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.instruments import Measure
from bot.messages import given as words
from bot.messages.entering import EntryScreens


@shows("ratings")
async def ratings(turn: Turn, rater: str, page: int = 0) -> Reply:
    return Reply(words.listed(turn.say, await given.of_rater(turn.db, turn.person, rater), page, turn.house.zone))


@shows("history")
async def history(turn: Turn, case: str, page: int = 0) -> Reply:
    return Reply(words.listed(turn.say, await given.of_case(turn.db, turn.person, case), page, turn.house.zone))


@shows("rating")
async def rating(turn: Turn, draft: str) -> Reply:
    return Reply(words.one(turn.say, await given.look(turn.db, turn.person, draft), turn.house.zone))


@shows("drop")
async def sure(turn: Turn, draft: str) -> Reply:
    return Reply(words.sure(turn.say, await given.look(turn.db, turn.person, draft), turn.house.zone))


@does("dropped")
async def delete(turn: Turn, draft: str) -> Reply:
    rater, gone = await given.delete(turn.db, turn.person, draft, now=turn.now)
    reply = await ratings.handle(turn, rater.id)
    return Reply(reply.message, note=turn.say("Deleted"), gone=tuple(gone))


async def _rating(turn: Turn, draft: str) -> Reply:
    return await rating.handle(turn, draft)


@does("correct", again=_rating)
async def correct(turn: Turn, draft: str) -> Reply:
    entry = await handing_in.correct(turn.db, turn.person, draft, now=turn.now, zone=turn.house.zone)
    return Reply(EntryScreens(turn.say, entry).present())


@shows("sheets")
async def whose_sheet(turn: Turn, case: str) -> Reply:
    return Reply(words.whose_sheet(turn.say, (await given.of_case(turn.db, turn.person, case)).case))


@shows("sheet")
async def which_sheet(turn: Turn, rater: str) -> Reply:
    case, found = await given.whose(turn.db, turn.person, rater)
    return Reply(words.which_sheet(turn.say, case, found))


async def _which_sheet(turn: Turn, rater: str, *_: object) -> Reply:
    return await which_sheet.handle(turn, rater)


@does("sheetof", again=_which_sheet)
async def begin_sheet(turn: Turn, rater: str, measure: Measure, subject: str = "") -> Reply:
    db, person, zone, about = turn.db, turn.person, turn.house.zone, subject or None
    entry = await entering.begin_alone(db, person, rater, measure, about, now=turn.now, zone=zone)
    return Reply(EntryScreens(turn.say, entry).present())


HANDLERS: list[Press] = [ratings, history, rating, sure, delete, correct, whose_sheet, which_sheet, begin_sheet]
