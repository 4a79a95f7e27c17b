"""TOML, in which a service writes down numbers of its own: read without surprises, and written to be read again."""

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def read(text: str) -> Mapping[str, Any]:
    """Numbers with a point are Decimals, as they are written; one that is too large to be a number is none (NaN).

    Raises:
        ValueError: it is no TOML.
    """
    try:
        return tomllib.loads(text, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no TOML ({error})") from None


def _number(written: str) -> Decimal:
    try:
        return Decimal(written)
    except ArithmeticError:
        return Decimal("nan")


def quoted(word: str) -> str:
    """As a string on one line, whatever is in it: TOML's are JSON's, but for one character."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
