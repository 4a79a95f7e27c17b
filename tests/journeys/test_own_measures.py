"""A measure of the service's own: loaded from a file, switched on for a case, asked behind the four questions."""

import storage
from bot.charts.series import Areas, Trend, Why
from tests.domain.test_pack_files import ENERGY
from tests.journeys.test_handing_over import hands_over
from tests.stage import Family, Play, button, buttons, data


async def asks_for_energy(play: Play, *others: str, text: str = ENERGY) -> Family:
    """The family's case has the measure switched on."""
    family = await play.family(*others)
    async with play.database.transaction() as db:
        await storage.packs.put(db, text, now=play.world.clock.now())
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📏 Own measures", "⬜️ Energy")
    return family


async def test_aino_answers_it_behind_the_four_questions(play: Play) -> None:
    family = await asks_for_energy(play)
    assert "✅ Energy" in buttons(play.nora)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    assert "Next: Energy →" in buttons(play.aino)
    said = await play.taps(play.aino, "Next: Energy →")
    assert "1/2 · Sleep" in said
    assert "1 – badly" in said
    assert buttons(play.aino)[:5] == ["1", "2", "3", "4", "5"]
    await play.taps(play.aino, "4", "2")
    await play.taps(play.aino, "✓ Send")
    kept = await play.sql("SELECT instrument, item1, item2, item3, total FROM ratings ORDER BY instrument")
    assert [tuple(row) for row in kept] == [("energy", 40, 20, None, 60), ("ors", 70, 60, 80, 300)]
    await play.forges(play.nora, f"packs/{family.case}")
    assert "Energy · 🧑 Young person: 6" in play.nora.screen.text


async def test_aino_reads_among_her_data_what_she_has_answered_to_it(play: Play) -> None:
    family = await asks_for_energy(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Next: Energy →", "4", "2", "✓ Send")
    said = await play.says(play.aino, "/mydata")
    assert "2 Mar 2026 · Energy, before the meeting\nSleep 4 · Voimat 2" in said


async def test_on_the_workers_phone_it_is_counted_how_many_of_its_questions_are_answered(play: Play) -> None:
    family = await asks_for_energy(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await hands_over(play, family, "aino")
    await play.taps(play.nora, "4")
    assert "Answered: 1 of 2" in await play.says(play.nora, "/start")


async def meets_and_answers(play: Play, family: Family, *taps: str) -> None:
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Next: Energy →", *taps)
    await play.forges(play.nora, f"meeting/{(await play.sql('SELECT id FROM sessions ORDER BY started_at'))[-1].id}")
    await play.taps(play.nora, "⏱ Time to close", button(play.nora, "end/"))
    play.wait(days=7)


async def test_its_curve_is_a_picture_in_the_same_message_as_all_others(play: Play) -> None:
    family = await asks_for_energy(play)
    for points in (("4", "2"), ("5", "4")):
        await meets_and_answers(play, family, *points, "✓ Send")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📈 Pictures")
    there = play.nora.screen.id
    said = await play.taps(play.nora, "📏 Own measures")
    drawn = play.drawn[-1]
    assert isinstance(drawn, Areas)
    (panel,) = drawn.panels
    assert (panel.title, panel.least, panel.full, [each.total for each in panel.spots]) == ("Energy", 20, 100, [60, 90])
    assert "Energy 9 (first 6)" in said
    assert "📏 Own measures" not in buttons(play.nora)
    assert play.nora.screen.id == there
    await play.taps(play.nora, "📈 Young person", "🔎 By area", "📏 Own measures")
    assert play.nora.screen.id == there


async def test_skipped_it_is_a_gap_in_its_curve(play: Play) -> None:
    family = await asks_for_energy(play)
    await meets_and_answers(play, family, "4", "2", "✓ Send")
    await meets_and_answers(play, family, "Skip this time")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📈 Pictures", "📏 Own measures")
    drawn = play.drawn[-1]
    assert isinstance(drawn, Areas)
    assert [(gap.at, gap.why) for gap in drawn.panels[0].gaps] == [(1, Why.SKIPPED)]


async def test_who_has_answered_none_of_it_has_no_such_picture(play: Play) -> None:
    """Also not while the worker looks at these: then the curve comes."""
    family = await asks_for_energy(play, "mother", text=ENERGY.replace('["client", "carer"]', '["client"]'))
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Next: Energy →", "4", "2", "✓ Send")
    await play.taps(play.nora, "📏 Own measures")
    await play.rates(play.mother, 5, 5, 5, 5)
    assert isinstance(play.drawn[-1], Trend)
    assert "📏 Own measures" not in buttons(play.nora)


async def test_it_raises_no_alert_however_low_and_the_card_waits_for_it(play: Play) -> None:
    family = await asks_for_energy(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 9, 9, 9, 9)
    await play.forges(play.nora, data(play.nora, "tocard/"))
    assert "✍️ answering" in play.nora.screen.text
    await play.taps(play.aino, "Next: Energy →", "1", "1", "✓ Send")
    assert await play.sql("SELECT number FROM alerts WHERE level = 'alert'") == []
    assert "✅ answered" in play.nora.sees[-1].text + play.nora.sees[-2].text


async def test_only_those_it_is_for_are_asked_and_only_where_it_is_switched_on(play: Play) -> None:
    family = await asks_for_energy(play, "mother", text=ENERGY.replace('["client", "carer"]', '["client"]'))
    await play.starts_meeting(play.nora, family)
    asked = await play.sql(
        "SELECT r.kind FROM drafts d JOIN raters r ON r.id = d.rater_id WHERE d.instrument = 'energy'"
    )
    assert [row.kind for row in asked] == ["client"]


async def test_switched_off_it_is_asked_no_more_and_a_second_tap_changes_nothing(play: Play) -> None:
    family = await asks_for_energy(play)
    switch = data(play.nora, "pack/")
    for _ in range(2):
        await play.forges(play.nora, switch)
    assert "⬜️ Energy" in buttons(play.nora)
    await play.starts_meeting(play.nora, family)
    assert await play.sql("SELECT id FROM drafts WHERE instrument = 'energy'") == []


async def test_a_point_beside_its_scale_is_refused(play: Play) -> None:
    family = await asks_for_energy(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Next: Energy →")
    answer = data(play.aino, "answer/").rpartition("/")[0]
    for point in (0, 6, 10):
        await play.forges(play.aino, f"{answer}/{point}")
    assert (
        await play.sql("SELECT score FROM draft_items i JOIN drafts d ON d.id = i.draft_id WHERE instrument = 'energy'")
        == []
    )
    assert button(play.aino, "answer/") == "1"


async def test_without_one_there_is_no_button(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More")
    assert "📏 Own measures" not in buttons(play.nora)
