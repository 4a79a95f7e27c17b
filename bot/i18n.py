"""What is said in which language: texts, dates, times and numbers of one locale.

`messages` has English texts as its keys, `instruments` has keys such as "ors.1.title". Both are read from the .po files
when first needed; nothing is compiled. An organisation may bring its own wording of the instruments.
"""

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

# As written in Finland: Swedish with 14.05, English with the day before the month.
_LOCALES: Final = {"fi": Locale("fi"), "sv": Locale("sv", "FI"), "en": Locale("en", "GB")}
# 3/9 and 9/3 are both English: there the month has its name.
_SHORT_DAY: Final = {"fi": "Md", "sv": "Md", "en": "MMMd"}
# Babel would write a Swedish day as 3 sep. 2025, as in Sweden; here one writes 3.9.2025, and types it so.
_FULL_DAY: Final = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMM y"}


class WordingError(ValueError):
    """A wording pack that cannot be read; says in one line which file and why."""


@dataclass(frozen=True)
class Language:
    """One language of the bot; in code it is called `say`: `say("Thank you")`."""

    code: str

    def __call__(self, message: str, /, **facts: object) -> str:
        """The text in this language. Facts go where it says {name}; they are not escaped here."""
        return _catalogue("messages", self.code).gettext(message).format(**facts)

    def plural(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """The text for n things; {n} is n as written in this language."""
        said = _catalogue("messages", self.code).ngettext(one, many, n)
        return said.format(**{**facts, "n": format_decimal(n, locale=self._locale)})

    def within(self, context: str, message: str, /, **facts: object) -> str:
        """The text where one English word has several meanings: `say.within("button", "Back")`."""
        return _catalogue("messages", self.code).pgettext(context, message).format(**facts)

    def instrument(self, key: str, /) -> str:
        """Plain text of an instrument: the wording pack's where it has the key, else ours.

        A key that neither knows is itself.
        """
        for wording in _wordings(self.code):
            said = wording.gettext(key)
            if said != key:
                return said
        return key

    def date(self, day: datetime.date) -> str:
        """The day without its year: 21.11. in Finnish, 21.11 in Swedish, 21 Nov in English."""
        return format_skeleton(_SHORT_DAY[self.code], day, locale=self._locale)

    def weekday(self, day: datetime.date) -> str:
        """The day of the week, short: ma, mån, Mon."""
        return format_skeleton("EEE", day, locale=self._locale)

    def full_date(self, day: datetime.date) -> str:
        """The day with its year: 21.11.2026, in English 21 Nov 2026."""
        return format_date(day, _FULL_DAY[self.code], locale=self._locale)

    def month(self, day: datetime.date) -> str:
        """The month's name, standing alone."""
        return format_date(day, "LLLL", locale=self._locale)

    def time(self, moment: datetime.datetime, zone: datetime.tzinfo) -> str:
        """Hour and minute of an aware moment on the clocks of a zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone has no time of day")
        return format_skeleton("Hm", moment.astimezone(zone), locale=self._locale)

    def score(self, mm: int) -> str:
        """Millimetres as centimetres, with a decimal only where there is one: 284 is 28,4 and 280 is 28."""
        whole, tenth = divmod(abs(mm), 10)
        sign = "\N{MINUS SIGN}" if mm < 0 else ""
        return f"{sign}{whole}{_decimal_mark(self.code)}{tenth}" if tenth else f"{sign}{whole}"

    @property
    def _locale(self) -> Locale:
        return _LOCALES[self.code]


LANGUAGES: Final = tuple(Language(code) for code in _LOCALES)


def language(code: str | None) -> Language:
    """The language of an IETF tag such as fi-FI; English for none and for all we don't speak."""
    primary = (code or "").replace("_", "-").split("-")[0].lower()
    return Language(primary if primary in _LOCALES else "en")


def later(message: str) -> str:
    """Mark a text, in a table for instance, that is said elsewhere: `say(KINDS[kind])`."""
    return message


def use_wording(folder: Path | None) -> None:
    """Take an organisation's wording: folder/<code>/LC_MESSAGES/instruments.po or .mo; None is ours alone.

    What the pack doesn't say stays in our words. WordingError where it can't be read or holds nothing at all.
    """
    found = {} if folder is None else {code: _packed(folder, code) for code in _LOCALES}
    packs = {code: pack for code, pack in found.items() if pack is not None}
    if folder is not None and not packs:
        raise WordingError(f"{folder} has no <language>/LC_MESSAGES/instruments.po or .mo")
    _packs.clear()
    _packs.update(packs)


def catalogue_folder() -> Path:
    """Where our catalogues are: locales/ beside bot/, in a checkout and in a wheel unpacked by pip alike."""
    return Path(__file__).resolve().parent.parent / "locales"


_packs: dict[str, NullTranslations] = {}


def _wordings(code: str) -> Iterator[NullTranslations]:
    if code in _packs:
        yield _packs[code]
    yield _catalogue("instruments", code)


@cache
def _catalogue(name: str, code: str) -> NullTranslations:
    po = catalogue_folder() / code / "LC_MESSAGES" / f"{name}.po"
    return _read_po(po, code) if po.exists() else NullTranslations()


@cache
def _decimal_mark(code: str) -> str:
    return str(_LOCALES[code].number_symbols["latn"]["decimal"])


def _packed(folder: Path, code: str) -> NullTranslations | None:
    place = folder / code / "LC_MESSAGES"
    try:
        if (place / "instruments.po").exists():
            return _read_po(place / "instruments.po", code)
        if (place / "instruments.mo").exists():
            return GNUTranslations(io.BytesIO((place / "instruments.mo").read_bytes()))
    except (OSError, ValueError, PoFileError) as error:
        raise WordingError(f"{place}: instruments can't be read: {type(error).__name__}") from error
    return None


def _read_po(po: Path, code: str) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(po.read_bytes()), locale=code, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
