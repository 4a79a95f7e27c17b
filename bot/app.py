"""Builds the Application: the one ordered list of handlers."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

import httpx
import httpx_aiohttp
from telegram import Chat, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot import metrics
from bot.chat import (
    ages,
    alerts,
    as_whom,
    asked_as,
    attached,
    case_more,
    case_people,
    cases,
    closing,
    elsewhere,
    entering,
    events,
    finding,
    given,
    groups,
    handing_over,
    helping,
    home,
    inviting,
    joining,
    meeting,
    own_data,
    own_picture,
    packs,
    pictures,
    plans,
    presence,
    privacy,
    raters,
    rating,
    reviews,
    settings,
    sharing,
    summary,
    tags,
    undelivered,
    weeks,
)
from bot.chat import running as run
from bot.chat.turns import Command, Press
from bot.house import House
from bot.messages.commands import names

PRESSES: tuple[Press, ...] = (
    *rating.HANDLERS,
    *own_picture.HANDLERS,
    *home.HANDLERS,
    *helping.HANDLERS,
    *finding.HANDLERS,
    *own_data.HANDLERS,
    *settings.HANDLERS,
    *joining.HANDLERS,
    *cases.HANDLERS,
    *sharing.HANDLERS,
    *closing.HANDLERS,
    *summary.HANDLERS,
    *case_people.HANDLERS,
    *raters.HANDLERS,
    *inviting.HANDLERS,
    *as_whom.HANDLERS,
    *attached.HANDLERS,
    *case_more.HANDLERS,
    *ages.HANDLERS,
    *asked_as.HANDLERS,
    *tags.HANDLERS,
    *pictures.HANDLERS,
    *meeting.HANDLERS,
    *presence.HANDLERS,
    *entering.HANDLERS,
    *given.HANDLERS,
    *plans.HANDLERS,
    *weeks.HANDLERS,
    *groups.HANDLERS,
    *handing_over.HANDLERS,
    *alerts.HANDLERS,
    *events.HANDLERS,
    *reviews.HANDLERS,
    *packs.HANDLERS,
    *privacy.HANDLERS,
    *undelivered.HANDLERS,
)
COMMANDS: tuple[Command, ...] = (
    *home.COMMANDS,
    *finding.COMMANDS,
    *helping.COMMANDS,
    *own_data.COMMANDS,
    *settings.COMMANDS,
    *privacy.COMMANDS,
)
UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]

Context = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
KuulollaApplication = Application[Any, Any, Any, Any, Any, Any]


class Kuulolla(Application[Any, Any, Any, Any, Any, Any]):
    """Dispatches one update at a time; an error in a handler goes to the one who handed the update in."""

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        del update
        raise error


class _Counted(HTTPXRequest):
    """Counts what came back from the Bot API, by method."""

    async def do_request(self, url: str, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        try:
            status, body = await super().do_request(url, *arguments, **named)
        except TelegramError:
            metrics.CALLS.labels(method, "no_answer").inc()
            raise
        metrics.CALLS.labels(method, "ok" if status == HTTPStatus.OK else str(status)).inc()
        return status, body


def transport(*, connections: int = 256, read_seconds: float = 10.0) -> HTTPXRequest:
    """HTTP over aiohttp: httpx's own transport falls to a tenth under many requests at once.

    The library's own limit of connections doesn't reach a transport that it is given.
    """
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    return _Counted(
        connection_pool_size=connections,
        read_timeout=read_seconds,
        write_timeout=read_seconds,
        pool_timeout=read_seconds,
        httpx_kwargs={"transport": httpx_aiohttp.AiohttpTransport(limits=limits)},
    )


def create_bot(token: str, api_url: str, *, request: BaseRequest, polling: BaseRequest) -> ExtBot[None]:
    """The bot at a Bot API server; `polling` has a connection of its own, so that sending never waits for it."""
    base = f"{api_url}/bot"
    return ExtBot(
        token, base_url=base, base_file_url=f"{api_url}/file/bot", request=request, get_updates_request=polling
    )


def build(bot: ExtBot[None], house: House) -> KuulollaApplication:
    """The Application around a bot, with all handlers in their order. Nothing runs yet."""
    application = ApplicationBuilder().application_class(Kuulolla).bot(bot).updater(None).build()
    application.add_handlers(handlers(house))
    return application


def handlers(house: House) -> list[BaseHandler[Any, Any, Any]]:
    private = filters.ChatType.PRIVATE
    return [
        CallbackQueryHandler(_tap(house)),
        *(CommandHandler(names(each.name), _said(house, each), filters=private) for each in COMMANDS),
        MessageHandler(private & filters.TEXT, _said(house, finding.TEXT)),
        MessageHandler(private & filters.ALL, _said(house, home.MEDIA)),
        MessageHandler(filters.ChatType.GROUPS, _elsewhere(house, elsewhere.group)),
        ChatMemberHandler(_elsewhere(house, elsewhere.membership), ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def _tap(house: House) -> Callback:
    """One handler for all buttons: what the verb names, instead of asking sixty patterns in turn."""
    by_verb = {each.verb: each for each in PRESSES}

    async def tapped(update: Update, _: Context) -> None:
        data = (update.callback_query.data or "") if update.callback_query else ""
        verb, *words = data.split("/")
        await run.press(house, by_verb.get(verb, elsewhere.UNKNOWN_BUTTON), words, update)

    return tapped


def _said(house: House, behaviour: Command) -> Callback:
    async def said(update: Update, context: Context) -> None:
        text = " ".join(context.args or ()) if context.args is not None else _text(update)
        await run.say(house, behaviour, text, update)

    return said


def _text(update: Update) -> str:
    return (update.message.text or "").strip() if update.message else ""


def _elsewhere(house: House, handle: Callable[[House, Update], Awaitable[None]]) -> Callback:
    async def handled(update: Update, _: Context) -> None:
        await handle(house, update)

    return handled


async def user_name(token: str, api_url: str) -> str | None:
    """The bot's user name, asked of the Bot API server; None when that can't be asked now."""
    once = {"request": transport(connections=1), "polling": transport(connections=1)}
    try:
        async with create_bot(token, api_url, **once) as bot:
            return bot.username
    except TelegramError:
        return None


def author(raw: Mapping[str, Any]) -> int | None:
    """Whose update this is, read from Telegram's JSON before it is decoded; None: nobody's."""
    sender = _sender(raw).get("id")
    return sender if isinstance(sender, int) else None


def phone_language(raw: Mapping[str, Any]) -> str | None:
    """The language of the sender's phone, if the update says it."""
    code = _sender(raw).get("language_code")
    return code if isinstance(code, str) else None


def is_private(raw: Mapping[str, Any]) -> bool:
    """Whether it is a message of a chat between two."""
    message = raw.get(Update.MESSAGE)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    return isinstance(chat, Mapping) and chat.get("type") == Chat.PRIVATE


def _sender(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    for kind in UPDATES:
        body = raw.get(kind)
        sender = body.get("from") if isinstance(body, Mapping) else None
        if isinstance(sender, Mapping):
            return sender
    return {}
