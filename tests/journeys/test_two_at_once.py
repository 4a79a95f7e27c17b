"""Two workers of one case act at once on the same meeting card."""

from bot.sandbox.phones import Phone
from tests.stage import Family, Play, button, data


async def shared(play: Play) -> Family:
    """Nora's case is also that of a colleague, on Otto's phone, in her team."""
    family = await play.family("mother")
    await play.becomes_worker(play.otto, code="TAMMI-5")
    await play.change(
        "INSERT INTO case_workers (case_id, worker_id, began_at) "
        f"SELECT '{family.case}', id, began_at FROM workers WHERE code = 'TAMMI-5'"
    )
    return family


async def together(play: Play, *taps: tuple[Phone, str]) -> None:
    """All of them tap before anything has happened."""
    for who, text in taps:
        who.taps(text)
    await play.settle()


async def test_both_start_it_and_there_is_one_meeting_and_one_request_each(play: Play) -> None:
    family = await shared(play)
    for who in (play.nora, play.otto):
        await play.to_the_case(who, family)
        await play.taps(who, "▶️ Start a meeting")
    await together(play, (play.nora, "▶️ Start, ask 2"), (play.otto, "▶️ Start, ask 2"))
    assert len(await play.sql("SELECT id FROM sessions")) == 1
    assert [len(each.sees) for each in (play.aino, play.mother)] == [1, 1]
    assert [data(who, "close/") for who in (play.nora, play.otto)] == [data(play.nora, "close/")] * 2


async def test_one_closes_while_the_other_ends(play: Play) -> None:
    family = await shared(play)
    await play.starts_meeting(play.nora, family)
    await play.to_the_case(play.otto, family)
    await play.taps(play.otto, "🟢 To the meeting", "⏱ Time to close")
    await together(play, (play.nora, "⏹ End the meeting"), (play.otto, "⏹ End the meeting"))
    rows = await play.sql("SELECT state FROM sessions")
    assert [row.state for row in rows] == ["ended"]
    assert len(await play.sql("SELECT id FROM letters WHERE kind = 'reminder'")) == 2
    for who in (play.nora, play.otto):
        assert "The meeting is over" in " ".join(each.text for each in who.sees)


async def test_one_takes_mother_out_while_the_other_does_too(play: Play) -> None:
    family = await shared(play)
    await play.starts_meeting(play.nora, family)
    await play.to_the_case(play.otto, family)
    await play.taps(play.otto, "🟢 To the meeting")
    await play.taps(play.nora, "👥 Who is here")
    await play.taps(play.otto, "👥 Who is here")
    await together(play, (play.nora, "✅ Mother"), (play.otto, "✅ Mother"))
    rows = await play.sql(f"SELECT state FROM drafts WHERE rater_id = '{family.raters['mother']}'")
    assert [row.state for row in rows] == ["skipped"]
    assert [button(who, "come/") for who in (play.nora, play.otto)] == ["⬜️ Mother"] * 2


async def test_both_leave_out_the_same_week_and_one_week_is_left_out(play: Play) -> None:
    family = await shared(play)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📅 Plan a meeting", "➕ Plan a meeting")
    await play.says(play.nora, "4.3. 14.00")
    await play.taps(play.nora, "1️⃣ Only once", "✓ Plan it")
    await play.to_the_case(play.otto, family)
    await play.taps(play.otto, "📅 Plan a meeting")
    await play.taps(play.otto, button(play.otto, "plan/"))
    await together(play, (play.nora, "➖ Not this time"), (play.otto, "➖ Not this time"))
    for who in (play.nora, play.otto):
        assert "Wed 11 Mar at 14:00" in who.screen.text
