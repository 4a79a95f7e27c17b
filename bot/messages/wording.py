"""The words of an instrument: the catalogue's for the four, its own for a measure that the service has added."""

from bot.domain.instruments import Instrument
from bot.domain.packs import in_language
from bot.i18n import Language


def worded(say: Language, instrument: Instrument, key: str) -> str:
    """What stands under `<code>.<key>`: `1.title`, `1.self`, `1.low`, `intro.about`."""
    full = f"{instrument.code}.{key}"
    return say.instrument(full) if instrument.words is None else in_language(instrument.words[full], say.code)
