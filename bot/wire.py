"""Our Message to Telegram: sent, edited in place, taken away; pictures are drawn on the way."""

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from telegram import Bot, BotCommandScopeChat, InputFile, InputMediaPhoto
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot import log, metrics
from bot.charts import qr, series
from bot.charts.kept import Kept, content_key
from bot.charts.plain import plain_png
from bot.charts.qr import Code
from bot.charts.studio import PictureFailed, Studio
from bot.failpoints import at
from bot.i18n import Language
from bot.keyboards import bot_commands, keyboard, keyboard_json
from bot.messages.commands import MenuLine, Menus
from bot.messages.message import Document, Message, Row, paragraphs, plain
from bot.outcomes import Again, GaveUp, Missing, Outcome, Sent, Unknown, outcome_of

UPLOADS_KEPT = 4096
UPLOADS_KEPT_SECONDS = 24 * 3600.0
NOTE_LENGTH = 200
MESSAGE_LENGTH = 4096
EMPTY: Final = "·"
"""What stays of a message that is too old to be deleted."""
EMPTY_PICTURE: Final = plain_png(240, 60)
_NOT_FOUND = ("not found", "message_id_invalid")
_UNCHANGED = "message is not modified"
_LATE = "query is too old"

Photo = bytes | str
"""A PNG, or Telegram's id of one that it has."""


