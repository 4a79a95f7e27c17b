"""A worker's screens, walked from the first card: what one looks at is within three taps, and all leads back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.app import PRESSES
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from tests.stage import Play, keys

FARTHEST = 3
OF_A_KIND = 4
"""So many screens of one verb are looked at: the same screen of other cases and people has the same buttons."""
SHOWS = {each.verb for each in PRESSES if not each.changes} | {"attend"}
PAGES = ("‹", "›")
LISTS = {"colleagues", "year", "sheets", "ratings", "rating", "print", "printed"}
"""On the way of doing something: to whom, of which year, which of whose answers, a sheet for the printer."""


@dataclass(frozen=True)
class Screen:
    """A screen as it was come to: by which button, after how many taps, and which buttons it has itself."""

    data: str
    taps: int
    buttons: tuple[tuple[str, str], ...]

    @property
    def verb(self) -> str:
        return self.data.split("/")[0]

    @property
    def is_question(self) -> bool:
        """Whether it asks something on the way of a deed, such as how old or whether really: the deed is on it."""
        return self.verb in LISTS or any(data.split("/")[0] not in SHOWS for _, data in self.buttons)

    @property
    def leads_back(self) -> bool:
        return any(text.startswith("←") or data == "home" for text, data in self.buttons)


async def walk(play: Play, who: Phone) -> Sequence[Screen]:
    """All screens that buttons show which change nothing, the nearest first."""
    await play.says(who, "/start")
    start = who.screen
    found = [Screen("home", 0, _buttons(start))]
    seen, of_a_kind = {"home"}, Counter({"home": 1})
    for screen in found:
        for text, data in screen.buttons:
            verb = data.split("/")[0]
            if data in seen or verb not in SHOWS or text in PAGES or of_a_kind[verb] >= OF_A_KIND:
                continue
            seen.add(data)
            of_a_kind[verb] += 1
            shown = await _shown(play, who, data)
            found.append(Screen(data, screen.taps + 1, _buttons(shown)))
    return found


async def _shown(play: Play, who: Phone, data: str) -> Bubble:
    """What somebody sees who taps it on a first card of their own."""
    await play.says(who, "/start")
    card = who.screen
    assert await play.note(who, data, card.id) == "", f"{data} is refused"
    return who.screen


def _buttons(bubble: Bubble) -> tuple[tuple[str, str], ...]:
    return tuple((key.text, key.data) for key in keys(bubble) if key.data is not None)


async def a_case_with_a_past(play: Play) -> None:
    """Nora's first meeting with all of a family is over, with a low answer; a second one goes on with another."""
    family = await play.family("bo", "mother", "father")
    await play.becomes_worker(play.otto, code="LEHTI-3")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 1, 1, 2, 1)
    await play.rates(play.mother, 4, 4, 4, 4)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 2, 9, 9, 9)


async def test_no_screen_is_more_than_three_taps_from_the_first_card(play: Play) -> None:
    await a_case_with_a_past(play)
    found = await walk(play, play.nora)
    nearest = {each.verb: each for each in reversed(found)}
    far = [each for each in nearest.values() if each.taps > FARTHEST]
    assert {each.verb: each.taps for each in far if not each.is_question} == {}
    assert len({each.verb for each in found}) > 25


def _nearer(screen: Screen, taps: Mapping[str, int]) -> bool:
    """Whether one of its buttons shows a screen that is nearer to the first card."""
    return any(taps.get(data, screen.taps) < screen.taps for _, data in screen.buttons)


async def test_every_screen_leads_back(play: Play) -> None:
    await a_case_with_a_past(play)
    found = await walk(play, play.nora)
    taps = {each.data: each.taps for each in found}
    lost = [each for each in found[1:] if not each.leads_back and not _nearer(each, taps)]
    assert {each.verb for each in lost} == set()
