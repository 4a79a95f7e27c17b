"""What the page may ask of the start-up, which knows the bot and its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Guest:
    """Somebody whose phone may be added on request."""

    name: str
    title: str


class Desk(Protocol):
    """The start-up as the page sees it."""

    def guests(self) -> Sequence[Guest]:
        """Say who may come, whether or not they have."""

    async def add_guest(self, name: str) -> None:
        """Add the phone of a guest to the World. Error: LookupError when there is no such guest."""

    async def reset(self) -> None:
        """Begin anew: the bot's database, the World (`World.empty`) and the story."""
