"""Whole stories through the real Application."""

from tests.stage import Play


async def test_aino_joins_by_worker_code_and_rates_before_and_after(play_on_each: Play) -> None:
    play = play_on_each
    await play.becomes_worker(play.nora, team="pihlaja", code="KOIVU-27")
    await play.says(play.aino, "koivu 27")
    await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join")
    await play.taps(play.nora, "Yes: a new case", "▶️ Start a meeting", "▶️ Start, ask 1")
    await play.taps(play.aino, "7", "6", "8", "9", "✓ Send")
    assert "✅ answered" in play.nora.sees[-2].text
    assert play.nora.screen.photo is not None
