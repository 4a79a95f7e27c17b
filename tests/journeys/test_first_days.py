"""A new worker's first days: the first card, three steps that tick themselves, and words for the family."""

import pytest

from tests.stage import Play, buttons, data

STEPS = (
    "{} 1. Open a case: it gets a made-up label",
    "{} 2. Invite those who are in it",
    "{} 3. Start a meeting: who is there is asked on their own phone",
)


def ticks(play: Play) -> str:
    """The ticks on Nora's first card."""
    return "".join(line[0] for line in play.nora.screen.text.splitlines() if line.startswith(("✅", "▫")))


async def test_the_first_steps_tick_themselves(play: Play) -> None:
    """Each as soon as it is done, whatever way was taken to it."""
    await play.becomes_worker(play.nora)
    await play.says(play.nora, "/start")
    seen = [ticks(play)]
    await play.taps(play.nora, "👣 First steps", "New case", "13–17 years")
    case = data(play.nora, "people/").split("/")[1]
    await play.says(play.nora, "/start")
    seen.append(ticks(play))
    await play.forges(play.nora, f"people/{case}")
    await play.taps(play.nora, "🧑 Young person", "✉️ Invite")
    await play.says(play.nora, "/start")
    assert [*seen, ticks(play)] == ["▫▫▫", "✅▫▫", "✅✅▫"]


async def test_who_has_done_all_three_sees_them_no_more(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.says(play.nora, "/start")
    assert "First steps" not in play.nora.screen.text
    assert "👣 First steps" not in buttons(play.nora)
    assert (await play.taps(play.nora, "❔ Help", "👣 First steps")).splitlines()[:4] == [
        "First steps",
        *(each.format("✅") for each in STEPS),
    ]


async def test_the_steps_can_be_put_away_and_stay_in_the_help(play: Play) -> None:
    """Tapped twice, and once more from an old message, it is put away once."""
    await play.becomes_worker(play.nora)
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "👣 First steps", "✓ Take them off the menu")
    away = await play.kept()
    assert buttons(play.nora) == ["Cases", "New case", "⚙️ Settings", "❔ Help"]
    await play.taps_again(play.nora)
    play.wait(days=1)
    await play.forges(play.nora, "stepsaway")
    assert await play.kept() == away
    assert "▫️ 1." in await play.taps(play.nora, "❔ Help", "👣 First steps")


async def test_nobody_else_has_first_steps(play: Play) -> None:
    await play.family()
    await play.says(play.aino, "/start")
    for forged in ("firststeps", "stepsaway"):
        assert await play.forges(play.aino, forged) == "This isn't open any more."


@pytest.mark.parametrize(
    ("code", "first"), [("fi", "Näin kerrot"), ("sv", "Så här berättar"), ("en", "How to introduce")]
)
async def test_words_for_the_family_are_in_the_workers_language(play: Play, code: str, first: str) -> None:
    play.nora.language = code
    await play.becomes_worker(play.nora)
    await play.says(play.nora, "/help")
    await play.forges(play.nora, "introduce")
    assert play.nora.screen.text.startswith(first)
    assert "koivu" not in play.nora.screen.text.lower()


async def test_aino_reads_who_sees_what_and_comes_back(play: Play) -> None:
    await play.family("mother")
    start = await play.says(play.aino, "/start")
    said = await play.taps(play.aino, "👀 Who sees what")
    assert said.startswith("Who sees what")
    assert "Your worker sees your answers" in said
    assert await play.taps(play.aino, "← Menu") == start


async def test_help_is_by_what_somebody_is(play: Play) -> None:
    await play.family()
    worker, client, stranger = [await play.says(who, "/help") for who in (play.nora, play.aino, play.father)]
    assert "Before you part, tap Time to close" in worker
    assert "four taps each" in client
    assert "You get a link or a code from your worker." in stranger
    assert ["112" in each for each in (worker, client, stranger)] == [False, True, True]
