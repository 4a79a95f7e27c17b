"""Parameters of a call: from JSON, from a form or straight from python-telegram-bot, read as Telegram reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from bot.sandbox.refusals import NotBuiltError, bad_request

_ATTACHED: Final = "attach://"


class Upload(bytes):
    """A file as it came, with the name that it came under."""

    name: str

    def __new__(cls, content: bytes, name: str = "") -> Self:
        upload = super().__new__(cls, content)
        upload.name = name
        return upload


@dataclass(frozen=True)
class Parameters:
    """What a method was called with. Values are strings (forms) or what they say (JSON)."""

    method: str
    values: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def allow(self, names: frozenset[str]) -> None:
        """Refuse what the method doesn't take, or takes in Telegram but not here."""
        for name in self.values.keys() - names:
            raise NotBuiltError(f"{self.method} is not built for the parameter {name!r}")

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Read a string; a missing one is empty."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"Wrong parameter {name} in request") from None

    def flag(self, name: str) -> bool:
        """Read a truth value: `true`, `True`, `yes` or `1`."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """Read a JSON-serialized value; None when it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value.strip() else None
        except ValueError:
            raise bad_request(f"Can't parse {name.replace('_', ' ')} JSON object") from None

    def numbers(self, name: str) -> list[int]:
        """Read a JSON array of whole numbers."""
        value = self.json(name)
        if not isinstance(value, list):
            return []
        try:
            return [int(number) for number in value]
        except (TypeError, ValueError):
            raise bad_request(f"Wrong parameter {name} in request") from None

    def file(self, name: str) -> bytes | None:
        """Find an upload: a part of this name, or the part that `attach://<part>` points at."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith(_ATTACHED):
            return self.attached(value)
        return self.files.get(name)

    def attached(self, link: str) -> bytes:
        """Find the part that an `attach://` link names."""
        try:
            return self.files[link.removeprefix(_ATTACHED)]
        except KeyError:
            raise bad_request("Wrong file identifier/HTTP URL specified") from None
