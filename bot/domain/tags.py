"""Tags: a team's own words for its cases, such as *school* or *evening*. A case has none, one or several of them."""

from dataclasses import dataclass

LENGTH = 40
DIGITS = 4
"""A year may be in a tag. More digits would be somebody's number: of a phone, a person, a file."""


@dataclass(frozen=True)
class Tag:
    """One word of a team's list. `ended`: it isn't chosen any more; the cases that have it keep it."""

    id: str
    name: str
    ended: bool = False


def tag_name(text: str) -> str:
    """A tag as it is kept: with single spaces.

    Raises:
        ValueError: it can't be a tag, and why.
    """
    name = " ".join(text.split())
    if not 1 <= len(name) <= LENGTH:
        raise ValueError(f"a tag has 1-{LENGTH} characters")
    if not name.isprintable():
        raise ValueError("a tag is made of characters that can be seen")
    if sum(each.isdigit() for each in name) > DIGITS:
        raise ValueError(f"a tag has at most {DIGITS} digits: it is a word of the team's, and nobody's number")
    if "@" in name:
        raise ValueError("a tag is a word of the team's, and nobody's address")
    return name
