"""A few words of the worker's own on a note: where the organisation has switched them on, and only on the notes."""

import re

import pytest

from bot.domain.errors import Reason
from bot.i18n import language
from bot.messages import refusals
from storage import Database
from tests.stage import Family, Play, Sketches, button, buttons, data, on_stage

ON = {"FREE_TEXT": "on"}
WORDS = "New teacher; he <likes> her & the class"


async def to_a_note(play: Play, family: Family) -> None:
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, button(play.nora, "notes/"), "➕ Note something", "🏫 School or day care")


async def test_words_are_written_and_stand_on_the_notes_and_nowhere_else(
    database: Database, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    sketches = Sketches()
    async with on_stage(database, studio=sketches, settings=ON) as play:
        family = await play.family()
        await to_a_note(play, family)
        await play.taps(play.nora, "✍️ A few words")
        assert WORDS in await play.says(play.nora, WORDS)
        assert not [each for each in play.nora.sees if each.text == WORDS]
        assert WORDS in await play.taps(play.nora, "← Notes")
        (row,) = await play.sql("SELECT words_sealed FROM events")
        assert WORDS.encode() not in bytes(row.words_sealed)
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        for who in play.world.phones:
            shown = [each.text for each in who.sees if "What has happened" not in each.text]
            assert not [each for each in shown if WORDS in each]
        assert "teacher" not in repr(sketches.drawn)
    assert "teacher" not in caplog.text + "".join(capfd.readouterr())


async def test_they_are_changed_and_taken_out(database: Database) -> None:
    async with on_stage(database, settings=ON) as play:
        await to_a_note(play, await play.family())
        await play.taps(play.nora, "✍️ A few words")
        await play.says(play.nora, WORDS)
        await play.taps(play.nora, "✍️ Change the words")
        said = await play.says(play.nora, "  two\n\nlines ")
        assert "two lines" in said
        assert WORDS not in said
        await play.taps(play.nora, "✍️ Change the words", "🗑 Take the words out")
        assert "✍️ A few words" in buttons(play.nora)
        assert [row.words_sealed for row in await play.sql("SELECT words_sealed FROM events")] == [None]


async def test_too_many_words_are_refused_and_asked_for_again(database: Database) -> None:
    async with on_stage(database, settings=ON) as play:
        await to_a_note(play, await play.family())
        await play.taps(play.nora, "✍️ A few words")
        said = await play.says(play.nora, "x" * 201)
        assert refusals.words(language("en"), Reason.TOO_LONG) in said
        assert not [each for each in play.nora.sees if each.text.startswith("xxx")]
        assert "x" * 200 in await play.says(play.nora, "x" * 200)


async def test_a_code_is_still_a_code_and_after_going_back_words_are_not_taken(database: Database) -> None:
    async with on_stage(database, settings=ON) as play:
        family = await play.family()
        await to_a_note(play, family)
        await play.taps(play.nora, "✍️ A few words")
        await play.says(play.nora, "ABCDE-FGH23")
        assert [row.words_sealed for row in await play.sql("SELECT words_sealed FROM events")] == [None]
        await play.to_the_case(play.nora, family)
        await play.taps(play.nora, button(play.nora, "notes/"), button(play.nora, "event/"))
        await play.says(play.nora, "nothing asks for this")
        assert [row.words_sealed for row in await play.sql("SELECT words_sealed FROM events")] == [None]


async def test_where_it_is_off_there_is_no_trace_of_it_and_forged_buttons_are_refused(play: Play) -> None:
    await to_a_note(play, await play.family())
    event = data(play.nora, "turned/").split("/")[1]
    assert not [each for each in buttons(play.nora) if "✍️" in each]
    for forged in (f"words/{event}", f"nowords/{event}"):
        assert await play.forges(play.nora, forged) == refusals.words(language("en"), Reason.NOT_HERE)
    await play.says(play.nora, WORDS)
    assert [row.words_sealed for row in await play.sql("SELECT words_sealed FROM events")] == [None]
    assert not re.search("words", play.nora.screen.text)


async def test_they_go_with_the_note(database: Database) -> None:
    async with on_stage(database, settings=ON) as play:
        await to_a_note(play, await play.family())
        await play.taps(play.nora, "✍️ A few words")
        await play.says(play.nora, WORDS)
        await play.taps(play.nora, "🗑 Take it out")
        assert await play.sql("SELECT id FROM events") == []
        assert WORDS not in play.nora.screen.text
