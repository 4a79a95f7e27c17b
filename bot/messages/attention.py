"""Why a case needs attention, in a sign and a question: there is something to look at, and that is all it says."""

from collections.abc import Iterable

from bot.domain.attention import Concern
from bot.i18n import Language

SIGNS = {
    Concern.OFF_TRACK: "🧭",
    Concern.NOT_TALKED: "🔔",
    Concern.LONG_SINCE: "🗓",
    Concern.AGE: "🎂",
    Concern.REVIEW: "🔎",
}


def signed(label: str, concerns: Iterable[Concern]) -> str:
    """A case's label on a button, with its signs before it."""
    signs = "".join(SIGNS[each] for each in concerns)
    return f"{signs} {label}" if signs else label


def questions(say: Language, concerns: Iterable[Concern]) -> str:
    """A line for each of them, in their order."""
    found = set(concerns)
    return "\n".join(_question(say, each) for each in Concern if each in found)


def _question(say: Language, concern: Concern) -> str:
    asked = {
        Concern.OFF_TRACK: say("Would it be good to look at the curve together?"),
        Concern.NOT_TALKED: say("Has the alert been talked about?"),
        Concern.LONG_SINCE: say("Four weeks or more without a meeting: when would be a good time?"),
        Concern.AGE: say("Is the age still right?"),
        Concern.REVIEW: say("Is it time to look back together?"),
    }
    return f"{SIGNS[concern]} {asked[concern]}"
