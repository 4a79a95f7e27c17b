"""What was made of pictures, and by which key it is known."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from bot.charts.kept import Kept, content_key
from tests.charts.cases import ALL, USUAL, case

ROOT = Path(__file__).parents[2]


def test_pictures_that_look_the_same_have_one_key_and_others_another() -> None:
    keys = {content_key(picture) for picture in ALL.values()}
    assert len(keys) == len(set(ALL.values()))
    assert content_key(replace(USUAL)) == content_key(USUAL)


def test_the_same_ratings_in_another_language_are_another_picture() -> None:
    one, other = (case(code, "Koivu 27", [184, 212], []) for code in ("fi", "sv"))
    assert content_key(one) != content_key(other)


def test_everything_that_a_picture_shows_is_in_its_key() -> None:
    """Nothing in it is left out of its repr."""
    assert [field for picture in ALL.values() for field in _left_out(picture)] == []


def _left_out(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for each in value:
            yield from _left_out(each)
    elif is_dataclass(value):
        for field in fields(value):
            if not field.repr:
                yield f"{type(value).__name__}.{field.name}"
            yield from _left_out(getattr(value, field.name))


def test_nobody_elses_program_has_the_same_keys() -> None:
    """So what a key stands for can't be tried out with a copy of it."""
    script = (
        "from bot.charts.kept import content_key; from tests.charts.cases import USUAL; print(content_key(USUAL).hex())"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert len(told.stdout.strip()) == 32
    assert told.stdout.strip() != content_key(USUAL).hex()


def test_what_was_used_longest_ago_goes_first() -> None:
    kept = Kept[bytes](most=10, seconds=60, weight=len)
    kept.keep(b"a", b"1234")
    kept.keep(b"b", b"1234")
    assert kept.get(b"a") == b"1234"
    kept.keep(b"c", b"1234")
    assert [kept.get(key) for key in (b"a", b"b", b"c")] == [b"1234", None, b"1234"]


def test_what_is_kept_anew_weighs_once() -> None:
    kept = Kept[bytes](most=10, seconds=60, weight=len)
    for _ in range(9):
        kept.keep(b"a", b"1234")
    kept.keep(b"b", b"123456")
    assert (kept.get(b"a"), kept.get(b"b")) == (b"1234", b"123456")


def test_what_is_too_much_alone_is_not_kept() -> None:
    kept = Kept[bytes](most=3, seconds=60, weight=len)
    kept.keep(b"a", b"1234")
    assert kept.get(b"a") is None


def test_nothing_is_kept_longer_than_its_time_however_often_it_is_used() -> None:
    now = [0.0]
    kept = Kept[str](most=10, seconds=60, clock=lambda: now[0])
    kept.keep(b"a", "id")
    seen = []
    for moment in (30.0, 59.0, 60.0, 61.0):
        now[0] = moment
        seen.append(kept.get(b"a"))
    assert seen == ["id", "id", None, None]
    assert kept._weighs == 0
