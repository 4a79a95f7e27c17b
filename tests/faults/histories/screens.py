"""What a message on a phone says about a rating, read as people read it: from its words and buttons."""

from collections.abc import Iterator

from bot.sandbox.chats import Bubble
from tests.faults.histories.model import Seen

SAVED = "Your answers have been saved."


def words(bubble: Bubble) -> Iterator[list[str]]:
    """What each button says to the bot, in words."""
    for row in bubble.keyboard:
        for key in row:
            if key.data is not None:
                yield key.data.split("/")


def says(bubble: Bubble) -> tuple[str, Seen] | None:
    """Which draft it shows, and as what; None for a message that shows none."""
    buttons = {each[0]: each for each in words(bubble)}
    if "answer" in buttons:
        return buttons["answer"][1], int(buttons["answer"][2])
    if "send" in buttons:
        return buttons["send"][1], _scores(bubble)
    if "reopen" in buttons:
        draft = buttons["reopen"][1]
        return draft, "sent" if ["show", draft] in words(bubble) else "skipped"
    return None


def _scores(bubble: Bubble) -> tuple[int, ...]:
    """The four lines of a review: `✏️ 2 · Closest relationships: 7`."""
    lines = [key.text for row in bubble.keyboard for key in row if key.data and key.data.startswith("change/")]
    return tuple(int(line.rsplit(": ", 1)[1]) for line in lines)
