"""Every three months a case is looked back at together, when it meets."""

from tests.stage import Family, Play, buttons, data

ASKED = "🔎 Three months: a moment to look back together?"
LOOK = "🔎 Look back together"


async def meets(play: Play, family: Family, *scores: int) -> None:
    """A whole meeting in which Aino rates before it."""
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, *scores)
    await play.forges(play.nora, data(play.nora, "close/"))
    await play.forges(play.nora, data(play.nora, "end/"))


def is_asked(play: Play) -> bool:
    """On Nora's newest message, the meeting card."""
    assert (ASKED in play.nora.screen.text) == (LOOK in buttons(play.nora))
    return LOOK in buttons(play.nora)


async def test_a_new_case_is_not_looked_back_at(play: Play) -> None:
    family = await play.family()
    await meets(play, family, 3, 4, 5, 4)
    play.wait(days=90)
    await play.starts_meeting(play.nora, family)
    assert not is_asked(play)


async def test_after_three_months_the_card_of_the_meeting_asks_for_it(play: Play) -> None:
    family = await play.family("mother")
    await meets(play, family, 3, 4, 5, 4)
    await play.forges(play.nora, f"noted/{family.case}/move")
    play.wait(days=92)
    await play.starts_meeting(play.nora, family)
    assert is_asked(play)
    card = await play.taps(play.nora, LOOK)
    assert "Since 2 Mar 2026: 2 meetings" in card
    assert "📦 A move" in card
    assert "What would tell us that it is time to end?" in card


async def test_from_looking_back_a_tap_leads_to_the_meeting_which_does_not_ask_again(play: Play) -> None:
    family = await play.family()
    play.wait(days=92)
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, LOOK, "We go on like this", "← The meeting")
    assert "⏱ Time to close" in buttons(play.nora)
    assert not is_asked(play)


async def test_a_meeting_that_is_over_does_not_ask_for_it(play: Play) -> None:
    family = await play.family()
    play.wait(days=92)
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close")
    assert is_asked(play)
    await play.taps(play.nora, "⏹ End the meeting")
    assert not is_asked(play)


async def test_in_finnish_and_in_swedish_the_card_asks_as_well(play: Play) -> None:
    family = await play.family()
    play.wait(days=92)
    await play.starts_meeting(play.nora, family)
    for code, asked in (("fi", "🔎 Katsotaan taaksepäin"), ("sv", "🔎 Se tillbaka tillsammans")):
        await play.forges(play.nora, f"language/{code}")
        await play.to_the_case(play.nora, family)
        await play.forges(play.nora, data(play.nora, "meeting/"))
        assert asked in buttons(play.nora)


async def test_what_is_decided_is_noted_once_and_can_be_changed_the_same_day(play: Play) -> None:
    family = await play.family()
    await meets(play, family, 3, 4, 5, 4)
    await play.forges(play.nora, f"review/{family.case}")
    assert "16" in play.nora.screen.text
    said = await play.taps(play.nora, "We go on like this")
    assert "✓ Noted today: we go on like this." in said
    assert "We go on like this" not in buttons(play.nora)
    await play.taps(play.nora, "We work towards the end")
    assert [row.decided for row in await play.sql("SELECT decided FROM reviews")] == ["towards_end"]


async def test_the_next_one_begins_where_the_last_one_ended(play: Play) -> None:
    family = await play.family()
    await meets(play, family, 3, 4, 5, 4)
    play.wait(hours=1)
    await play.forges(play.nora, f"decide/{family.case}/go_on")
    play.wait(days=60)
    await play.starts_meeting(play.nora, family)
    assert not is_asked(play)
    await play.forges(play.nora, f"review/{family.case}")
    assert "Since 2 Mar 2026: 1 meeting" in play.nora.screen.text


async def test_what_happened_on_the_evening_before_the_last_one_is_not_told_again(play: Play) -> None:
    """The last one was on 3 March, half past midnight in Helsinki; in Greenwich it was still the day of the move."""
    family = await play.family()
    play.wait(hours=12)
    await play.forges(play.nora, f"noted/{family.case}/move")
    play.wait(hours=1, minutes=30)
    await play.forges(play.nora, f"decide/{family.case}/go_on")
    play.wait(days=60)
    await play.forges(play.nora, f"review/{family.case}")
    assert "Since 3 Mar 2026" in play.nora.screen.text
    assert "A move" not in play.nora.screen.text


async def test_who_has_looked_back_before_the_meeting_is_not_asked_again(play: Play) -> None:
    family = await play.family()
    play.wait(days=92)
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"decide/{family.case}/change")
    await play.starts_meeting(play.nora, family)
    assert not is_asked(play)


async def test_otto_sees_no_review_of_noras_case(play: Play) -> None:
    family = await play.family()
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    for asked in (f"review/{family.case}", f"decide/{family.case}/go_on"):
        assert await play.forges(play.otto, asked) == "This isn't open any more."
    assert await play.sql("SELECT id FROM reviews") == []
