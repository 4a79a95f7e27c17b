"""What is logged: JSON lines from a closed list of events, with no personal text and no secrets.

Of an exception its type and places in the code are kept and never its message, which may quote what a person wrote. Of
other libraries only the place is kept, for the same reason.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, Final, TextIO, TypedDict, Unpack

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot import metrics


class Event(Enum):
    """All that can happen as far as the log knows, each with its level."""

    STARTED = ("started", logging.INFO)
    NOT_RESUMED = ("not_resumed", logging.WARNING)
    FSYNC_OFF = ("fsync_off", logging.WARNING)
    STOPPING = ("stopping", logging.INFO)
    STOPPED = ("stopped", logging.INFO)
    STOPPED_SHORT = ("stopped_short", logging.WARNING)
    CRASHED = ("crashed", logging.CRITICAL)
    TELEGRAM_UNREACHABLE = ("telegram_unreachable", logging.WARNING)
    POLLED_ELSEWHERE = ("polled_elsewhere", logging.WARNING)
    WEBHOOK_SET = ("webhook_set", logging.INFO)
    WEBHOOK_REFUSED = ("webhook_refused", logging.ERROR)
    WEBHOOK_ELSEWHERE = ("webhook_elsewhere", logging.WARNING)
    WEBHOOK_STRANGER = ("webhook_stranger", logging.WARNING)
    TELEGRAM_REACHED = ("telegram_reached", logging.INFO)
    UPDATE_FAILED = ("update_failed", logging.ERROR)
    UPDATE_PARKED = ("update_parked", logging.ERROR)
    UPDATE_UNREADABLE = ("update_unreadable", logging.ERROR)
    FLOODED = ("flooded", logging.WARNING)
    REPLY_FAILED = ("reply_failed", logging.WARNING)
    LETTER_FAILED = ("letter_failed", logging.WARNING)
    LETTER_DEAD = ("letter_dead", logging.ERROR)
    ALERT_UNDELIVERABLE = ("alert_undeliverable", logging.ERROR)
    ALERT_UNOPENED = ("alert_unopened", logging.WARNING)
    PICTURE_FAILED = ("picture_failed", logging.ERROR)
    COURIER_FAILED = ("courier_failed", logging.ERROR)
    HEARTBEAT_FAILED = ("heartbeat_failed", logging.WARNING)
    OUTAGE_OVER = ("outage_over", logging.WARNING)
    CLOCK_DIFFERS = ("clock_differs", logging.WARNING)
    LOCKS_LOST = ("locks_lost", logging.WARNING)
    HEALTH_UNTOLD = ("health_untold", logging.WARNING)
    LIBRARY = ("library", logging.WARNING)


class Facts(TypedDict, total=False):
    """All that may be said of an event. Our own ids and counts: nothing that a person wrote, nothing of Telegram's."""

    command: str
    update_id: int
    letter_id: int
    alert: int
    attempt: int
    count: int
    seconds: float
    outcome: str
    error: BaseException | None


QUIET: Final = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "uvicorn.access", "matplotlib", "PIL")
# Their texts speak of addresses, ports and revisions, never of people.
SPEAKING: Final = ("uvicorn.error", "alembic")
REMOVED: Final = "[removed]"
_TOKEN: Final = re.compile(r"\d{6,}(?::|%3A)[\w-]{20,}", re.IGNORECASE | re.ASCII)
_SHORTEST_SECRET: Final = 8


def begin(*, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Write from now on to the stream, standard error by default, whatever was set up before; no secret gets out."""
    redact = _Redaction(secrets)
    _write_lines(redact, stream)
    listener = _Listener()
    listener.addFilter(redact)
    logging.basicConfig(handlers=[listener], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    for name in (*QUIET, *SPEAKING):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _crashed
    threading.excepthook = lambda thread: _crashed(thread.exc_type, thread.exc_value, thread.exc_traceback)


metrics.begin_at_zero(name for name, _ in (each.value for each in Event))


def event(what: Event, /, **facts: Unpack[Facts]) -> None:
    """Write one line."""
    if not structlog.is_configured():
        _write_lines(_Redaction(()), None)
    name, level = what.value
    metrics.EVENTS.labels(name).inc()
    structlog.get_logger().log(level, name, **facts)


def _write_lines(redact: "_Redaction", stream: TextIO | None) -> None:
    structlog.configure(
        processors=[_stamped, _without_texts, structlog.processors.JSONRenderer(ensure_ascii=False), redact.line],
        logger_factory=lambda *_: structlog.PrintLogger(stream or sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )


class _Redaction(logging.Filter):
    """Takes out tokens and the secrets that it was given; those under eight characters would tear up every line."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        spelled = {form for secret in secrets if len(secret) >= _SHORTEST_SECRET for form in _spellings(secret)}
        self._secrets = sorted(spelled, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            text = record.getMessage()
        except (TypeError, ValueError, KeyError):
            text = "(a text that does not fit its arguments)"
        record.msg, record.args = self.text(text), None
        return True

    def line(self, _logger: WrappedLogger, _method: str, rendered: Any) -> str:
        return self.text(str(rendered))

    def text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, REMOVED)
        return _TOKEN.sub(REMOVED, text)


def _spellings(secret: str) -> Iterator[str]:
    yield secret
    yield json.dumps(secret, ensure_ascii=False)[1:-1]


class _Listener(logging.Handler):
    """Turns what other libraries log into lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        name, _ = Event.LIBRARY.value
        metrics.EVENTS.labels(name).inc()
        heard: dict[str, object] = {"logger": record.name, "at": _place(record.pathname, record.lineno)}
        if record.name.startswith(SPEAKING):
            heard["said"] = record.getMessage().partition("\n")[0]
        if record.exc_info:
            heard["error"] = record.exc_info[1]
        structlog.get_logger().log(record.levelno, name, **heard)


def _stamped(_logger: WrappedLogger, method: str, said: EventDict) -> EventDict:
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"time": moment, "level": method, "event": said.pop("event"), **said}


def _without_texts(_logger: WrappedLogger, _method: str, said: EventDict) -> EventDict:
    """Every exception, given as `error` or as `exc_info`, becomes its type and places."""
    given = said.pop("exc_info", None)
    raised = given[1] if isinstance(given, tuple) else given if isinstance(given, BaseException) else sys.exc_info()[1]
    if given and raised is not None:
        said.setdefault("error", raised)
    for name, fact in list(said.items()):
        if isinstance(fact, BaseException):
            said[name] = " from ".join(type(each).__name__ for each in _causes(fact))
            said["places"] = [_place(frame.f_code.co_filename, line) for frame, line in walk_tb(fact.__traceback__)][
                -12:
            ]
    return {name: fact for name, fact in said.items() if fact is not None}


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen:
        yield following
        seen.append(following)
        following = following.__cause__ or following.__context__


def _place(file: str, line: int) -> str:
    """The last three parts of the path and the line: bot/chat/rating.py:45."""
    return f"{'/'.join(Path(file).parts[-3:])}:{line}"


def _crashed(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        event(Event.CRASHED, error=error.with_traceback(trace))
