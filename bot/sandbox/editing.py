"""The methods that change and delete messages.

Source:
    Bot API, editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup, deleteMessage,
    deleteMessages. An edit without `reply_markup` takes the keyboard away. Messages older than 48 hours can't be
    deleted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.sandbox import keyboards
from bot.sandbox.chats import Bubble, Chat, Keyboard, Photo
from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import NotBuiltError, bad_request
from bot.sandbox.sending import find_photo, known_chat, read_caption, read_text, writable_chat
from bot.sandbox.world import World

DELETABLE_FOR: Final = timedelta(hours=48)
MAX_DELETED: Final = 100
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)

_WHICH: Final = frozenset({"chat_id", "message_id", "reply_markup"})
EDIT_MESSAGE_TEXT: Final = _WHICH | {"text", "parse_mode", "link_preview_options"}
EDIT_MESSAGE_CAPTION: Final = _WHICH | {"caption", "parse_mode"}
EDIT_MESSAGE_MEDIA: Final = _WHICH | {"media"}
EDIT_MESSAGE_REPLY_MARKUP: Final = _WHICH
DELETE_MESSAGE: Final = frozenset({"chat_id", "message_id"})
DELETE_MESSAGES: Final = frozenset({"chat_id", "message_ids"})

_MEDIA: Final = frozenset({"type", "media", "caption", "parse_mode", "has_spoiler"})


def edit_message_text(world: World, given: Parameters) -> dict[str, Any]:
    bubble = _own_message(world, given)
    formatted = read_text(given)
    if bubble.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _changed(world, bubble, replace(bubble, formatted=formatted, keyboard=_keyboard(given)))


def edit_message_caption(world: World, given: Parameters) -> dict[str, Any]:
    bubble = _own_message(world, given)
    formatted = read_caption(given.values)
    if bubble.photo is None and bubble.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, bubble, replace(bubble, formatted=formatted, keyboard=_keyboard(given)))


def edit_message_media(world: World, given: Parameters) -> dict[str, Any]:
    """Put a photo in the place of a photo, or of a text."""
    bubble = _own_message(world, given)
    media = _photo_media(given.json("media"))
    link = str(media.get("media", ""))
    upload = given.attached(link) if link.startswith("attach://") else None
    photo = Photo(find_photo(world, upload, link), spoiler=media.get("has_spoiler") is True)
    formatted = read_caption(media)
    edited = replace(bubble, kind="photo", photo=photo, file=None, formatted=formatted, keyboard=_keyboard(given))
    return _changed(world, bubble, edited)


def _photo_media(media: Any) -> dict[str, Any]:
    if not isinstance(media, dict):
        raise bad_request("Media must be an Object")
    if media.get("type") != "photo":
        raise NotBuiltError(f"only photos are built, not media of type {media.get('type')!r}")
    if unknown := media.keys() - _MEDIA:
        raise NotBuiltError(f"photos are not built for {sorted(unknown)}")
    return media


def edit_message_reply_markup(world: World, given: Parameters) -> dict[str, Any]:
    bubble = _own_message(world, given)
    return _changed(world, bubble, replace(bubble, keyboard=_keyboard(given)))


def _keyboard(given: Parameters) -> Keyboard:
    return keyboards.read(given.json("reply_markup"))


def _own_message(world: World, given: Parameters) -> Bubble:
    chat = writable_chat(world, given)
    bubble = chat.get(_message_id(given))
    if bubble is None:
        raise bad_request("message to edit not found")
    if bubble.author is not None:
        raise bad_request("message can't be edited")
    return bubble


def _message_id(given: Parameters) -> int:
    if not given.has("message_id"):
        raise bad_request("message identifier is not specified")
    return given.number("message_id")


def _changed(world: World, before: Bubble, after: Bubble) -> dict[str, Any]:
    if after.says_the_same_as(before):
        raise bad_request(NOT_MODIFIED)
    edited = replace(after, edited_at=world.clock.now())
    world.change(edited)
    return world.message_json(edited)


def delete_message(world: World, given: Parameters) -> bool:
    chat = known_chat(world, given)
    bubble = chat.get(_message_id(given))
    if bubble is None:
        raise bad_request("message to delete not found")
    _remove(world, [bubble])
    return True


def delete_messages(world: World, given: Parameters) -> bool:
    """Delete up to 100 messages; those that aren't there are passed over."""
    chat = known_chat(world, given)
    ids = given.numbers("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MAX_DELETED:
        raise bad_request("too many message identifiers specified")
    _remove(world, _present(chat, ids))
    return True


def _present(chat: Chat, ids: list[int]) -> list[Bubble]:
    found = (chat.get(message_id) for message_id in dict.fromkeys(ids))
    return [bubble for bubble in found if bubble is not None]


def _remove(world: World, bubbles: list[Bubble]) -> None:
    if any(world.clock.now() - bubble.at > DELETABLE_FOR for bubble in bubbles):
        raise bad_request("message can't be deleted for everyone")
    for bubble in bubbles:
        world.remove(bubble)
