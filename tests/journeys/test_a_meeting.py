"""A whole meeting: the worker, and all four of the family, each on their own phone."""

from bot.charts.studio import Studio
from storage import Database
from tests.stage import Given, Play, button, buttons, on_stage


async def test_aino_joins_by_worker_code_and_rates_before_and_after(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.aino, "koivu 27")
    await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join")
    await play.taps(play.nora, "Yes: a new case", "▶️ Start a meeting", "▶️ Start, ask 1")
    await play.rates(play.aino, 7, 6, 8, 9)
    assert "✅ answered" in play.nora.sees[-2].text
    assert play.nora.screen.photo is not None
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 10, 8)
    await play.taps(play.nora, "⏹ End the meeting")
    assert await play.given() == [
        Given("aino", "ors", "adolescent", (70, 60, 80, 90), 1, "KOIVU-27"),
        Given("aino", "srs", "", (90, 90, 100, 80), 1, "KOIVU-27"),
    ]


async def test_four_raters_and_the_worker_finish_a_whole_meeting(play: Play) -> None:
    """Aino goes back, and changes a line; Bo skips before; father skips after; mother rates each child."""
    family = await play.family("bo", "mother", "father")
    await play.starts_meeting(play.nora, family)

    await play.taps(play.aino, "7", "6", "← Back", "5", "8", "9")
    await play.taps(play.aino, button(play.aino, "change/"), "8", "✓ Send")
    await play.taps(play.bo, "Skip this time", "I don't feel like it")
    assert "About: the young person" in play.mother.screen.text
    await play.rates(play.mother, 4, 5, 4, 4)
    await play.taps(play.mother, "Next: the child →")
    await play.rates(play.mother, 6, 6, 5, 6)
    await play.rates(play.father, 5, 5, 6, 5)
    await play.taps(play.father, "Next: the child →")
    await play.rates(play.father, 6, 6, 6, 7)

    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 8, 9)
    await play.rates(play.bo, 10, 9, 10, 9)
    await play.rates(play.mother, 8, 8, 8, 8)
    await play.taps(play.father, "Skip this time")
    await play.taps(play.nora, "⏹ End the meeting")

    assert await play.given() == [
        Given("aino", "ors", "adolescent", (80, 50, 80, 90), 1, "KOIVU-27"),
        Given("aino", "srs", "", (90, 90, 80, 90), 1, "KOIVU-27"),
        Given("bo", "csrs", "", (100, 90, 100, 90), 1, "KOIVU-27"),
        Given("father", "cors", "child", (60, 60, 60, 70), 1, "KOIVU-27"),
        Given("father", "ors", "adolescent", (50, 50, 60, 50), 1, "KOIVU-27"),
        Given("mother", "cors", "child", (60, 60, 50, 60), 1, "KOIVU-27"),
        Given("mother", "ors", "adolescent", (40, 50, 40, 40), 1, "KOIVU-27"),
        Given("mother", "srs", "", (80, 80, 80, 80), 1, "KOIVU-27"),
    ]
    assert card_of(play) == [
        "⚪️ The meeting is over.",
        "🧑 Young person",
        "before: ✅ answered",
        "after: ✅ answered",
        "🧒 Child",
        "before: ➖ skipped",
        "after: ✅ answered",
        "👩 Mother",
        "before: ✅ answered",
        "after: ✅ answered",
        "👨 Father",
        "before: ✅ answered",
        "after: ➖ skipped",
    ]


