"""Nora's meeting while drawing goes wrong: real drawing processes that hang, die, answer nonsense or need too much."""

import pytest

from bot.charts.studio import Studio
from bot.sandbox.chats import Bubble
from storage import Database
from tests.stage import Play, on_stage


def shown(play: Play, *, photo: bool) -> list[Bubble]:
    """The pictures that Nora sees, or the tables in their place."""
    return [each for each in play.nora.sees if bool(each.photo) == photo and (photo or "2 Mar 2026 · " in each.text)]


@pytest.mark.parametrize("trouble", ["hanging", "dying", "garbling", "greedy"])
async def test_the_worker_gets_the_numbers_and_the_meeting_goes_on(sqlite: Database, trouble: str) -> None:
    async with on_stage(sqlite, studio=Studio(program=f"tests.charts.easels.{trouble}", limit=1)) as play:
        family = await play.family()
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        (table,) = shown(play, photo=False)
        await play.taps(play.nora, "⏱ Time to close")
        await play.rates(play.aino, 9, 9, 9, 8)
        (second,) = shown(play, photo=False)
    assert ("2 Mar 2026 · 30" in table.text, "2 Mar 2026 · 30 · 35" in second.text) == (True, True)
    assert "spoiler" in [entity.kind for entity in second.formatted.entities]
    assert shown(play, photo=True) == []


async def test_a_picture_comes_although_the_drawing_processes_are_killed(sqlite: Database) -> None:
    studio = Studio()
    async with on_stage(sqlite, studio=studio) as play:
        await studio.warm()
        for place in studio._places:
            (await place.ready())._process.kill()
        family = await play.family()
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        assert (len(shown(play, photo=True)), shown(play, photo=False)) == (1, [])


async def test_a_picture_that_nora_looks_at_again_is_drawn_and_uploaded_once(sqlite: Database) -> None:
    """She goes from one picture to the other and back: what comes again is the same file of Telegram's."""
    async with on_stage(sqlite, studio=Studio()) as play:
        family = await play.family("mother")
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        await play.rates(play.mother, 5, 5, 5, 5)
        files = []
        for who in ("Young person", "Mother", "Young person", "Mother"):
            await play.taps(play.nora, f"📈 {who}")
            (picture,) = shown(play, photo=True)
            assert picture.photo
            files.append(picture.photo.picture.file_id)
    assert files[:2] == files[2:]
    assert len(set(files)) == 2
