"""Inline keyboards, checked against Telegram's limits and ours.

Source:
    Bot API, InlineKeyboardButton: `callback_data` has 1-64 bytes. The 8 in a row are ours: more can't be
    hit on a phone.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from bot.sandbox.chats import Key, Keyboard
from bot.sandbox.refusals import NotBuiltError, bad_request

MAX_DATA: Final = 64
MAX_KEYS: Final = 100
MAX_IN_ROW: Final = 8


def read(markup: Any) -> Keyboard:
    """Read an InlineKeyboardMarkup; None is no keyboard."""
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if markup.keys() != {"inline_keyboard"}:
        raise NotBuiltError(f"only inline keyboards are built, not {sorted(markup)}")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" must be an Array of Arrays')
    return _within_limits(tuple(tuple(_key(button) for button in row) for row in rows if row))


def _within_limits(keyboard: Keyboard) -> Keyboard:
    if sum(len(row) for row in keyboard) > MAX_KEYS:
        raise bad_request("reply markup is too long")
    for row in keyboard:
        if len(row) > MAX_IN_ROW:
            raise NotBuiltError(f"{len(row)} buttons in a row can't be hit on a phone; {MAX_IN_ROW} at most")
    return keyboard


def _key(button: Any) -> Key:
    if not isinstance(button, dict):
        raise bad_request("Can't parse inline keyboard button: expected an Object")
    text, data, url = button.get("text"), button.get("callback_data"), button.get("url")
    if not isinstance(text, str):
        raise bad_request("Can't parse inline keyboard button: Can't find field \"text\"")
    if unknown := button.keys() - {"text", "callback_data", "url"}:
        raise NotBuiltError(f"buttons are not built for {sorted(unknown)}")
    if not text.strip():
        raise NotBuiltError("a button has no text")
    if url is not None:
        return Key(text, url=_checked_url(url))
    if data is None:
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(str(data).encode()) <= MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return Key(text, data=str(data))


def _checked_url(url: Any) -> str:
    parts = urlsplit(str(url))
    if parts.scheme not in ("http", "https", "tg") or not parts.netloc or " " in str(url):
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return str(url)
