"""Whom to turn to: a file of help lines by language and reader, at the end of every rating."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.people import AgeBand
from bot.i18n import Language
from bot.messages.message import plain

READERS = ("child", "young", "adult")


@dataclass(frozen=True)
class HelpLine:
    """One line: a number, who it is for, what it is in each language, and when that was last known to be so."""

    number: str
    readers: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    checked: date

    def within(self, language: str) -> str | None:
        return dict(self.words).get(language)


@cache
def load(file: Path) -> Sequence[HelpLine]:
    """Read a file of help lines.

    Raises:
        ValueError: what is wrong and in which line of the list, in one sentence.
    """
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get("line")
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"isn't TOML: {error}") from None
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise ValueError("has no [[line]]")
    return [_line(each, number) for number, each in enumerate(found, 1)]


def _line(found: dict[str, Any], number: int) -> HelpLine:
    words = tuple((code, str(found[code])) for code in ("fi", "sv", "en") if code in found)
    readers = found.get("readers")
    if not words or not isinstance(readers, list) or not readers or any(each not in READERS for each in readers):
        raise ValueError(f"line {number} needs readers (of {', '.join(READERS)}) and words in a language")
    if not isinstance(found.get("checked"), date) or "number" not in found:
        raise ValueError(f"line {number} needs a number and the date on which it was checked")
    return HelpLine(str(found["number"]), tuple(readers), words, found["checked"])


def help_text(say: Language, lines: Sequence[HelpLine], band: AgeBand) -> str:
    """The lines for a reader of this age in their language, one below the other."""
    reader = {AgeBand.CHILD: "child", AgeBand.UNDER_6: "child", AgeBand.ADOLESCENT: "young"}.get(band, "adult")
    known = [(line.number, line.within(say.code)) for line in lines if reader in line.readers]
    return "\n".join(f"☎️ {plain(number)} – {plain(words)}" for number, words in known if words)
