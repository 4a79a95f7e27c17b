"""Where the CPU of a process goes, by rooms: looked at a thousand times in each second of CPU, which costs little.

Each look counts for the innermost known room of the main thread. While that waits for something, the CPU is being used
by another thread: of ours only the database has one.
"""

import signal
from collections import Counter
from types import FrameType
from typing import Final

EVERY: Final = 0.001
PLACES_KEPT: Final = 60
WAITING: Final = "the database's thread"
REST: Final = "asyncio and the rest"
_ROOMS: Final = (
    ("/site-packages/sqlalchemy/", "storage: SQLAlchemy"),
    ("/site-packages/aiosqlite/", "storage: aiosqlite"),
    ("/site-packages/telegram/", "PTB objects and dispatch"),
    ("/site-packages/httpx", "HTTP"),
    ("/site-packages/aiohttp/", "HTTP"),
    ("/site-packages/httpcore/", "HTTP"),
    ("/storage/", "storage: ours"),
    ("/bot/messages/", "our messages"),
    ("/bot/i18n", "our messages"),
    ("/bot/intake", "our intake"),
    ("/bot/polling", "our intake"),
    ("/bot/", "our chat, actions and domain"),
    ("/selectors.py", WAITING),
)


class Profile:
    """Looks between the first and the second `begin_or_end`."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._looking = False

    def begin_or_end(self) -> None:
        self._looking = not self._looking
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, EVERY * self._looking, EVERY * self._looking)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        room = None
        while frame is not None and room is None:
            room = _room(frame.f_code.co_filename)
            if room is not None:
                self._places[f"{room}: {frame.f_code.co_qualname}"] += 1
            frame = frame.f_back
        self._seen[room or REST] += 1

    def told(self) -> dict[str, object]:
        """The part of each room, and of the dearest functions, in the whole; the largest first."""
        whole = sum(self._seen.values()) or 1
        return {
            "shares": {room: count / whole for room, count in self._seen.most_common()},
            "places": [(place, count / whole) for place, count in self._places.most_common(PLACES_KEPT)],
        }


def _room(file: str) -> str | None:
    return next((room for part, room in _ROOMS if part in file), None)
