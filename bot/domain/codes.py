"""Codes that people type: a worker's code is a name, an invitation's code a secret. Both are read forgivingly."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TYPED_LENGTH = 10
LINK_PATTERN = re.compile(r"[A-Za-z0-9_-]{22}")
WORKER_PATTERN = re.compile(r"([A-ZÅÄÖ]{2,12})[\s–-]*(\d{1,4})")
_MISREAD = str.maketrans("OIL", "011")
_DIVIDERS = re.compile(r"[\s–-]+")


def typed_code(text: str) -> str | None:
    """What was typed as an invitation's code (10 Crockford characters, at least one digit), or None.

    Case, spaces and hyphens don't matter; O is read as 0, I and L as 1.
    """
    code = _DIVIDERS.sub("", text).upper().translate(_MISREAD)
    if len(code) != TYPED_LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    return code if any(letter.isdigit() for letter in text) else None


def spaced(code: str) -> str:
    """An invitation's code as people read it aloud: 7K3QM-9TZ4X."""
    half = TYPED_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def worker_code(text: str) -> str | None:
    """A worker's code in its one written form, KOIVU-27, or None when the text can't be one."""
    found = WORKER_PATTERN.fullmatch(text.strip().upper())
    return f"{found[1]}-{found[2]}" if found else None


def link_token(text: str) -> str | None:
    """The secret of a deep link, or None when the text can't be one."""
    return text if LINK_PATTERN.fullmatch(text) else None
