"""The methods that put new messages into chats, and what all messages have in common.

Source:
    Bot API, sendMessage, sendPhoto and sendDocument. Lengths are counted after entities parsing: text 1-4096, caption
    0-1024.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bot.sandbox import keyboards
from bot.sandbox.chats import Bubble, Chat, File, Photo
from bot.sandbox.markup import Formatted, MarkupError, parse, plain
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.pictures import Picture, PictureError
from bot.sandbox.refusals import NotBuiltError, RefusedError, bad_request
from bot.sandbox.world import World

MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024

_COMMON: Final = frozenset({"chat_id", "parse_mode", "disable_notification", "protect_content", "reply_markup"})
SEND_MESSAGE: Final = _COMMON | {"text", "link_preview_options"}
SEND_PHOTO: Final = _COMMON | {"photo", "caption", "has_spoiler"}
SEND_DOCUMENT: Final = _COMMON | {"document", "caption", "disable_content_type_detection"}
SEND_CHAT_ACTION: Final = frozenset({"chat_id", "action"})

_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, given: Parameters) -> dict[str, Any]:
    chat = writable_chat(world, given)
    return _shown(world, _bubble(world, chat, given, formatted=read_text(given)))


def send_photo(world: World, given: Parameters) -> dict[str, Any]:
    chat = writable_chat(world, given)
    caption = read_caption(given.values)
    photo = Photo(read_photo(world, given), spoiler=given.flag("has_spoiler"))
    return _shown(world, _bubble(world, chat, given, formatted=caption, photo=photo))


def send_document(world: World, given: Parameters) -> dict[str, Any]:
    """Send a file that is uploaded. Documents by id are not built: ours are made anew each time."""
    chat = writable_chat(world, given)
    caption = read_caption(given.values)
    upload = given.file("document")
    if upload is None:
        raise bad_request("there is no document in the request")
    if not upload:
        raise bad_request("file must be non-empty")
    file = File(upload.name if isinstance(upload, Upload) else "document", upload)
    return _shown(world, replace(_bubble(world, chat, given, formatted=caption), kind="document", file=file))


def send_chat_action(world: World, given: Parameters) -> bool:
    writable_chat(world, given)
    if given.text("action") not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    return True


def _bubble(world: World, chat: Chat, given: Parameters, *, formatted: Formatted, photo: Photo | None = None) -> Bubble:
    keyboard = keyboards.read(given.json("reply_markup"))
    return Bubble(
        world.next_message_id(),
        chat.id,
        world.clock.now(),
        formatted,
        kind="photo" if photo else "text",
        photo=photo,
        keyboard=keyboard,
        silent=given.flag("disable_notification"),
        protected=given.flag("protect_content"),
    )


def _shown(world: World, bubble: Bubble) -> dict[str, Any]:
    world.show(bubble)
    return world.message_json(bubble)


def known_chat(world: World, given: Parameters) -> Chat:
    """Find the chat that is meant. Error: "chat not found", also for a person who never wrote to the bot."""
    if not given.has("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chat(_chat_id(given))
    if chat is None or not chat.known:
        raise bad_request("chat not found")
    return chat


def _chat_id(given: Parameters) -> int:
    try:
        return given.number("chat_id")
    except RefusedError:
        raise bad_request("chat not found") from None


def writable_chat(world: World, given: Parameters) -> Chat:
    """Find the chat that is meant, where nobody has blocked the bot."""
    chat = known_chat(world, given)
    phone = world.owner(chat.id)
    if phone is not None and phone.blocked:
        raise RefusedError(403, "Forbidden: bot was blocked by the user")
    return chat


def read_text(given: Parameters) -> Formatted:
    formatted = _formatted(given.text("text"), given.values)
    if not formatted.text:
        raise bad_request("message text is empty")
    if formatted.length > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(values: Any) -> Formatted:
    """Read `caption` and `parse_mode` of a call or of an InputMedia."""
    formatted = _formatted(str(values.get("caption") or ""), values)
    if formatted.length > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _formatted(text: str, values: Any) -> Formatted:
    mode = str(values.get("parse_mode") or "")
    if not mode:
        return plain(text)
    if mode.lower() != "html":
        raise NotBuiltError(f"only HTML is built, not the parse mode {mode!r}")
    try:
        return parse(text)
    except MarkupError as error:
        raise bad_request(f"Can't parse entities: {error}") from None


def read_photo(world: World, given: Parameters, name: str = "photo") -> Picture:
    """Take the photo of a call: an upload, or the id of a file that is here already."""
    upload = given.file(name)
    if upload is None and not given.has(name):
        raise bad_request("there is no photo in the request")
    return find_photo(world, upload, given.text(name))


def find_photo(world: World, upload: bytes | None, file_id: str) -> Picture:
    """Keep an upload, or find a file by its id. Photos by address are not built: ours are drawn here."""
    if upload is not None:
        try:
            return world.pictures.add(upload)
        except PictureError as error:
            raise bad_request(str(error)) from None
    picture = world.pictures.get(file_id)
    if picture is None:
        raise bad_request("Wrong file identifier/HTTP URL specified")
    return picture
