"""An update that comes again long after its effect: it changes nothing, whatever has happened in between."""

from tests.stage import Play


async def test_a_first_answer_that_comes_again_does_not_undo_the_changed_one(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7")
    first = list(play.came)
    await play.taps(play.aino, "← Back", "3", "← Back")
    before = await play.kept()
    play.came = first
    await play.comes_again()
    assert await play.kept() == before
    assert "Your answer now: 3" in play.aino.screen.text


async def test_a_skip_that_comes_again_does_not_undo_answering_after_all(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "Skip this time")
    skip = list(play.came)
    await play.taps(play.aino, "Answer after all", "7")
    before = await play.kept()
    play.came = skip
    await play.comes_again()
    assert await play.kept() == before
    assert "2/4" in play.aino.screen.text


async def test_what_was_refused_stays_refused_when_it_comes_again(play: Play) -> None:
    """An answer to the third question, tapped before its time, would fit later."""
    await play.starts_meeting(play.nora, await play.family())
    (answer,) = (key.data for row in play.aino.screen.keyboard for key in row if key.text == "7")
    await play.forges(play.aino, str(answer).replace("/1/7", "/3/7"))
    refused = list(play.came)
    await play.taps(play.aino, "5", "6")
    before = await play.kept()
    play.came = refused
    await play.comes_again()
    assert await play.kept() == before
    assert "3/4" in play.aino.screen.text
