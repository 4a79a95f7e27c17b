"""The JSON shapes of the Bot API for what the World holds.

Source:
    Bot API: User, Message, InaccessibleMessage, CallbackQuery, ChatMemberUpdated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_type
from typing import Any, Final

from bot.sandbox.chats import Bubble, Chat, File
from bot.sandbox.markup import utf16_length

_COMMAND: Final = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?")
_ENCLOSED: Final[dict[str, dict[str, Any]]] = {
    "sticker": {
        "file_id": "sticker-1",
        "file_unique_id": "usticker1",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    },
    "voice": {"file_id": "voice-1", "file_unique_id": "uvoice1", "duration": 3, "mime_type": "audio/ogg"},
    "contact": {"phone_number": "+358000000000", "first_name": "Somebody"},
}


@dataclass(frozen=True)
class BotAccount:
    """The bot as Telegram knows it."""

    id: int
    name: str
    username: str

    def json(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def full_json(self) -> dict[str, Any]:
        """Shape: what getMe returns."""
        return self.json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }


def seconds(moment: datetime) -> int:
    """Unit: whole seconds since 1970, as in all dates of the Bot API."""
    return int(moment.timestamp())


def message(bubble: Bubble, chat: Chat, *, author: dict[str, Any], text: str | None = None) -> dict[str, Any]:
    """Write a Message. `text` is what the bot gets where the phone shows less."""
    shape: dict[str, Any] = {
        "message_id": bubble.id,
        "from": author,
        "chat": chat.json(),
        "date": seconds(bubble.at),
    }
    if bubble.edited_at:
        shape["edit_date"] = seconds(bubble.edited_at)
    if bubble.protected:
        shape["has_protected_content"] = True
    shape |= _content(bubble, text)
    if bubble.keyboard:
        shape["reply_markup"] = {"inline_keyboard": [[key.json() for key in row] for row in bubble.keyboard]}
    return shape


def _content(bubble: Bubble, text: str | None) -> dict[str, Any]:
    if bubble.kind in _ENCLOSED:
        return {bubble.kind: _ENCLOSED[bubble.kind]}
    if bubble.file is not None:
        return {"document": _document(bubble.id, bubble.file)} | _caption(bubble)
    if bubble.photo is None:
        return _text("text", "entities", bubble, text)
    shape: dict[str, Any] = {"photo": bubble.photo.picture.json()}
    if bubble.photo.spoiler:
        shape["has_media_spoiler"] = True
    return shape | _caption(bubble)


def _caption(bubble: Bubble) -> dict[str, Any]:
    return _text("caption", "caption_entities", bubble, None) if bubble.text else {}


def _document(message_id: int, file: File) -> dict[str, Any]:
    known = {"file_id": f"document-{message_id}", "file_unique_id": f"udocument{message_id}"}
    return known | {"file_name": file.name, "mime_type": media_type(file), "file_size": len(file.content)}


def media_type(file: File) -> str:
    """By how its name ends."""
    return guess_type(file.name)[0] or "application/octet-stream"


def _text(name: str, entities: str, bubble: Bubble, text: str | None) -> dict[str, Any]:
    shown = bubble.text if text is None else text
    found = [entity.json() for entity in bubble.formatted.entities]
    if bubble.author is not None:
        found += _commands(shown)
    return {name: shown, entities: found} if found else {name: shown}


def _commands(text: str) -> list[dict[str, Any]]:
    return [
        {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": utf16_length(found.group())}
        for found in _COMMAND.finditer(text)
    ]


def inaccessible(message_id: int, chat: Chat) -> dict[str, Any]:
    """Write what stands for a message that is deleted or too old: its date is 0."""
    return {"message_id": message_id, "chat": chat.json(), "date": 0}


def membership(chat: Chat, *, user: dict[str, Any], bot: dict[str, Any], member: bool, at: datetime) -> dict[str, Any]:
    """Write a ChatMemberUpdated for the bot itself: (un)blocked in private, added to a group."""
    away = {"status": "kicked", "until_date": 0} if chat.kind == "private" else {"status": "left"}
    before, after = (away, {"status": "member"}) if member else ({"status": "member"}, away)
    return {
        "chat": chat.json(),
        "from": user,
        "date": seconds(at),
        "old_chat_member": {"user": bot, **before},
        "new_chat_member": {"user": bot, **after},
    }
