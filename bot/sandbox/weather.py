"""The weather between the bot and Telegram: which share of calls and updates goes wrong, and how, by a seed.

The same seed gives the same faults to the same order of calls, and to the same order of updates. At most one thing goes
wrong with a call, so the shares of calls add up to 1 at most.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from bot.sandbox.delays import Arrival
from bot.sandbox.pace import Pace
from bot.sandbox.world import Trouble

EDITS: Final = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"})
SENDS: Final = frozenset({"sendMessage", "sendPhoto", "sendChatAction"})
CALLS: Final = SENDS | EDITS | {"answerCallbackQuery"}
"""What the weather falls on unless it is told otherwise. `CALLS | {"getUpdates"}` takes the polling in too."""

_ERRORS: Final = ((500, "Internal Server Error"), (502, "Bad Gateway"), (504, "Gateway Timeout"))
_OF_CALLS: Final = ("too_many", "failed_before", "failed_after", "dropped_before", "dropped_after", "unreachable")
_OF_UPDATES: Final = ("duplicated", "late", "swapped", "expired")


@dataclass(frozen=True)
class Weather:
    """Shares are 0 to 1.

    Of calls: `too_many` is a 429 with `retry_after` seconds; `failed` a 5xx; `dropped` a connection that closes without
    an answer; `before` and `after` are the moments before and after the work is done; `unreachable` is a connection
    that can't be made (over HTTP it closes at once, which the bot can't tell from one that broke).

    Of updates: `duplicated` ones come again after they were confirmed; `late` ones come after `late_seconds` of the
    World's clock; `swapped` ones come when one of another queue has passed them, or after `late_seconds`; `expired`
    taps come when it is too late to answer them.

    `paced` adds Telegram's own limits: about one message a second in a chat, `burst` at once, and 30 a second over all.
    """

    seed: int = 0
    too_many: float = 0.0
    failed_before: float = 0.0
    failed_after: float = 0.0
    dropped_before: float = 0.0
    dropped_after: float = 0.0
    unreachable: float = 0.0
    duplicated: float = 0.0
    late: float = 0.0
    swapped: float = 0.0
    expired: float = 0.0
    retry_after: int = 1
    late_seconds: float = 0.2
    paced: bool = False
    burst: int = 3
    methods: frozenset[str] = CALLS
    _calls: random.Random = field(init=False, repr=False, compare=False)
    _updates: random.Random = field(init=False, repr=False, compare=False)
    _pace: Pace = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shares = [getattr(self, name) for name in _OF_CALLS + _OF_UPDATES]
        if not all(0 <= share <= 1 for share in shares) or sum(shares[: len(_OF_CALLS)]) > 1:
            raise ValueError("shares are 0 to 1, and those of calls add up to 1 at most")
        object.__setattr__(self, "_calls", random.Random(f"calls {self.seed}"))
        object.__setattr__(self, "_updates", random.Random(f"updates {self.seed}"))
        object.__setattr__(self, "_pace", Pace(self.burst))

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Weather:
        """Read it from JSON, methods as a list. Error: ValueError for what is no weather."""
        if not isinstance(given, Mapping):
            raise ValueError("the weather must be an object")
        try:
            values = {name: _value(cls.__dataclass_fields__[name].type, given[name]) for name in given}
            return cls(**values)
        except (KeyError, TypeError):
            raise ValueError(f"the weather is made of {', '.join(_NAMES)}") from None

    def trouble(self, method: str, chat: int | None, now: datetime) -> Trouble | None:
        """Say what goes wrong with this call; each call is asked about once."""
        if self.paced and chat is not None and method in SENDS | EDITS and (wait := self._pace.wait(chat, now)):
            return _too_many(wait)
        if method not in self.methods:
            return None
        drawn = self._calls.random()
        for name in _OF_CALLS:
            drawn -= getattr(self, name)
            if drawn < 0:
                return self._trouble(name)
        return None

    def _trouble(self, name: str) -> Trouble:
        if name == "too_many":
            return _too_many(self.retry_after)
        code, description = self._calls.choice(_ERRORS)
        kind, _, moment = name.partition("_")
        return Trouble(
            code,
            description,
            lost=moment == "after",
            dropped=kind == "dropped",
            unreachable=kind == "unreachable",
        )

    def arrival(self) -> Arrival:
        """Say how the next update comes."""
        late, swapped, again = (self._updates.random() for _ in range(3))
        held = late < self.late or swapped < self.swapped
        return Arrival(
            seconds=self.late_seconds if held else 0.0,
            swapped=held and not late < self.late,
            again=again < self.duplicated,
        )

    def expires(self) -> bool:
        """Say whether the next tap comes too late to be answered."""
        return self._updates.random() < self.expired


def _too_many(seconds: int) -> Trouble:
    return Trouble(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


_NAMES: Final = tuple(each.name for each in fields(Weather) if each.init)


def _value(kind: Any, given: Any) -> Any:
    """Take a value of JSON for a field of this type. Error: TypeError."""
    if kind == "frozenset[str]" and isinstance(given, list) and all(isinstance(each, str) for each in given):
        return frozenset(given)
    wanted = {"int": int, "float": int | float, "bool": bool}.get(kind)
    if wanted is None or not isinstance(given, wanted) or isinstance(given, bool) != (kind == "bool"):
        raise TypeError(given)
    return given
