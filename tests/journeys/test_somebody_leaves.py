"""A person who has blocked the bot: nothing more goes to them, and the worker sees it on the card."""

from tests.stage import Play


async def test_who_has_blocked_the_bot_shows_so_on_the_meeting_card(play: Play) -> None:
    family = await play.family("mother")
    play.mother.blocks()
    await play.settle()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "▶️ Start, ask 2")
    assert "👩 Mother\n    before: ⏳ asked\n    🔇 can't be reached on their phone" in play.nora.screen.text


async def test_who_blocks_the_bot_in_a_meeting_shows_so_at_once_and_is_back_with_start(play: Play) -> None:
    family = await play.family("mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "▶️ Start, ask 2")
    assert "🔇" not in play.nora.screen.text
    play.mother.blocks()
    await play.settle()
    assert "🔇 can't be reached on their phone" in play.nora.screen.text
    play.mother.unblocks()
    await play.says(play.mother, "/start")
    await play.taps(play.nora, "⏱ Time to close")
    assert "🔇" not in play.nora.screen.text
