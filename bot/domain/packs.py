"""A service's own short measure: its questions and its scale as data, beside the four instruments and never mixed in.

It has no cutoff, no change that counts as reliable, and raises no alert: nobody has measured its noise. What it shows
is its own curve.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.instruments import Instrument
from bot.domain.people import Kind

LANGUAGES = ("fi", "sv", "en")


class Asked(StrEnum):
    """Who is asked: the clients themselves, their carers, the others around them."""

    CLIENT = "client"
    CARER = "carer"
    OTHER = "other"


@dataclass(frozen=True)
class Pack:
    """One such measure; `raters` are asked it wherever a case has it switched on."""

    instrument: Instrument
    raters: frozenset[Asked]
    title: Mapping[str, str]

    @property
    def code(self) -> str:
        return self.instrument.code

    def asks(self, kind: Kind) -> bool:
        if kind is Kind.CLIENT:
            return Asked.CLIENT in self.raters
        return (Asked.CARER if kind.is_carer else Asked.OTHER) in self.raters

    def called(self, language: str) -> str:
        """Its title in this language, or in the first one that it has."""
        return in_language(self.title, language)


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in this language; where they are missing, in the first of ours that is there."""
    return next(words[each] for each in (language, *LANGUAGES) if each in words)
