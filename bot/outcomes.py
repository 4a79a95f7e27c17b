"""What became of a call to Telegram: what was sent, what may be tried again, who is gone."""

from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

_GONE = ("chat not found", "user is deactivated", "bot can't initiate", "peer_id_invalid")
_MISSING = (
    "message to edit not found",
    "message can't be edited",
    "there is no",
    "message_id_invalid",
    "message to be",
)
_NOT_TELEGRAMS = ("forbidden (403)", "bad request (400)")
"""How PTB's own words begin for an answer without Telegram's description, such as the page of a proxy."""
_RETRY_SECONDS = 1.0


@dataclass(frozen=True)
class Sent:
    """It is in the chat, as this message."""

    message_id: int


@dataclass(frozen=True)
class Again:
    """It wasn't sent, and may be after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Unknown:
    """It may or may not have arrived."""


@dataclass(frozen=True)
class Missing:
    """The message to edit isn't there, or can't be edited any more."""


@dataclass(frozen=True)
class Gone:
    """The person can't be written to: the bot is blocked, the account or the chat ended."""


@dataclass(frozen=True)
class GaveUp:
    """Telegram won't have it: our mistake."""


Outcome = Sent | Again | Unknown | Missing | Gone | GaveUp


def is_unknown_token(error: BaseException) -> bool:
    """Whether Telegram says that it doesn't know our token (401).

    PTB makes the same error of a 404, which a server gives for a method that it doesn't have, and a proxy for anything.
    """
    return isinstance(error, InvalidToken) and "unauthorized" in error.message.lower()


def outcome_of(error: TelegramError) -> Outcome:
    """What an error means for the message that was to be sent.

    PTB raises the plain TelegramError for an answer that it can't read: whoever said yes there, it may be Telegram.

    Raises:
        InvalidToken: Telegram doesn't know us any more, so nothing can be said of the message.
    """
    if is_unknown_token(error):
        raise error
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return Again(after.total_seconds() if isinstance(after, timedelta) else float(after))
    if isinstance(error, BadRequest | Forbidden):
        return _refused(error)
    if isinstance(error, NetworkError):
        return Again(_RETRY_SECONDS) if _never_left(error) else Unknown()
    return Unknown() if type(error) is TelegramError else GaveUp()


def _refused(error: BadRequest | Forbidden) -> Outcome:
    """Texts of errors are compared without regard to case: servers differ in it."""
    said = error.message.lower()
    if said.startswith(_NOT_TELEGRAMS):
        return Unknown()
    if isinstance(error, Forbidden) or any(each in said for each in _GONE):
        return Gone()
    return Missing() if any(each in said for each in _MISSING) else GaveUp()


def _never_left(error: NetworkError) -> bool:
    """No connection was made, so nothing has arrived. PTB keeps the transport's error as the cause.

    The transport calls a connection that broke later by the same name as one that was never made; below it, aiohttp
    tells them apart.
    """
    cause = error.__cause__
    if cause is not None and isinstance(cause.__cause__, aiohttp.ClientError):
        return isinstance(cause.__cause__, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