async def test_the_meeting_card_is_one_message_and_so_is_the_picture(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    for who in (play.aino, play.bo):
        await play.rates(who, 7, 6, 8, 9)
    await play.taps(play.nora, "⏱ Time to close")
    for who in (play.aino, play.bo):
        await play.rates(who, 9, 9, 9, 9)
    mine = [each for each in play.nora.sees if each.author is None]
    assert len([each for each in mine if each.photo]) == 1
    assert len([each for each in mine if "Closing" in each.text]) == 1
    assert len([each for each in mine if "going on" in each.text]) == 0


async def test_the_worker_sees_who_is_still_at_it(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    assert card_of(play)[1:] == ["🧑 Young person", "before: ⏳ asked", "👩 Mother", "before: ⏳ asked"]
    await play.taps(play.aino, "7")
    assert card_of(play)[1:] == ["🧑 Young person", "before: ✍️ answering", "👩 Mother", "before: ⏳ asked"]
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.aino, "6", "8", "9")
    assert card_of(play)[1:] == ["🧑 Young person", "before: ✍️ answering", "👩 Mother", "before: ✅ answered"]


async def test_the_card_and_what_a_lock_screen_shows_have_no_score(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.nora.seen()
    await play.rates(play.aino, 3, 3, 3, 3)
    assert "12" not in " ".join(card_of(play))
    assert play.nora.lock is None or "12" not in play.nora.lock.text.replace(family.label, "")
    assert play.nora.screen.photo is not None
    assert play.nora.screen.photo.spoiler


async def test_the_first_line_of_a_request_names_nobody_and_nothing(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    seen = play.mother.screen.text.splitlines()[0].lower()
    assert [word for word in ("koivu", "kuulolla", "child", "young", "meeting", "worker") if word in seen] == []


async def test_the_picture_shows_each_meeting_of_the_rater(play: Play) -> None:
    family = await play.family()
    for scores in ((3, 3, 3, 3), (5, 5, 5, 5)):
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, *scores)
        await play.taps(play.nora, "⏱ Time to close")
        await play.rates(play.aino, 9, 9, 9, 9)
        await play.taps(play.nora, "⏹ End the meeting")
        play.wait(days=7)
    newest = play.trends[-1]
    assert [spot.total for spot in newest.wellbeing.spots] == [120, 200]
    assert [spot.total for spot in newest.alliance.spots] == [360, 360]


async def test_who_was_there_last_time_is_ticked_the_next_time(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.to_the_case(play.nora, family)
    await play.taps(
        play.nora,
        "▶️ Start a meeting",
        "✅ Child",
        "▶️ Start, ask 2",
        "⏹ End the meeting",
        "⏹ End without asking",
        "← The case",
    )
    await play.taps(play.nora, "▶️ Start a meeting")
    assert buttons(play.nora) == [
        "✅ Young person",
        "⬜️ Child",
        "✅ Mother",
        "▶️ Start, ask 2",
        "🕊 We met without measuring",
        "← Back",
    ]


async def test_only_those_who_are_here_are_asked(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "✅ Child", "▶️ Start, ask 2", "⏱ Time to close")
    assert [bool(each.sees) for each in (play.aino, play.bo, play.mother)] == [True, False, True]


async def test_what_is_missing_is_said_at_the_end_and_can_be_given_for_a_day(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    assert card_of(play)[-1] == "Still missing: Mother. They can answer for 24 hours."
    play.wait(hours=23)
    await play.rates(play.mother, 6, 6, 6, 6)
    assert await play.given() == [
        Given("aino", "ors", "adolescent", (70, 70, 70, 70), 1, "KOIVU-27"),
        Given("mother", "ors", "adolescent", (60, 60, 60, 60), 1, "KOIVU-27"),
    ]


async def test_a_real_picture_comes_to_the_worker(database: Database) -> None:
    async with on_stage(database, studio=Studio()) as play:
        family = await play.family()
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        photo = play.nora.screen.photo
        assert photo is not None
        assert (photo.picture.width, photo.spoiler) >= (1000, True)


def card_of(play: Play) -> list[str]:
    """The lines of the newest meeting card on Nora's phone, below the label; without what there is to talk about."""
    cards = [each.text for each in play.nora.sees if "before:" in each.text]
    parts = [part for part in cards[-1].split("\n\n")[1:] if not part.startswith("To talk about together")]
    return [line.strip() for part in parts for line in part.splitlines() if line.strip()]
