"""Updates of odd shapes, as no Telegram should send them: missing fields, wrong types, unknown kinds, huge numbers.

Each keeps a good `update_id`, so that it can be confirmed. Some can still be read, most can't.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

Json = dict[str, Any]
Garbled = tuple[str, Json]
"""A kind, and what stands beside the id of the update."""

MOST_TWISTS: Final = 4
UNKNOWN: Final = ("dream", "Message", "message ", "", "edited_dream", "update", "0")
ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    2**64 + 1,
    10**30,
    -(10**18),
    0.5,
    1e300,
    "",
    " ",
    "\x00",
    "7",
    "<b>",
    "\u202e",
    "ä" * 5000,
    [],
    [[]],
    [None, {}],
    {},
    {"id": {}},
    {"id": None, "type": 7},
)


def garbled(user: Json, chat: Json, bot: Json, *, seed: int, count: int) -> Iterator[Garbled]:
    """Twist updates of this user, all of them differently. Shapes: User, Chat, User of the Bot API."""
    chance = random.Random(f"garbled {seed}")
    seen: set[str] = set()
    while len(seen) < count:
        kind, body = chance.choice(_sound(user, chat, bot))
        shape = {kind: copy.deepcopy(body)}
        for _ in range(chance.randint(1, MOST_TWISTS)):
            shape = chance.choice(_TWISTS)(shape, chance)
        written = json.dumps(shape, sort_keys=True)
        if written not in seen and shape != {kind: body}:
            seen.add(written)
            yield kind, shape


def _sound(user: Json, chat: Json, bot: Json) -> list[Garbled]:
    said = {"message_id": 1, "from": user, "chat": chat, "date": 1_772_442_000, "text": "/start abc"}
    command = {"type": "bot_command", "offset": 0, "length": 6}
    asked = {
        **said,
        "from": bot,
        "text": "?",
        "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "1"}]]},
    }
    photo = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1, "file_size": 1}
    member = {"user": bot, "status": "member"}
    return [
        ("message", said | {"entities": [command]}),
        ("message", said | {"photo": [photo], "caption": "x", "reply_to_message": asked}),
        ("edited_message", said | {"edit_date": 1_772_442_001}),
        ("callback_query", {"id": "1", "from": user, "message": asked, "chat_instance": "1", "data": "menu"}),
        ("my_chat_member", {**said, "old_chat_member": member, "new_chat_member": {**member, "status": "kicked"}}),
    ]


# How an update is twisted: each gives the shape as it is then


def _misses_something(shape: Json, chance: random.Random) -> Json:
    holder, key = chance.choice(_places(shape))
    del holder[key]
    return shape or {"": None}


def _has_something_odd(shape: Json, chance: random.Random) -> Json:
    holder, key = chance.choice(_places(shape))
    holder[key] = copy.deepcopy(chance.choice(ODD))
    return shape


def _is_odd_as_a_whole(shape: Json, chance: random.Random) -> Json:
    return dict.fromkeys(shape, copy.deepcopy(chance.choice(ODD)))


def _has_no_sender(shape: Json, _chance: random.Random) -> Json:
    return {kind: _without(body, "from") for kind, body in shape.items()}


def _without(body: Any, name: str) -> Any:
    return {key: value for key, value in body.items() if key != name} if isinstance(body, dict) else body


def _is_of_an_unknown_kind(shape: Json, chance: random.Random) -> Json:
    return {chance.choice(UNKNOWN): body for body in shape.values()}


def _is_two_at_once(shape: Json, chance: random.Random) -> Json:
    other = chance.choice(("message", "callback_query", "my_chat_member", "poll", "inline_query"))
    return shape | {other: copy.deepcopy(chance.choice([*shape.values(), *ODD]))}


def _goes_deep(shape: Json, chance: random.Random) -> Json:
    """The update within itself, some dozens of times: still within what a JSON reader takes."""
    name, inner = chance.choice(("message", "reply_to_message", "chat", "from")), next(iter(shape.values()))
    for _ in range(chance.randint(5, 60)):
        inner = {**inner, name: inner} if isinstance(inner, dict) and chance.random() < 0.1 else {name: inner}
    return {next(iter(shape)): inner}


_TWISTS: Final[tuple[Callable[[Json, random.Random], Json], ...]] = (
    _misses_something,
    _misses_something,
    _has_something_odd,
    _has_something_odd,
    _is_odd_as_a_whole,
    _has_no_sender,
    _is_of_an_unknown_kind,
    _is_two_at_once,
    _goes_deep,
)


def _places(inner: Any) -> list[tuple[Any, Any]]:
    """Find all places in it. Shape: what holds it (an object or an array), and its key there."""
    keys = list(inner) if isinstance(inner, dict) else list(range(len(inner))) if isinstance(inner, list) else []
    return [(inner, key) for key in keys] + [place for key in keys for place in _places(inner[key])]
