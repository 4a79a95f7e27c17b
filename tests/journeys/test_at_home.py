"""What is answered at home, and which meeting it belongs to: a week before one, a day after one."""

from tests.stage import Given, Play, buttons

BEFORE = (70, 60, 80, 90)


async def rates_at_home(play: Play, button: str) -> None:
    await play.says(play.aino, "/start")
    await play.taps(play.aino, button)
    await play.rates(play.aino, 7, 6, 8, 9)


async def test_what_was_said_at_home_belongs_to_the_meeting_started_within_a_week(play: Play) -> None:
    family = await play.family()
    await rates_at_home(play, "Before the meeting")
    assert await play.given() == [Given("aino", "ors", "adolescent", BEFORE, 0, "KOIVU-27")]
    play.wait(days=7)
    await play.starts_meeting(play.nora, family)
    assert await play.given() == [Given("aino", "ors", "adolescent", BEFORE, 1, "KOIVU-27")]
    assert "before: ✅ answered" in play.nora.screen.text
    assert play.aino.screen.text.startswith("🌿 Thank you!")


async def test_what_was_said_more_than_a_week_before_stands_alone(play: Play) -> None:
    family = await play.family()
    await rates_at_home(play, "Before the meeting")
    play.wait(days=7, seconds=1)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 1, 2, 3, 4)
    assert [(each.scores, each.meeting) for each in await play.given()] == [((10, 20, 30, 40), 1), (BEFORE, 0)]


async def test_what_was_begun_at_home_goes_on_in_the_meeting_at_the_same_item(play: Play) -> None:
    family = await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "7", "6")
    play.wait(days=1)
    await play.starts_meeting(play.nora, family)
    assert "3/4" in play.aino.screen.text
    await play.taps(play.aino, "8", "9", "✓ Send")
    assert await play.given() == [Given("aino", "ors", "adolescent", BEFORE, 1, "KOIVU-27")]


async def test_a_second_one_at_home_in_the_same_week_is_the_first(play: Play) -> None:
    await play.family()
    await rates_at_home(play, "Before the meeting")
    play.wait(days=6)
    await play.taps(play.aino, "Menu", "Before the meeting")
    assert "You have answered this already:" in play.aino.screen.text


async def test_a_skip_at_home_is_a_skip_of_the_meeting(play: Play) -> None:
    family = await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "Skip this time")
    await play.starts_meeting(play.nora, family)
    assert "before: ➖ skipped" in play.nora.screen.text


async def test_a_carer_who_answered_about_one_child_at_home_is_asked_about_the_other(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.says(play.mother, "/start")
    await play.taps(play.mother, "Before the meeting")
    await play.rates(play.mother, 4, 4, 4, 4)
    await play.starts_meeting(play.nora, family)
    assert "About: the child" in play.mother.screen.text
    await play.rates(play.mother, 6, 6, 6, 6)
    assert [(each.about, each.meeting) for each in await play.given()] == [("child", 1), ("adolescent", 1)]


async def test_what_was_left_at_home_weeks_ago_does_not_come_after_a_new_one(play: Play) -> None:
    await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "7", "Stop", "Menu")
    play.wait(days=10)
    await rates_at_home(play, "Before the meeting")
    assert buttons(play.aino) == ["📈 My picture", "Menu"]


async def test_after_a_meeting_there_is_a_day_to_say_how_it_was(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(hours=24)
    await rates_at_home(play, "After the meeting")
    assert await play.given() == [Given("aino", "srs", "", BEFORE, 1, "KOIVU-27")]
    assert "after: ✅ answered" in next(each.text for each in play.nora.sees if "before:" in each.text)


async def test_a_day_after_the_meeting_it_stands_alone(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(hours=24, seconds=1)
    await rates_at_home(play, "After the meeting")
    assert await play.given() == [Given("aino", "srs", "", BEFORE, 0, "KOIVU-27")]


async def test_what_is_said_of_a_meeting_is_never_taken_for_the_next_one(play: Play) -> None:
    family = await play.family()
    await rates_at_home(play, "After the meeting")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 9, 9)
    assert [(each.scores, each.meeting) for each in await play.given()] == [(BEFORE, 0), ((90, 90, 90, 90), 1)]


async def test_before_the_next_meeting_a_new_one_is_begun(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 1, 2, 3, 4)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(days=3)
    await rates_at_home(play, "Before the meeting")
    await play.starts_meeting(play.nora, family)
    assert [(each.scores, each.meeting) for each in await play.given()] == [((10, 20, 30, 40), 1), (BEFORE, 2)]


async def test_when_the_worker_has_left_what_is_handed_in_stays_tied_to_their_code(play: Play) -> None:
    await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "7", "6", "8", "9")
    await play.change("UPDATE workers SET ended_at = began_at")
    await play.taps(play.aino, "✓ Send")
    assert [(each.scores, each.worker) for each in await play.given()] == [((70, 60, 80, 90), "KOIVU-27")]
    await play.says(play.aino, "/start")
    assert buttons(play.aino) == [
        "Before the meeting",
        "After the meeting",
        "📈 My picture",
        "👀 Who sees what",
        "❔ Help",
        "🌐 English",
    ]
