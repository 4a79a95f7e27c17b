"""Alerts: each says only what is still so."""

from collections.abc import Awaitable

from bot.actions import talks, undelivered
from bot.actions.talks import AlertView
from bot.courier.letters.reading import Kinds, Reading
from bot.domain.letters import LetterKind
from bot.failpoints import at
from bot.messages import alerts as alert_words
from bot.messages import undelivered as undelivered_words
from bot.messages.message import Message


async def _alert(reading: Reading) -> Message | None:
    view = await at("letters.alert", _raised(reading))
    return alert_words.alert(reading.say, view, repeated=reading.letter.unsure) if view else None


def _raised(reading: Reading) -> Awaitable[AlertView | None]:
    """What the letter's alerts are about, if one of them is still so."""
    return talks.show(reading.db, reading.person, reading.letter.alerts, weighing=reading.house.weighing)


async def _put_off(reading: Reading) -> Message | None:
    """What somebody wanted to be reminded of, unless it was talked about meanwhile."""
    view = await at("letters.put_off", _raised(reading))
    if view is None or view.alert.talked_at is not None:
        return None
    return alert_words.alert(reading.say, view, repeated=reading.letter.unsure, again=True)


async def _passed_on(reading: Reading) -> Message | None:
    """To another worker or a deputy, unless somebody has opened it meanwhile."""
    view = await at("letters.passed_on", _raised(reading))
    if view is None or view.alert.opened_at is not None:
        return None
    return alert_words.alert(reading.say, view, repeated=reading.letter.unsure, passed_on=True)


async def _undelivered(reading: Reading) -> Message | None:
    flagged = await at("letters.flagged", undelivered.show(reading.db, reading.person, reading.letter.about))
    repeated, zone = reading.letter.unsure, reading.house.zone
    return undelivered_words.alert(reading.say, flagged, zone, repeated=repeated) if flagged else None


KINDS: Kinds = {
    LetterKind.ALERT: _alert,
    LetterKind.PUT_OFF: _put_off,
    LetterKind.PASSED_ON: _passed_on,
    LetterKind.UNDELIVERED: _undelivered,
}
