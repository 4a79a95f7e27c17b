"""A team's tags on cases, and the list by one of them."""

import storage
from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import PASSING, Play, buttons, data

EVENING, SCHOOL = "Evening <b>group</b>", "School & home"


async def team_has(play: Play, *names: str, team: str = "pihlaja") -> None:
    async with play.database.transaction() as db:
        team_id = await storage.tags.team_named(db, team)
        for name in names:
            await storage.tags.add(db, team_id or "", name)


async def test_a_team_without_tags_says_so_and_its_list_has_no_button_for_them(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    assert "Your team has no tags yet." in await play.taps(play.nora, "⋯ More", "🏷 Tags")
    await play.taps(play.nora, "← The case", "← Cases")
    assert "🏷 Tags" not in buttons(play.nora)


async def test_tags_are_ticked_stand_on_the_card_and_sort_the_list(play: Play) -> None:
    first = await play.family()
    await play.taps(play.nora, "New case", "6–12 years")
    await team_has(play, EVENING, SCHOOL)
    await play.to_the_case(play.nora, first)
    await play.taps(play.nora, "⋯ More", "🏷 Tags", f"⬜️ {EVENING}", f"⬜️ {SCHOOL}", f"✅ {SCHOOL}")
    assert buttons(play.nora) == [f"✅ {EVENING}", f"⬜️ {SCHOOL}", "← The case"]
    assert f"🏷 {EVENING}" in await play.taps(play.nora, "← The case")
    await play.taps(play.nora, "← Cases")
    assert sum(each.count("🟢") for each in buttons(play.nora)) == 0
    await play.taps(play.nora, "🏷 Tags")
    assert buttons(play.nora) == [f"🏷 {EVENING} (1)", "All"]
    assert await play.taps(play.nora, f"🏷 {EVENING} (1)") == f"Your cases · 🏷 {EVENING}"
    assert [each for each in buttons(play.nora) if first.label in each] == buttons(play.nora)[:1]
    await play.taps(play.nora, "🏷 Tags", "All")
    assert play.nora.screen.text == "Your cases"


async def test_a_second_tap_and_an_old_message_untick_nothing(play: Play) -> None:
    family = await play.family()
    await team_has(play, EVENING)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🏷 Tags")
    on = data(play.nora, "tag/")
    await play.taps(play.nora, f"⬜️ {EVENING}")
    before = await play.kept(but=PASSING)
    await play.taps_again(play.nora)
    await play.forges(play.nora, on)
    assert await play.kept(but=PASSING) == before
    assert f"✅ {EVENING}" in buttons(play.nora)


async def test_a_tag_that_was_ended_stays_where_it_is_until_it_is_taken_off(play: Play) -> None:
    family = await play.family()
    await team_has(play, EVENING)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🏷 Tags", f"⬜️ {EVENING}")
    await play.change("UPDATE tags SET ended_at = '2026-03-02 09:00:00'")
    await play.taps(play.nora, f"✅ {EVENING}")
    assert buttons(play.nora) == ["← The case"]


async def test_a_tag_of_another_team_is_none_of_ours(play: Play) -> None:
    family = await play.family()
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await team_has(play, SCHOOL, team="vaahtera")
    theirs = (await play.sql("SELECT id FROM tags"))[0].id
    before = await play.kept(but=PASSING)
    assert await play.forges(play.nora, f"tag/{family.case}/{theirs}/1") == refusals.words(
        play.say(play.nora), Reason.NOT_HERE
    )
    assert await play.forges(play.otto, f"tags/{family.case}") == refusals.words(play.say(play.otto), Reason.NOT_HERE)
    assert await play.kept(but=PASSING) == before


async def test_a_list_by_a_tag_that_is_on_no_case_any_more_is_the_whole_one(play: Play) -> None:
    await play.family()
    await play.forges(play.nora, "cases/0/xxxxxxxxxxxx")
    assert play.nora.screen.text == "Your cases"
