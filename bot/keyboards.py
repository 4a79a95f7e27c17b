"""Our rows of buttons and lines of menus as Telegram has them; the same rows are built once."""

import json
from collections.abc import Sequence
from functools import lru_cache

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from bot.messages.commands import MenuLine
from bot.messages.message import Button, Row

KEYBOARDS_KEPT = 1024


@lru_cache(maxsize=KEYBOARDS_KEPT)
def keyboard(rows: tuple[Row, ...]) -> InlineKeyboardMarkup | None:
    """Telegram's keyboard of our rows; the same rows are built once."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(each.text, url=each.url, callback_data=each.data) for each in row] for row in rows]
    )


@lru_cache(maxsize=KEYBOARDS_KEPT)
def keyboard_json(rows: tuple[Row, ...]) -> str | None:
    """The same as it goes over the wire, without the library's objects: they cost more than all else of an edit."""
    if not rows:
        return None
    return json.dumps({"inline_keyboard": [[_button_json(each) for each in row] for row in rows]})


def _button_json(button: Button) -> dict[str, str]:
    if button.data is not None:
        return {"text": button.text, "callback_data": button.data}
    return {"text": button.text, "url": button.url or ""}


def bot_commands(lines: Sequence[MenuLine]) -> list[BotCommand]:
    return [BotCommand(each.name, each.words) for each in lines]
