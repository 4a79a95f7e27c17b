"""Somebody deletes what they have given: the worker hears it, and it is gone from the worker's chat too."""

from tests.stage import Play


async def test_the_worker_hears_that_a_phone_has_left_and_the_pictures_go(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    assert [each for each in play.nora.sees if each.photo]
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    assert [each for each in play.nora.sees if each.photo] == []
    assert play.nora.screen.text.startswith(f"🔔 A phone has left\n\n{family.label}\n🧑 Young person")


async def test_the_card_no_longer_says_that_they_have_answered(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    (card,) = [each.text for each in play.nora.sees if "The meeting is going on" in each.text]
    assert "✅ answered" not in card


async def test_their_own_questions_go_from_their_own_chat(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7")
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    assert not [each for each in play.aino.sees if "2/4" in each.text]
