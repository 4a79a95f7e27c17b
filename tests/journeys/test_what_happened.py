"""What happened around a family: noted with one tap, said more exactly in place, seen by its workers only."""

import pytest

from bot.domain.events import Turn
from tests.stage import Family, Play, button, buttons, data


async def to_the_notes(play: Play, family: Family) -> str:
    return await play.taps(play.nora, button(play.nora, "notes/")) if await play.to_the_case(play.nora, family) else ""


async def test_nora_notes_a_bad_week_at_school(play: Play) -> None:
    family = await play.family("mother")
    assert "Nothing is noted yet." in await to_the_notes(play, family)
    await play.taps(play.nora, "➕ Note something", "🏫 School or day care")
    said = await play.taps(play.nora, "↘ Down", "Partly", "‹ Day")
    assert "School or day care</b> · 1 Mar 2026" not in said
    assert "School or day care · 1 Mar 2026" in said
    assert {"✓ ↘ Down", "✓ Partly"} <= set(buttons(play.nora))
    await play.taps(play.nora, "← Notes")
    assert buttons(play.nora)[:2] == ["➕ Note something", "1 Mar 🏫 School or day care ↘"]
    kept = await play.sql("SELECT kind, turn, in_reach, day, words_sealed FROM events")
    assert [(row.kind, row.turn, row.in_reach, str(row.day), row.words_sealed) for row in kept] == [
        ("school", "down", "partly", "2026-03-01", None)
    ]


async def test_of_several_children_it_is_said_whom_it_is_about(play: Play) -> None:
    family = await play.family("bo")
    await to_the_notes(play, family)
    await play.taps(play.nora, "➕ Note something", "🤒 Illness")
    assert "about the whole family" in play.nora.screen.text
    await play.taps(play.nora, "Change: about the young person")
    assert "about the young person" in play.nora.screen.text
    await play.taps(play.nora, "Change: about the child", "Change: about the whole family")
    assert "about the whole family" in play.nora.screen.text


async def test_a_double_tap_notes_one_thing(play: Play) -> None:
    family = await play.family()
    await to_the_notes(play, family)
    await play.taps(play.nora, "➕ Note something")
    kinds, again = play.nora.screen, data(play.nora, "noted/")
    await play.taps(play.nora, "🏫 School or day care")
    await play.forges(play.nora, again, at=kinds)
    assert "🏫" in buttons(play.nora)[1]
    assert len(await play.sql("SELECT id FROM events")) == 1


async def test_nothing_is_noted_for_tomorrow_or_for_long_ago(play: Play) -> None:
    family = await play.family()
    await to_the_notes(play, family)
    await play.taps(play.nora, "➕ Note something", "📦 A move")
    assert "Day ›" not in buttons(play.nora)
    event = data(play.nora, "turned/").split("/")[1]
    for day in ("20260303", "20240101"):
        assert await play.forges(play.nora, f"onday/{event}/{day}") == "This day is in the future, or too long ago."
    for day in ("2026-3-1", "20261301", "soon"):
        assert await play.forges(play.nora, f"onday/{event}/{day}") == "This isn't open any more."
    assert [str(row.day) for row in await play.sql("SELECT day FROM events")] == ["2026-03-02"]


async def test_what_was_noted_by_mistake_is_taken_out(play: Play) -> None:
    family = await play.family()
    await to_the_notes(play, family)
    await play.taps(play.nora, "➕ Note something", "💶 Work or money")
    await play.taps(play.nora, "🗑 Take it out")
    assert "Nothing is noted yet." in play.nora.screen.text
    assert await play.sql("SELECT id FROM events") == []


async def test_otto_and_the_family_see_none_of_it(play: Play) -> None:
    family = await play.family("mother")
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await to_the_notes(play, family)
    await play.taps(play.nora, "➕ Note something", "🧳 Living elsewhere")
    event = data(play.nora, "turned/").split("/")[1]
    for who in (play.otto, play.mother, play.aino):
        await play.says(who, "/start")
        for asked in (f"notes/{family.case}", f"event/{event}", f"unnote/{event}", f"turned/{event}/{Turn.UP.value}"):
            assert await play.forges(who, asked) == "This isn't open any more."
    assert len(await play.sql("SELECT id FROM events")) == 1


@pytest.mark.parametrize(
    ("code", "kind", "way"),
    [("fi", "🏫 Koulu tai päiväkoti", "↘ Alaspäin"), ("sv", "🏫 Skola eller daghem", "↘ Neråt")],
)
async def test_it_is_noted_in_the_workers_language(play: Play, code: str, kind: str, way: str) -> None:
    family = await play.family()
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"language/{code}")
    await play.forges(play.nora, f"note/{family.case}")
    await play.taps(play.nora, kind, way)
    assert f"✓ {way}" in buttons(play.nora)
