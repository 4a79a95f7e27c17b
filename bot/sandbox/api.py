"""The Bot API: exactly the methods that the bot calls; anything else fails loudly.

Source:
    https://core.telegram.org/bots/api
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox import commands, editing, hooking, sending
from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import NoAnswerError, NotBuiltError, RefusedError, bad_request
from bot.sandbox.world import Call, Trouble, World

MAX_TOAST: Final = 200
MAX_UPDATES: Final = 100
MAX_TIMEOUT: Final = 50
NOTHING: Final[frozenset[str]] = frozenset()
NO_ANSWER: Final = RefusedError(0, "no answer")
"""What is noted of a call that got none."""

Result = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    """What goes back: the HTTP status and the JSON."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Method:
    perform: Callable[[World, Parameters], Result | Awaitable[Result]]
    takes: frozenset[str]


class Api:
    """Answer calls of the Bot API on a World. `token` of None takes any token."""

    def __init__(self, world: World, *, token: str | None = None) -> None:
        self.world = world
        self._token = token

    def unauthorised(self, token: str) -> Answer | None:
        """Turn away a wrong token: 404 when it isn't one at all, 401 when it isn't ours."""
        if self._token is None or token == self._token:
            return None
        number, colon, secret = token.partition(":")
        if not colon or not number.isdigit() or not secret:
            return _refusal(RefusedError(404, "Not Found"))
        return _refusal(RefusedError(401, "Unauthorized"))

    async def answer(self, method: str, values: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> Answer:
        """Carry out one call.

        Error:
            NoAnswerError, when none comes back; everything else is an Answer.
        """
        given = Parameters(method, values, files or {})
        refused: RefusedError | None = None
        try:
            result = await self._perform(given)
        except RefusedError as refusal:
            refused = refusal
        except NoAnswerError:
            self._note(given, NO_ANSWER)
            raise
        self._note(given, refused)
        return Answer(200, {"ok": True, "result": result}) if refused is None else _refusal(refused)

    async def _perform(self, given: Parameters) -> Result:
        method = METHODS.get(given.method.lower())
        if method is None:
            raise NotBuiltError(f"there is no method {given.method}", code=404)
        given.allow(method.takes)
        trouble = self.world.trouble_with(given.method, _chat(given))
        if trouble and not trouble.lost:
            raise _error_of(trouble)
        result = method.perform(self.world, given)
        if isinstance(result, Awaitable):
            result = await result
        if trouble:
            raise _error_of(trouble)
        return result

    def _note(self, given: Parameters, refused: RefusedError | None) -> None:
        self.world.calls.append(Call(given.method, _chat(given), refused.description if refused else None))
        if isinstance(refused, NotBuiltError):
            self.world.complaints.append(refused.description)


def _chat(given: Parameters) -> int | None:
    chat = str(given.values.get("chat_id"))
    return int(chat) if chat.removeprefix("-").isdigit() else None


def _error_of(trouble: Trouble) -> RefusedError | NoAnswerError:
    if trouble.unreachable or trouble.dropped:
        return NoAnswerError(reached=not trouble.unreachable)
    return RefusedError(trouble.code, trouble.description, retry_after=trouble.retry_after)


def _refusal(refused: RefusedError) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
    return Answer(refused.code, body)


def get_me(world: World, _given: Parameters) -> Result:
    return world.bot.full_json()


async def get_updates(world: World, given: Parameters) -> Result:
    """Long poll. A negative offset, which forgets updates, is not for us."""
    offset = given.number("offset")
    if offset < 0:
        raise NotBuiltError("a negative offset would forget updates")
    hooking.allow_updates(world, given)
    limit = min(max(given.number("limit", MAX_UPDATES), 1), MAX_UPDATES)
    seconds = min(max(given.number("timeout"), 0), MAX_TIMEOUT)
    updates = await world.updates.poll(offset=offset, limit=limit, seconds=seconds)
    return [update.json() for update in updates]


def answer_callback_query(world: World, given: Parameters) -> Result:
    """Answer a tap: once, in time, with at most 200 characters."""
    query = world.query(given.text("callback_query_id"))
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = given.text("text")
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    world.answered(query)
    query.phone.shows_toast(text, alert=given.flag("show_alert"))
    return True


METHODS: Final[dict[str, Method]] = {
    "getme": Method(get_me, NOTHING),
    "getupdates": Method(get_updates, frozenset({"offset", "limit", "timeout", "allowed_updates"})),
    "setwebhook": Method(hooking.set_webhook, hooking.SET_WEBHOOK),
    "deletewebhook": Method(hooking.delete_webhook, hooking.DELETE_WEBHOOK),
    "getwebhookinfo": Method(hooking.get_webhook_info, NOTHING),
    "setmycommands": Method(commands.set_my_commands, commands.SET_MY_COMMANDS),
    "deletemycommands": Method(commands.delete_my_commands, commands.GET_MY_COMMANDS),
    "getmycommands": Method(commands.get_my_commands, commands.GET_MY_COMMANDS),
    "setmydescription": Method(commands.describe, commands.SET_MY_DESCRIPTION),
    "setmyshortdescription": Method(commands.describe, commands.SET_MY_SHORT_DESCRIPTION),
    "sendmessage": Method(sending.send_message, sending.SEND_MESSAGE),
    "sendphoto": Method(sending.send_photo, sending.SEND_PHOTO),
    "senddocument": Method(sending.send_document, sending.SEND_DOCUMENT),
    "sendchataction": Method(sending.send_chat_action, sending.SEND_CHAT_ACTION),
    "editmessagetext": Method(editing.edit_message_text, editing.EDIT_MESSAGE_TEXT),
    "editmessagecaption": Method(editing.edit_message_caption, editing.EDIT_MESSAGE_CAPTION),
    "editmessagemedia": Method(editing.edit_message_media, editing.EDIT_MESSAGE_MEDIA),
    "editmessagereplymarkup": Method(editing.edit_message_reply_markup, editing.EDIT_MESSAGE_REPLY_MARKUP),
    "deletemessage": Method(editing.delete_message, editing.DELETE_MESSAGE),
    "deletemessages": Method(editing.delete_messages, editing.DELETE_MESSAGES),
    "answercallbackquery": Method(
        answer_callback_query, frozenset({"callback_query_id", "text", "show_alert", "url", "cache_time"})
    ),
}
