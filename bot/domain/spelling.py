"""A case's label as somebody types it: in capitals or not, with a hyphen, with spaces too many."""

import re

_GAPS = re.compile(r"[\s–-]+")
_LABEL = re.compile(r"[^\W\d_]{2,12} ?\d{2}")
LONGEST = 40


def as_label(text: str) -> str | None:
    """One written form of what may be a label; None when it can't be one."""
    if len(text) > LONGEST:
        return None
    form = _GAPS.sub(" ", text.strip()).casefold()
    return form.replace(" ", "") if _LABEL.fullmatch(form) else None
