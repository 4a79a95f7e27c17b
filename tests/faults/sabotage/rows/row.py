"""How a mechanism is switched off, and who must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """In this file, `old` (there exactly once) becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """`quick`: it is tried in the short form too."""

    mechanism: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    quick: bool = False
