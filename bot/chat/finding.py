"""What is typed, and the short ways of a worker: a case by its label, a meeting by a command.

Nora says  koivu 42            the card of that case
Nora says  /session            her cases, those in a meeting first
Nora taps  Koivu 42            who is here; or the meeting that goes on
"""

import storage
from bot.actions import cases, finding, meetings
from bot.chat import cases as case_chat
from bot.chat import home, joining, meeting, typed
from bot.chat.turns import Command, Press, Reply, Turn, shows
from bot.domain.codes import typed_code, worker_code
from bot.domain.spelling import as_label
from bot.messages import finding as words
from bot.messages import refusals


async def is_at_desk(turn: Turn) -> bool:
    """Whether a worker has this phone in the hand."""
    return turn.person.in_hands_of is None and await storage.workers.of_person(turn.db, turn.person.id) is not None


async def by_label(turn: Turn, text: str) -> Reply | None:
    """What a worker meant by a label; None where the text can only be something else."""
    if not await is_at_desk(turn):
        return None
    found = await finding.by_label(turn.db, turn.person, text)
    if len(found) > 1:
        return Reply(words.which_case(turn.say, found, turn.house.zone))
    if len(found) == 1:
        return await case_chat.show_case.handle(turn, found[0].case.id)
    code = worker_code(text)
    if code is None or "-" in text or as_label(text) is None or await _is_colleague(turn, code):
        return None
    return Reply(words.no_case(turn.say, code))


async def _is_colleague(turn: Turn, code: str) -> bool:
    """Whether somebody else has this code."""
    worker = await storage.workers.by_code(turn.db, code)
    return worker is not None and worker.person_id != turn.person.id


@shows("session")
async def which_meeting(turn: Turn, page: int = 0) -> Reply:
    lines = await cases.listed(turn.db, turn.person)
    return Reply(words.which_meeting(turn.say, lines, page, turn.house.zone))


@shows("tomeet")
async def to_meet(turn: Turn, case: str) -> Reply:
    """The meeting that goes on; else who is here."""
    card = await meetings.open_card(turn.db, turn.person, case)
    return await (meeting.show_meeting.handle(turn, card.session.id) if card else meeting.attend.handle(turn, case))


async def session_command(turn: Turn, _text: str) -> Reply:
    return await which_meeting.handle(turn) if await is_at_desk(turn) else Reply(await home.menu(turn))


async def cases_command(turn: Turn, _text: str) -> Reply:
    return await case_chat.show_cases.handle(turn) if await is_at_desk(turn) else Reply(await home.menu(turn))


async def text(turn: Turn, text: str) -> Reply:
    """What a screen asks for; a label or a code at any time; anything else isn't understood, and isn't kept."""
    reply = await typed.answered(turn, text)
    if reply is not None:
        return reply
    found = await by_label(turn, text)
    if found is not None:
        return found
    if typed_code(text) or worker_code(text):
        return await joining.code(turn, text)
    await typed.must_be_read(turn)
    return Reply(refusals.not_understood(turn.say, turn.house.help_lines))


async def text_again(turn: Turn, _text: str) -> Reply:
    return await typed.shown_again(turn) or Reply(await home.menu(turn))


HANDLERS: list[Press] = [which_meeting, to_meet]
COMMANDS = [Command("session", session_command), Command("cases", cases_command)]
TEXT = Command("text", text, text_again)
