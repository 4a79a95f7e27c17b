"""The commands of the chat, and the menu of them that Telegram shows: by what somebody is, in their language.

Each has an English name, and a Finnish and a Swedish one of the letters that Telegram takes; all are always understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.i18n import LANGUAGES, Language, language

ALIASES: Mapping[str, Mapping[str, str]] = {
    "session": {"fi": "tapaaminen", "sv": "traff"},
    "cases": {"fi": "perheet", "sv": "familjer"},
    "language": {"fi": "kieli", "sv": "sprak"},
    "settings": {"fi": "asetukset", "sv": "installningar"},
    "help": {"fi": "ohje", "sv": "hjalp"},
    "privacy": {"fi": "tietosuoja", "sv": "dataskydd"},
    "mydata": {"fi": "omat_tiedot", "sv": "mina_uppgifter"},
    "forget": {"fi": "unohda", "sv": "glom"},
}
OF_WORKERS = ("start", "session", "cases", "settings", "help", "privacy", "mydata", "forget")
OF_OTHERS = ("start", "language", "help", "privacy", "mydata", "forget")


@dataclass(frozen=True)
class MenuLine:
    """A command with what it does."""

    name: str
    words: str


Menus = Mapping[str, Sequence[MenuLine]]
"""By the language of the phone; "" for all other phones. An empty one: what everybody has."""


def names(command: str) -> frozenset[str]:
    """All that can be written for it."""
    return frozenset({command, *ALIASES.get(command, {}).values()})


def menu(say: Language, *, is_worker: bool) -> Sequence[MenuLine]:
    said = _words(say)
    shown = OF_WORKERS if is_worker else OF_OTHERS
    return [MenuLine(ALIASES.get(each, {}).get(say.code, each), said[each]) for each in shown]


def _words(say: Language) -> Mapping[str, str]:
    return {
        "start": say("Menu"),
        "session": say("The meeting: start one, or go to the one that goes on"),
        "cases": say("Your cases"),
        "language": say("Language"),
        "settings": say("Language, quiet hours, leave and deputy"),
        "help": say("How it goes"),
        "privacy": say("What is kept, and who sees it"),
        "mydata": say("What is kept about you"),
        "forget": say("Delete all my answers"),
    }


def menus_of_all() -> Menus:
    """Of who isn't a worker and has chosen no language: in that of the phone."""
    return _by_phone(is_worker=False)


def menus_of_lent(code: str) -> Menus:
    """On a phone that is in somebody's hands: the way to their question, and nothing of the worker's."""
    say = language(code)
    line = MenuLine("start", say("To the question"))
    return dict.fromkeys(_by_phone(is_worker=True), (line,))


def menus_of(chosen: str | None, *, is_worker: bool) -> Menus:
    """One person's own. What is set for a chat goes before what all have, whatever the phone speaks."""
    if chosen is not None:
        own = menu(language(chosen), is_worker=is_worker)
        return dict.fromkeys(_by_phone(is_worker=is_worker), own)
    return _by_phone(is_worker=True) if is_worker else dict.fromkeys(_by_phone(is_worker=False), ())


def _by_phone(*, is_worker: bool) -> Menus:
    return {"": menu(language("en"), is_worker=is_worker)} | {
        each.code: menu(each, is_worker=is_worker) for each in LANGUAGES
    }


def edition() -> str:
    """Another one as soon as a worker's menu says something else: then each gets it anew."""
    return sha256(repr(_by_phone(is_worker=True)).encode()).hexdigest()[:12]
