"""The people of the sandbox: the same as in the tests. The names are the sandbox's; the bot never hears them."""

from dataclasses import dataclass

from bot.sandbox.desk import Guest
from bot.sandbox.phones import Phone
from bot.sandbox.world import World


@dataclass(frozen=True)
class Member:
    """One of the cast: name in addresses, title over the phone, and who they are."""

    name: str
    title: str
    about: str


NORA = Member("nora", "Nora", "worker")
AINO = Member("aino", "Aino", "young person, 15")
BO = Member("bo", "Bo", "child, 9")
MOTHER = Member("mother", "Mother", "their mother")
FATHER = Member("father", "Father", "their father")
OTTO = Member("otto", "Otto", "worker of another team")

CAST = (NORA, AINO, BO, MOTHER, FATHER)
GUESTS = (OTTO,)


def phone(world: World, member: Member, language: str = "fi") -> Phone:
    """The member's phone, added when it isn't there yet."""
    return world.phone(member.name, title=member.title, about=member.about, language=language)


def guest(name: str) -> Member:
    """Error: LookupError when there is no such guest."""
    return next((each for each in GUESTS if each.name == name), None) or _nobody(name)


def _nobody(name: str) -> Member:
    raise LookupError(f"there is no guest {name!r}")


def guests() -> tuple[Guest, ...]:
    return tuple(Guest(each.name, each.title) for each in GUESTS)
