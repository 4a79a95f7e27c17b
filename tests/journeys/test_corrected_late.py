"""Somebody changes the answers of the last meeting when they have answered for the next one already."""

from tests.stage import Play


async def _alerts(play: Play) -> list[tuple[str, int]]:
    """Of very low marks: rule and total of the rating, in the order in which they were raised."""
    question = "SELECT rule, total FROM alerts JOIN ratings ON ratings.draft_id = alerts.draft_id ORDER BY number"
    return [(row.rule, row.total) for row in await play.sql(question) if row.rule == "very_low"]


async def test_an_earlier_rating_that_is_changed_is_compared_with_the_one_before_it_and_not_after_it(
    play: Play,
) -> None:
    aino, family = play.aino, await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(aino, 8, 8, 8, 8)
    await play.taps(aino, "Menu", "Before the meeting")
    given = aino.screen
    await play.taps(play.nora, "⏱ Time to close", "⏹ End the meeting")
    play.wait(hours=1)
    await play.starts_meeting(play.nora, family)
    await play.rates(aino, 1, 2, 1, 2)
    assert await _alerts(play) == [("very_low", 60)]
    for button in ("✏️ Change my answers", "✏️ 1 · Mind and body: 8", "0", "✓ Send"):
        await play.taps(aino, button, message=aino.chat.get(given.id))
    assert await _alerts(play) == [("very_low", 60), ("very_low", 240)]
