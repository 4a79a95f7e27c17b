"""A service's own measure as a TOML file: one to eight questions with a scale of whole points.

A file says what is so, or is refused as a whole with the place of what is wrong.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.domain.instruments import INSTRUMENTS, Instrument, Measure
from bot.domain.packs import LANGUAGES, Asked, Pack
from bot.domain.toml import read

CODE = re.compile(r"[a-z][a-z0-9]{1,11}")
MOST_ITEMS, HIGHEST_POINT = 8, 10
TITLE, QUESTION, END = 40, 300, 80
_FIELDS = ("code", "asked", "from", "to", "raters", "title", "intro", "items")
_TEXTS = {"title": TITLE, "self": QUESTION, "about": QUESTION, "low": END, "high": END}
_WHEN = {"before": Measure.OUTCOME, "after": Measure.ALLIANCE}

Words = Mapping[str, str]


def parsed(text: str) -> Pack:
    """The measure that a file describes.

    Raises:
        ValueError: with the place in the file and what is expected there.
    """
    said = read(text)
    _known(said, _FIELDS, "the file")
    title, items = _words(said.get("title"), "title", TITLE), _items(said.get("items"))
    asked_with = _asked_with(said.get("asked"))
    low, high = _scale(said)
    intro = _words(said["intro"], "intro", QUESTION) if "intro" in said else title
    instrument = Instrument(
        code=_code(said.get("code")),
        measure=Measure.OWN,
        faces=False,
        count=len(items),
        low=low,
        high=high,
        beside=asked_with,
        words=_by_key(said.get("code"), title, intro, items),
    )
    return Pack(instrument, _raters(said.get("raters", [Asked.CLIENT])), title)


def _known(table: Mapping[str, Any], names: Sequence[str], place: str) -> None:
    for each in table:
        if each not in names:
            raise ValueError(f"{place} has an unknown {each!r}: expected {', '.join(names)}")


def _code(code: object) -> str:
    if not isinstance(code, str) or not CODE.fullmatch(code) or code in INSTRUMENTS:
        raise ValueError(f"code is {code!r}: expected 2 to 12 of a-z and 0-9, a letter first, none of ours")
    return code


def _asked_with(when: object) -> Measure:
    if not isinstance(when, str) or when not in _WHEN:
        raise ValueError(f"asked is {when!r}: expected 'before' or 'after' (the meeting)")
    return _WHEN[when]


def _scale(said: Mapping[str, Any]) -> tuple[int, int]:
    low, high = (_point(said.get(each)) for each in ("from", "to"))
    if not 0 <= low < high <= HIGHEST_POINT:
        ends = f"from {said.get('from')!r} to {said.get('to')!r}"
        raise ValueError(f"{ends}: expected whole points, 0 to {HIGHEST_POINT} at most, rising")
    return low, high


def _point(said: object) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) else -1


def _raters(raters: object) -> frozenset[Asked]:
    known = [each.value for each in Asked]
    if not isinstance(raters, list) or not raters or not all(each in known for each in raters):
        raise ValueError(f"raters is {raters!r}: expected some of {', '.join(known)}")
    return frozenset(Asked(each) for each in raters)


def _items(items: object) -> Sequence[Mapping[str, Words]]:
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS or not all(isinstance(e, dict) for e in items):
        raise ValueError(f"items: expected [[items]], 1 to {MOST_ITEMS} of them")
    return [_item(each, f"item {number}") for number, each in enumerate(items, 1)]


def _item(said: Mapping[str, Any], place: str) -> Mapping[str, Words]:
    _known(said, tuple(_TEXTS), place)
    found = {
        name: _words(said.get(name), f"{place}, {name}", most)
        for name, most in _TEXTS.items()
        if name != "about" or name in said
    }
    return {"about": found["self"], **found}


def _words(said: object, place: str, most: int) -> Words:
    """A text in each language that it is there in, one at least."""
    if not isinstance(said, dict) or not said:
        raise ValueError(f"{place}: expected its words, such as {{ fi = '...', sv = '...', en = '...' }}")
    _known(said, LANGUAGES, place)
    for language, words in said.items():
        if not isinstance(words, str) or not words.strip() or len(words) > most or not words.isprintable():
            raise ValueError(f"{place}, {language}: expected 1 to {most} characters on one line")
    return MappingProxyType(dict(said))


def _by_key(code: object, title: Words, intro: Words, items: Sequence[Mapping[str, Words]]) -> Mapping[str, Words]:
    """As the catalogues have the instruments' words: `code.intro.self`, `code.1.title`."""
    found = {f"{code}.title": title, f"{code}.intro.self": intro, f"{code}.intro.about": intro}
    for number, item in enumerate(items, 1):
        found |= {f"{code}.{number}.{name}": words for name, words in item.items()}
    return MappingProxyType(found)
