"""/mydata: a person's own answers in their words, and what else is kept of them."""

import pytest

from tests.stage import Play, button, buttons


async def test_aino_reads_all_that_she_has_given_newest_first(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.rates(play.mother, 1, 1, 2, 1)
    play.wait(minutes=40)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 10, 8)
    said = await play.says(play.aino, "/mydata")
    titles = [part.split(" · ") for part in said.splitlines() if part.endswith(("8", "9"))]
    assert [[each.split(" ")[-1] for each in line] for line in titles] == [["9", "9", "10", "8"], ["7", "6", "8", "9"]]
    assert "Answered 2 times" in said
    assert "Your worker: KOIVU-27" in said
    assert said.index("after the meeting") < said.index("before the meeting")
    assert family.label not in said


async def test_a_long_list_is_paged_and_each_page_fits(play: Play) -> None:
    await play.family()
    for _ in range(7):
        await play.says(play.aino, "/start")
        await play.taps(play.aino, "Before the meeting")
        await play.rates(play.aino, 7, 6, 8, 9)
        play.wait(days=8)
    assert "My data · 1/2" in await play.says(play.aino, "/mydata")
    assert (await play.taps(play.aino, "›")).startswith("My data · 2/2")
    assert (await play.taps(play.aino, "‹")).startswith("My data · 1/2")


async def test_nora_reads_what_is_kept_of_her_as_a_worker_and_nothing_of_the_families(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    said = await play.says(play.nora, "/mydata")
    assert "About you as a worker: code, team and role" in said
    assert "You have given no answers here." in said
    assert family.label not in said
    assert buttons(play.nora) == ["← Help", "← Menu"]


async def test_aino_deletes_the_answers_of_one_time_from_her_data(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 10, 8)
    await play.says(play.aino, "/mydata")
    await play.taps(play.aino, "🗑 Delete one of these")
    asked = await play.taps(play.aino, next(each for each in buttons(play.aino) if "before" in each))
    assert "Delete these answers for good?" in asked
    await play.taps(play.aino, "Yes, delete")
    said = await play.says(play.aino, "/mydata")
    assert "Answered 1 time" in said
    assert "after the meeting" in said
    assert "before the meeting" not in said


async def test_of_a_closed_case_nothing_is_deleted_by_itself(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.change("UPDATE cases SET state = 'closed'")
    await play.says(play.aino, "/mydata")
    assert buttons(play.aino) == ["🗑 Delete all my answers", "← Help", "← Menu"]


async def test_what_was_deleted_goes_from_the_workers_chat_though_the_case_is_closed_meanwhile(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    assert [each for each in play.nora.sees if each.photo]
    (draft,) = await play.sql("SELECT id FROM drafts WHERE instrument = 'ors'")
    play.aino.forges(f"goneown/{draft.id}", play.aino.screen.id)
    await play.takes_updates()
    await play.change("UPDATE cases SET state = 'closed'")
    await play.settle()
    assert [each for each in play.nora.sees if each.photo] == []


async def test_who_has_deleted_everything_has_nothing(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.says(play.aino, "/mydata")
    await play.taps(play.aino, "🗑 Delete all my answers", "Yes, delete everything")
    assert "You have given no answers here." in await play.says(play.aino, "/mydata")


@pytest.mark.parametrize(("code", "first"), [("fi", "Omat tietoni"), ("sv", "Mina uppgifter"), ("en", "My data")])
async def test_it_is_in_the_persons_language(play: Play, code: str, first: str) -> None:
    play.aino.language = code
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7", "6", "8", "9")
    await play.taps(play.aino, button(play.aino, "send/"))
    assert (await play.says(play.aino, "/mydata")).startswith(first)
