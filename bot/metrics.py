"""Figures of this program, for `/metrics`: counts and times by short closed lists of words. No label holds an id.

Counts begin at 0 with each start, as monitors expect. What the database knows is asked when somebody looks: `tell`.
"""

import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

REGISTRY: Final = CollectorRegistry()
CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(f"kuulolla_{name}", meaning, labels, registry=REGISTRY)


def _gauge(name: str, meaning: str, *labels: str) -> Gauge:
    return Gauge(f"kuulolla_{name}", meaning, labels, registry=REGISTRY)


EVENTS: Final = _counter("events", "What was logged, by the name of the event", "event")
TAKEN: Final = _counter("updates_taken", "Updates taken in, by what they are", "kind")
ENDED: Final = _counter("updates", "Updates that had their end: done, repeated, refused, passed_over", "end")
COMMITTED: Final = Histogram(
    "kuulolla_update_seconds",
    "From taking an update in until its effect is in the database",
    buckets=SECONDS,
    registry=REGISTRY,
)
LETTERS: Final = _counter("letters", "Tries to send a letter, by its kind and what came of it", "kind", "outcome")
ALERTS: Final = _counter("alerts", "Alerts that had their end: sent, sent_perhaps_twice, undeliverable", "end")
CALLS: Final = _counter("telegram_calls", "Calls of the Bot API, by what came back", "method", "outcome")
DRAWN: Final = _counter("pictures_drawn", "Pictures drawn; those that failed are events")
REUSED: Final = _counter(
    "pictures_reused", "Pictures not drawn again: kept, or sent once more by Telegram's id (uploaded)", "how"
)
REQUESTS: Final = _counter("webhook_requests", "What the webhook was asked, by the status it answered", "status")

WAITING: Final = _gauge("letters_waiting", "Letters whose time has come, by priority: 0 is for alerts", "priority")
OLDEST: Final = _gauge("letters_oldest_seconds", "How long the oldest of those has waited", "priority")
DEAD: Final = _gauge("letters_dead", "Letters that could never be sent", "kind")
DATABASE: Final = _gauge("database_up", "1 when the database answered just now")
BUILD: Final = _gauge("build_info", "Always 1", "version", "python")

ProcessCollector(registry=REGISTRY)


def _version() -> str:
    try:
        return version("kuulolla")
    except PackageNotFoundError:
        return "unknown"


def begin_at_zero(events: Iterable[str]) -> None:
    """What hasn't happened yet is told as 0, so that the first time is seen as a change."""
    for name in events:
        EVENTS.labels(name)


for _how in ("kept", "uploaded"):
    REUSED.labels(_how)

BUILD.labels(_version(), platform.python_version()).set(1)


def tell(*, waiting: Mapping[int, int], oldest: Mapping[int, float], dead: Mapping[str, int]) -> None:
    """What the database knows: letters waiting by priority, the seconds of the oldest, and the dead by kind."""
    DATABASE.set(1)
    for gauge, figures in ((WAITING, waiting), (OLDEST, oldest), (DEAD, dead)):
        gauge.clear()
        for label, figure in figures.items():
            gauge.labels(str(label)).set(figure)


def tell_nothing() -> None:
    """The database doesn't answer: what it said before is no longer told."""
    tell(waiting={}, oldest={}, dead={})
    DATABASE.set(0)


def page() -> bytes:
    """All figures in the text format of Prometheus."""
    return generate_latest(REGISTRY)