class Post:
    """Carries messages to chats. Pictures are drawn on the way; one that fails goes as a text with the same numbers.

    What was uploaded is known by what it shows, and goes out again by Telegram's id of it.
    """

    def __init__(self, bot: Bot, studio: Studio) -> None:
        self._bot = bot
        self._studio = studio
        self._uploaded = Kept[str](most=UPLOADS_KEPT, seconds=UPLOADS_KEPT_SECONDS)

    @property
    def bot_name(self) -> str:
        """The bot's user name, for links."""
        return self._bot.username

    async def warm(self) -> None:
        """Get ready to draw, which takes a new machine some seconds; what fails is tried again at the first picture."""
        try:
            await at("wire.warm", self._studio.warm())
        except PictureFailed as error:
            log.event(log.Event.PICTURE_FAILED, error=error)

    async def send(self, chat: int, message: Message, say: Language, *, quiet: bool = False) -> Outcome:
        """A new message at the end of the chat. `quiet`: without a sound."""
        if message.document is not None:
            return await self._send_document(chat, message, message.document, say, quiet=quiet)
        text, photo = await self._ready(message, say, chat)
        try:
            sent = await self._new(chat, text, photo, message.buttons, quiet=quiet, veiled=_veiled(message))
        except TelegramError as error:
            outcome = outcome_of(error)
            if self._was_its_id(message, photo, outcome):
                return await self.send(chat, message, say, quiet=quiet)
            return outcome
        self._remember(message, sent)
        return Sent(sent.message_id)

    async def _new(
        self, chat: int, text: str, photo: Photo | None, rows: tuple[Row, ...], *, quiet: bool, veiled: bool
    ) -> TelegramMessage:
        markup = keyboard(rows)
        if photo is None:
            sent = self._bot.send_message(
                chat, text, parse_mode=ParseMode.HTML, reply_markup=markup, disable_notification=quiet
            )
            return await at("wire.send", sent)
        pictured = self._bot.send_photo(
            chat,
            photo,
            caption=text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            disable_notification=quiet,
            has_spoiler=veiled,
        )
        return await at("wire.send_picture", pictured)

    def _was_its_id(self, message: Message, photo: Photo | None, outcome: Outcome) -> bool:
        """Whether Telegram refused a picture of which it was given the id: with another token an id means nothing.

        The id is then forgotten, so that the picture is uploaded the next time.
        """
        key = _known_by(message)
        if not isinstance(photo, str) or not isinstance(outcome, GaveUp) or key is None:
            return False
        self._uploaded.forget(key)
        return True

    def _remember(self, message: Message, sent: object) -> None:
        """The largest size of a photo stands for all of them."""
        key = _known_by(message)
        if key is not None and isinstance(sent, TelegramMessage) and sent.photo:
            self._uploaded.keep(key, sent.photo[-1].file_id)

    async def edit(self, chat: int, message_id: int, message: Message, say: Language) -> Outcome:
        """Put the message in the place of one that stands in the chat. Safe to repeat."""
        if message.document is not None:
            return Missing()
        text, photo = await self._ready(message, say, chat)
        if message.picture is not None and photo is None:
            return Missing()
        try:
            rows, veiled = message.buttons, _veiled(message)
            self._remember(message, await self._replace(chat, message_id, text, photo, rows, veiled=veiled))
        except TelegramError as error:
            if _UNCHANGED in error.message.lower():
                return Sent(message_id)
            outcome = outcome_of(error)
            if self._was_its_id(message, photo, outcome):
                return await self.edit(chat, message_id, message, say)
            return outcome
        return Sent(message_id)

    async def _replace(
        self, chat: int, message_id: int, text: str, photo: Photo | None, rows: tuple[Row, ...], *, veiled: bool
    ) -> TelegramMessage | bool:
        if photo is None:
            where: dict[str, object] = {"chat_id": chat, "message_id": message_id}
            shown = {"text": text, "parse_mode": ParseMode.HTML, "reply_markup": keyboard_json(rows)}
            await at("wire.edit", self._asked("editMessageText", {**where, **shown}))
            return True
        media = InputMediaPhoto(photo, caption=text, parse_mode=ParseMode.HTML, has_spoiler=veiled)
        markup = keyboard(rows)
        replaced = self._bot.edit_message_media(media, chat_id=chat, message_id=message_id, reply_markup=markup)
        return await at("wire.edit_picture", replaced)

    async def _asked(self, method: str, values: Mapping[str, object]) -> None:
        """A call whose answer nobody reads: it is what we said, and reading it would cost more than asking."""
        given = [RequestParameter(name, value, None) for name, value in values.items() if value is not None]
        request = self._bot.request.post(f"{self._bot.base_url}/{method}", RequestData(given))
        await at("wire.ask", request)

    async def _ready(self, message: Message, say: Language, chat: int) -> tuple[str, Photo | None]:
        """The text as it goes out, and the picture; without the picture its numbers are in the text."""
        if message.picture is None:
            return message.text, None
        if isinstance(message.picture, Code):
            return message.text, qr.png(message.picture)
        if uploaded := self._uploaded.get(content_key(message.picture)):
            metrics.REUSED.labels("uploaded").inc()
            return message.text, uploaded
        try:
            return message.text, await at("wire.draw", self._studio.png(message.picture, whose=chat))
        except PictureFailed as error:
            log.event(log.Event.PICTURE_FAILED, error=error)
            return _with_table(message.text, message.picture, say), None

    async def _send_document(
        self, chat: int, message: Message, document: Document, say: Language, *, quiet: bool
    ) -> Outcome:
        """A page that can't be drawn goes as a text with the same numbers."""
        content = document.content
        try:
            file = content if isinstance(content, bytes) else await self._page(content, chat)
        except PictureFailed as error:
            log.event(log.Event.PICTURE_FAILED, error=error)
            return await self.send(chat, _as_table(message, document, say), say, quiet=quiet)
        sent = self._bot.send_document(
            chat,
            InputFile(file, document.name),
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message.buttons),
            disable_notification=quiet,
        )
        try:
            return Sent((await at("wire.send_document", sent)).message_id)
        except TelegramError as error:
            return outcome_of(error)

    async def _page(self, picture: series.Picture, chat: int) -> bytes:
        return await at("wire.draw_page", self._studio.pdf(picture, whose=chat))

    async def answer(self, callback_id: str, note: str, *, alert: bool = False) -> None:
        """Let a tapped button go, with a short note over the chat. Whether it arrives changes nothing."""
        try:
            shown = note[:NOTE_LENGTH] or None
            said = {"callback_query_id": callback_id, "text": shown, "show_alert": alert or None}
            await at("wire.answer", self._asked("answerCallbackQuery", said))
        except TelegramError as error:
            if _LATE not in error.message.lower():
                log.event(log.Event.REPLY_FAILED, outcome=type(outcome_of(error)).__name__)

    async def remove(self, chat: int, message_id: int) -> None:
        """Take a message out of the chat; one that is too old for that stays without buttons."""
        try:
            await at("wire.remove", self._bot.delete_message(chat, message_id))
        except TelegramError:
            await self._without_buttons(chat, message_id)

    async def take_away(self, chat: int, message_id: int) -> Outcome:
        """Take a message out of the chat; Missing: it isn't there any more, or is too old for that."""
        try:
            await at("wire.take_away", self._bot.delete_message(chat, message_id))
        except TelegramError as error:
            outcome = outcome_of(error)
            return Missing() if isinstance(outcome, GaveUp) else outcome
        return Sent(message_id)

    async def set_menu(self, chat: int, menus: Menus) -> Outcome:
        """The chat's own command menu, by the language of the phone. Safe to repeat; what can't be set is let be."""
        scope = BotCommandScopeChat(chat)
        try:
            for code, lines in menus.items():
                await at("wire.menu", self._put_menu(scope, code or None, lines))
        except TelegramError as error:
            outcome = outcome_of(error)
            return outcome if isinstance(outcome, Again | Unknown) else Missing()
        return Sent(0)

    def _put_menu(
        self, scope: BotCommandScopeChat, code: str | None, lines: Sequence[MenuLine]
    ) -> Coroutine[Any, Any, bool]:
        if not lines:
            return self._bot.delete_my_commands(scope=scope, language_code=code)
        return self._bot.set_my_commands(bot_commands(lines), scope=scope, language_code=code)

    async def delete(self, chat: int, message_ids: Sequence[int]) -> Outcome:
        """Delete up to 100 messages; those that aren't there are passed over. GaveUp: one of them can't be any more."""
        try:
            await at("wire.delete", self._bot.delete_messages(chat, message_ids))
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message_ids[-1])

    async def blank(self, chat: int, message_id: int, *, pictured: bool, deletable: bool = True) -> Outcome:
        """Take a message out of the chat, or where that can't be done any more, let it show nothing.

        Missing: it isn't there. What we took for a text may be a picture by now, and the other way round. What is known
        to be too old to be taken out isn't tried: one call, not two.
        """
        taken = await self.take_away(chat, message_id) if deletable else Missing()
        if not isinstance(taken, Missing):
            return taken
        for picture in (pictured, not pictured):
            outcome = await self._emptied(chat, message_id, pictured=picture)
            if not isinstance(outcome, GaveUp):
                return outcome
        return outcome

    async def _emptied(self, chat: int, message_id: int, *, pictured: bool) -> Outcome:
        """GaveUp: it is there, and of the other kind."""
        try:
            if pictured:
                media = InputMediaPhoto(EMPTY_PICTURE, caption=EMPTY)
                await at("wire.empty_picture", self._bot.edit_message_media(media, chat, message_id))
            else:
                await at("wire.empty", self._bot.edit_message_text(EMPTY, chat, message_id))
        except TelegramError as error:
            if _UNCHANGED in error.message.lower():
                return Sent(message_id)
            outcome = outcome_of(error)
            other_kind = isinstance(outcome, Missing) and not any(each in error.message.lower() for each in _NOT_FOUND)
            return GaveUp() if other_kind else outcome
        return Sent(message_id)

    async def _without_buttons(self, chat: int, message_id: int) -> None:
        try:
            bare = self._bot.edit_message_reply_markup(chat, message_id, reply_markup=None)
            await at("wire.without_buttons", bare)
        except TelegramError as error:
            log.event(log.Event.REPLY_FAILED, outcome=type(outcome_of(error)).__name__)


def _veiled(message: Message) -> bool:
    """Behind a spoiler: what anybody has answered. A code is there to be read from the screen at once."""
    return not isinstance(message.picture, Code)


def _known_by(message: Message) -> bytes | None:
    """What a picture is known by when it goes out again; a code may be a secret, and goes out once."""
    if message.picture is None or isinstance(message.picture, Code):
        return None
    return content_key(message.picture)


def _with_table(text: str, picture: series.Picture, say: Language) -> str:
    table = _newest_of(series.table(picture, say), MESSAGE_LENGTH - len(text) - 2)
    return paragraphs(text, f"<tg-spoiler>{plain(table)}</tg-spoiler>")


def _newest_of(table: str, room: int) -> str:
    """A table too long for a message keeps what it is of, and its last lines."""
    first, *lines = table.splitlines()
    left = room - len(first) - 3
    while lines and sum(len(each) + 1 for each in lines) > left:
        del lines[0]
    return table if len(table) <= room else "\n".join([first, "…", *lines])


def _as_table(message: Message, document: Document, say: Language) -> Message:
    assert not isinstance(document.content, bytes), "bytes need no drawing"
    return replace(message, text=_with_table(message.text, document.content, say), document=None)
