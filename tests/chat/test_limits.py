"""The longest that can be: every button in 64 bytes, every message within Telegram's limits (the World complains)."""

import re

import pytest

from bot.actions import invitations
from bot.domain.errors import Reason
from bot.domain.people import AgeBand, Kind
from bot.messages import refusals
from bot.sandbox.phones import Phone
from tests.stage import Play, button, buttons, data, datas

LONGEST = "ÄÖÅÄÖÅÄÖÅÄÖÅ-1234"
BYTES = 64


def longest(who: Phone) -> int:
    return max(len(each.encode()) for each in datas(who))


async def test_the_longest_worker_code_fits_into_every_button_of_joining(play: Play) -> None:
    await play.becomes_worker(play.nora, code=LONGEST)
    seen = []
    for kind in (Kind.MOTHER, Kind.SCHOOL, Kind.PROFESSIONAL):
        await play.says(play.mother, LONGEST.lower())
        await play.forges(play.mother, f"about/{LONGEST}/{kind.value}")
        for band in (AgeBand.CHILD, AgeBand.ADOLESCENT):
            await play.forges(play.mother, f"consent/{LONGEST}/{kind.value}/{band.value}")
            seen.append(longest(play.mother))
    assert max(seen) <= BYTES
    await play.taps(play.mother, "Yes, I'll join")
    assert "👩" in play.nora.screen.text or "💼" in play.nora.screen.text


async def test_all_buttons_of_a_whole_meeting_fit(play: Play) -> None:
    family = await play.family("bo", "mother", "father")
    await play.starts_meeting(play.nora, family)
    everybody = (play.nora, play.aino, play.bo, play.mother, play.father)
    found = [longest(who) for who in everybody]
    for who in everybody[1:]:
        await play.rates(who, 10, 10, 10, 10)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person")
    found += [longest(who) for who in everybody]
    assert max(found) <= BYTES


async def test_a_case_of_many_people_still_fits_into_its_messages(play: Play) -> None:
    """Sixteen people: the bits of the ticks have five digits."""
    family = await play.family("mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People")
    for _ in range(14):
        await play.taps(play.nora, "🙋 Add a person", "Professional")
    await play.taps(play.nora, "← The case", "▶️ Start a meeting")
    assert buttons(play.nora)[-3:] == ["▶️ Start, ask 2", "🕊 We met without measuring", "← Back"]
    await play.taps(play.nora, "▶️ Start, ask 2")
    assert "before: ⏳ asked" in play.nora.screen.text


async def test_thirty_people_can_be_ticked_and_asked(play: Play) -> None:
    """The last one's bit makes the number of the ticks ten digits long."""
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "13–17 years", "👥 People")
    for number in range(29):
        play.wait(seconds=1)
        await play.taps(play.nora, "🙋 Add a person", "Mother" if number == 28 else "Professional")
    link = re.findall(r"start=([\w-]+)", await play.taps(play.nora, "›", "›", "›", "👩 Mother", "✉️ Invite"))[0]
    await play.opens(play.mother, link)
    await play.taps(play.mother, "Yes, I'll join")
    await play.taps(play.nora, button(play.nora, "case/"), "▶️ Start a meeting")
    assert (len(buttons(play.nora)), buttons(play.nora)[-4:]) == (
        33,
        ["✅ Mother", "▶️ Start, ask 1", "🕊 We met without measuring", "← Back"],
    )
    await play.taps(play.nora, "✅ Mother", "⬜️ Mother")
    assert data(play.nora, "start/").endswith(f"/{2**29}")
    await play.taps(play.nora, "▶️ Start, ask 1")
    assert "1/4" in play.mother.screen.text


@pytest.mark.parametrize("ticks", ["-1", "x", "1" * 21, "¹", "٣", "1.0"])
async def test_ticks_that_no_button_of_ours_carries_are_refused(play: Play, ticks: str) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    before = await play.kept()
    note = refusals.words(play.say(play.nora), Reason.NOT_HERE)
    assert [await play.forges(play.nora, f"{verb}/{family.case}/{ticks}") for verb in ("attend", "start")] == [note] * 2
    assert await play.kept() == before


async def test_texts_with_signs_of_html_stay_texts(play: Play) -> None:
    async with play.database.transaction() as db:
        _, made = await invitations.invite_worker(
            db, team="<b>&\"' & Co", code="KOIVU-27", role=None, now=play.world.clock.now()
        )
    await play.opens(play.nora, made.link)
    await play.says(play.nora, "/start")
    assert "Team: <b>&\"' & Co" in play.nora.screen.text
