"""Somebody has no phone here: the worker writes down what they say, or what stands on their sheet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

import storage
from bot.actions import cases
from bot.config import Settings
from bot.domain.people import Kind, Person
from bot.flood import Flood
from bot.i18n import language
from bot.running import running
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from tests.stage import TOKEN, Family, Play, button, buttons, keys


@dataclass(frozen=True)
class Silent:
    """Nora's case with Aino, and a mother who has no phone here and reads Swedish."""

    family: Family
    mother: str


async def silent_mother(play: Play) -> Silent:
    family = await play.family()
    now = play.world.clock.now()
    async with play.database.transaction() as db:
        nora = await met(play, db, play.nora)
        view = await cases.add_collateral(db, nora, family.case, Kind.MOTHER, now=now)
    mother = next(each.id for each in view.case.raters if each.kind is Kind.MOTHER)
    await play.change(f"UPDATE raters SET own_phone = FALSE, language = 'sv' WHERE id = '{mother}'")
    return Silent(family, mother)


async def met(play: Play, db: storage.Transaction, who: Phone) -> Person:
    now = play.world.clock.now()
    return await storage.people.meet(db, telegram_id=who.id, language=who.language, now=now)


async def in_meeting(play: Play) -> Silent:
    silent = await silent_mother(play)
    await play.starts_meeting(play.nora, silent.family)
    return silent


async def to_mother(play: Play, silent: Silent, way: str, who: Phone | None = None) -> str:
    """From the meeting's card to what is written down for her."""
    nora = who or play.nora
    await play.taps(nora, button(nora, "answers/"))
    await play.taps(nora, mother_of(nora, silent))
    return await play.taps(nora, way)


def mother_of(nora: Phone, silent: Silent) -> str:
    """The newest button that leads to her ways."""
    return next(
        key.text
        for bubble in reversed(nora.sees)
        for key in keys(bubble)
        if key.data and key.data.startswith("ways/") and key.data.endswith(silent.mother)
    )


def entry(nora: Phone) -> str:
    """What is being written down."""
    return next(each.text for each in reversed(nora.sees) if "Aloud" in each.text)


async def mothers(play: Play, silent: Silent) -> list[tuple[object, ...]]:
    rows = await play.sql(
        "SELECT mode, item1, item2, item3, item4, total FROM ratings "
        f"WHERE rater_id = '{silent.mother}' ORDER BY rated_at, id"
    )
    return [tuple(row) for row in rows]


async def day_of_mothers(play: Play, silent: Silent) -> list[str]:
    rows = await play.sql(f"SELECT rated_on FROM drafts WHERE rater_id = '{silent.mother}' ORDER BY began_at")
    return [str(row.rated_on)[:10] for row in rows]


def swedish(key: str) -> str:
    return language("sv").instrument(key)


def card(play: Play, who: Phone | None = None) -> str:
    return next(each.text for each in reversed((who or play.nora).sees) if "before:" in each.text)


# Aloud


async def test_a_mother_without_a_phone_answers_aloud_in_her_language_and_the_card_comes_back(play: Play) -> None:
    silent = await in_meeting(play)
    assert "Mother" in card(play)
    said = await to_mother(play, silent, "🗣 Aloud")
    assert swedish("ors.1.about") in said
    assert "Read it to them and tap the number they say." in said
    await play.taps(play.nora, "7", "6", "8", "9")
    assert "▸" not in play.nora.screen.text
    await play.taps(play.nora, "✓ Send")
    assert await mothers(play, silent) == [("aloud", 70, 60, 80, 90, 300)]
    assert "👩 Mother\n    before: ✅ answered" in card(play)
    assert [each.text for each in play.nora.sees if "Read it to them" in each.text] == []
    assert play.trends[-1].wellbeing.spots[-1].total == 300


async def test_aloud_takes_five_taps_from_the_first_question_to_sent(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "🗣 Aloud")
    taps = ["7", "7", "7", "7", "✓ Send"]
    await play.taps(play.nora, *taps)
    assert len(await mothers(play, silent)) == 1
    assert len(taps) <= 6


async def test_every_tap_may_come_twice_and_the_second_changes_nothing(play: Play) -> None:
    silent = await in_meeting(play)
    await play.taps(play.nora, button(play.nora, "answers/"))
    for tap in (mother_of(play.nora, silent), "🗣 Aloud", "7", "6", "← Back", "6", "8", "9", "✓ Send"):
        await play.taps(play.nora, tap)
        before = await play.kept(but=frozenset({"updates", "places", "persons"}))
        await play.taps_again(play.nora)
        assert await play.kept(but=frozenset({"updates", "places", "persons"})) == before, tap
    assert await mothers(play, silent) == [("aloud", 70, 60, 80, 90, 300)]


async def test_a_carer_of_two_is_asked_about_each_in_turn(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    await to_mother(play, Silent(family, family.raters["mother"]), "🗣 Aloud")
    assert "about the young person" in entry(play.nora)
    await play.taps(play.nora, "4", "4", "4", "4", "✓ Send")
    assert "about the child" in entry(play.nora)
    await play.taps(play.nora, "6", "6", "6", "6", "✓ Send")
    totals = [row[-1] for row in await mothers(play, Silent(family, family.raters["mother"]))]
    assert sorted(map(str, totals)) == ["160", "240"]


async def test_nobody_sees_what_somebody_had_begun_on_a_phone_of_their_own(play: Play) -> None:
    """The worker begins anew; and who then answers on the phone after all begins anew too."""
    family = await play.family("mother")
    silent = Silent(family, family.raters["mother"])
    await play.starts_meeting(play.nora, family)
    await play.taps(play.mother, "1", "2")
    await play.taps(play.nora, button(play.nora, "answers/"))
    await play.taps(play.nora, mother_of(play.nora, silent))
    assert "They have begun on a phone" in play.nora.screen.text
    await play.taps(play.nora, "🗣 Aloud")
    assert "1/4" in play.nora.screen.text
    await play.taps(play.nora, "7")
    before = await play.kept(but=frozenset({"updates", "places", "persons"}))
    await play.taps(play.mother, "3")
    assert await play.kept(but=frozenset({"updates", "places", "persons"})) == before
    assert "1/4" in play.mother.screen.text
    await play.taps(play.mother, "5", "5", "5", "5", "✓ Send")
    assert await mothers(play, silent) == [("buttons", 50, 50, 50, 50, 200)]
    await play.taps(play.nora, "6")
    assert await mothers(play, silent) == [("buttons", 50, 50, 50, 50, 200)]


# From paper


async def test_a_sheet_with_decimals_is_typed_and_what_was_typed_goes_from_the_chat(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    for text in ("7,5", "6.2", "8"):
        await play.says(play.nora, text)
    await play.taps(play.nora, "9")
    assert [each.text for each in play.nora.sees if each.author is not None and each.text[0].isdigit()] == []
    assert "✏️ 1 · " in " ".join(buttons(play.nora))
    await play.taps(play.nora, "✓ Send")
    assert await mothers(play, silent) == [("paper", 75, 62, 80, 90, 307)]


async def test_all_four_values_may_be_typed_at_once(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    await play.says(play.nora, "7,5 6 8,2 9")
    await play.taps(play.nora, "✓ Send")
    assert await mothers(play, silent) == [("paper", 75, 60, 82, 90, 307)]


async def test_of_a_sheet_with_the_sum_only_there_is_a_total_and_no_items(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    await play.taps(play.nora, "Σ Only a total")
    assert "A total goes from 0 to 40" in await play.says(play.nora, "41")
    await play.says(play.nora, "28,4")
    await play.taps(play.nora, "✓ Send")
    assert await mothers(play, silent) == [("total_only", None, None, None, None, 284)]
    assert play.trends[-1].wellbeing.spots[-1].total == 284


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12", "A value goes from 0 to 10"),
        ("7,55", "That isn't a value that I understand"),
        ("7 6", "That isn't a value that I understand"),
        ("-3", "That isn't a value that I understand"),
    ],
)
async def test_what_is_no_value_is_answered_clearly_and_nothing_is_lost(play: Play, text: str, told: str) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    await play.says(play.nora, "7,5")
    said = await play.says(play.nora, text)
    assert told in said
    assert "7.5" in said
    await play.says(play.nora, "6")
    await play.taps(play.nora, "8", "9", "✓ Send")
    assert await mothers(play, silent) == [("paper", 75, 60, 80, 90, 305)]


async def test_numbers_typed_where_no_sheet_is_open_are_not_taken(play: Play) -> None:
    silent = await in_meeting(play)
    assert "I only understand buttons and codes." in await play.says(play.nora, "7,5")
    await to_mother(play, silent, "📄 From paper")
    await play.says(play.nora, "7,5")
    await play.taps(play.nora, "← The meeting")
    assert "I only understand buttons and codes." in await play.says(play.nora, "6")
    assert await mothers(play, silent) == []


async def test_a_code_that_is_typed_beside_a_sheet_is_a_code(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    before = await play.kept(but=frozenset({"updates", "places", "persons", "wrong_codes", "traces"}))
    await play.says(play.nora, "7K3QM-9TZ4X")
    await play.says(play.nora, "Koivu 42")
    assert await play.kept(but=frozenset({"updates", "places", "persons", "wrong_codes", "traces"})) == before


async def test_a_day_is_tapped_or_typed_and_impossible_ones_are_answered_clearly(play: Play) -> None:
    silent = await silent_mother(play)
    play.wait(days=30)
    await play.starts_meeting(play.nora, silent.family)
    await to_mother(play, silent, "📄 From paper")
    await play.says(play.nora, "7,5")
    await play.taps(play.nora, button(play.nora, "days/"))
    assert [text.split(" · ")[0] for text in buttons(play.nora)] == ["Today", "Yesterday", "← Back"]
    for text, told in (
        ("1.5.2026", "That day is still to come"),
        ("1.3.2026", "before the case was opened"),
        ("1.3.2019", "more than two years ago"),
        ("31.2.2026", "That isn't a day that I understand"),
    ):
        assert told in await play.says(play.nora, text)
    assert "7.5" in await play.says(play.nora, "20.3.2026")
    assert await day_of_mothers(play, silent) == ["2026-03-20"]
    await play.taps(play.nora, "6", "8", "9", "✓ Send")
    [row] = await play.sql(f"SELECT rated_at FROM ratings WHERE rater_id = '{silent.mother}'")
    assert str(row.rated_at).startswith("2026-03-20 10:00")


async def to_sheets(play: Play, silent: Silent, which: str = "Before the meeting") -> str:
    await play.to_the_case(play.nora, silent.family)
    await play.taps(play.nora, "⋯ More", "🗂 All answers", "📄 From a sheet of another day", "👩 Mother")
    return await play.taps(play.nora, which)


async def test_a_sheet_of_no_meeting_takes_its_place_in_the_series_and_an_old_one_raises_no_alert(play: Play) -> None:
    silent = await silent_mother(play)
    play.wait(days=40)
    for day, values in (("5.4.2026", "6 6 6 6"), ("5.3.2026", "1 1 1 1")):
        await to_sheets(play, silent)
        await play.taps(play.nora, button(play.nora, "days/"))
        await play.says(play.nora, day)
        await play.says(play.nora, values)
        await play.taps(play.nora, "✓ Send")
    rows = await play.sql("SELECT total, rated_at FROM ratings ORDER BY rated_at")
    assert [(row.total, str(row.rated_at)[:10]) for row in rows] == [(40, "2026-03-05"), (240, "2026-04-05")]
    assert await play.sql("SELECT number FROM alerts") == []


async def test_the_sheet_about_the_next_child_has_the_day_of_the_first(play: Play) -> None:
    family = await play.family("bo", "mother")
    silent = Silent(family, family.raters["mother"])
    play.wait(days=7)
    await play.starts_meeting(play.nora, family)
    await to_mother(play, silent, "📄 From paper")
    await play.taps(play.nora, button(play.nora, "days/"))
    await play.says(play.nora, "6.3.2026")
    await play.says(play.nora, "6 6 6 6")
    await play.taps(play.nora, "✓ Send")
    assert [each.text for each in play.nora.sees if "From paper" in each.text and "about the child" in each.text]
    assert button(play.nora, "days/") == "📅 6 Mar 2026"
    await play.says(play.nora, "5 5 5 5")
    await play.taps(play.nora, "✓ Send")
    assert await day_of_mothers(play, silent) == ["2026-03-06"] * 2


async def test_there_are_never_two_of_one_day(play: Play) -> None:
    silent = await silent_mother(play)
    play.wait(days=2)
    for _ in range(2):
        await to_sheets(play, silent)
        await play.says(play.nora, "6 6 6 6")
        await play.taps(play.nora, "✓ Send")
    assert len(await mothers(play, silent)) == 1
    assert [each.text for each in play.nora.toasts if "There are answers of that day already" in each.text]


async def test_a_sheet_of_the_day_of_a_meeting_is_the_meetings(play: Play) -> None:
    silent = await in_meeting(play)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(days=3)
    await to_sheets(play, silent)
    await play.taps(play.nora, button(play.nora, "days/"))
    await play.says(play.nora, "2.3.2026")
    await play.says(play.nora, "6 6 6 6")
    await play.taps(play.nora, "✓ Send")
    rows = await play.sql(f"SELECT session_id FROM drafts WHERE rater_id = '{silent.mother}'")
    assert [row.session_id is not None for row in rows] == [True]
    assert "👩 Mother\n    before: ✅ answered" in card(play)


async def test_what_was_typed_goes_on_after_a_restart(play: Play) -> None:
    """A new Application on the same database, in the middle of a sheet."""
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    await play.says(play.nora, "7,5")
    async with started_anew(play) as again:
        for text in ("6", "8,1", "9"):
            await again.says(again.nora, text)
        await again.taps(again.nora, "✓ Send")
        assert await mothers(again, silent) == [("paper", 75, 60, 81, 90, 306)]


@asynccontextmanager
async def started_anew(play: Play) -> AsyncIterator[Play]:
    settings = Settings.from_env({"BOT_TOKEN": TOKEN, "SECRET_KEY": "only for tests, and long enough for it"})
    requests = {"request": WorldRequest(play.world), "polling": WorldRequest(play.world)}
    async with running(
        settings, play.database, now=play.world.clock.now, **requests, studio=play.studio, flood=Flood(burst=10_000)
    ) as bot:
        yield Play(play.world, bot, play.database, play.studio)


# Not this time


async def test_who_does_not_answer_this_time_is_left_out_with_a_reason_and_may_after_all(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "➖ Not this time…")
    await play.taps(play.nora, "Not asked")
    assert "👩 Mother\n    before: ➖ skipped" in card(play)
    await to_mother(play, silent, "🗣 Aloud")
    await play.taps(play.nora, "7", "7", "7", "7", "✓ Send")
    assert "👩 Mother\n    before: ✅ answered" in card(play)


async def test_all_are_left_out_before_and_after_but_who_has_begun(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.bo, "5")
    asked = [each.screen.id for each in (play.aino, play.mother)]
    await play.taps(play.nora, button(play.nora, "answers/"), "➖ Skip all")
    assert "Young person, Child, Mother" in play.nora.screen.text
    await play.taps(play.nora, "There was no time")
    reasons = await play.sql("SELECT state, skip_reason FROM drafts")
    assert sorted(tuple(row) for row in reasons if row.state == "skipped") == [("skipped", "no_time")] * 6
    await play.taps(play.nora, "⏱ Time to close")
    assert [each.screen.id for each in (play.aino, play.mother)] == asked
    await play.taps(play.bo, "5", "5", "5", "✓ Send")
    assert len(await play.given()) == 1


# Correcting and deleting


async def to_answers(play: Play, silent: Silent) -> str:
    await play.to_the_case(play.nora, silent.family)
    return await play.taps(play.nora, "⋯ More", "🗂 All answers")


async def acts(play: Play, silent: Silent) -> list[str]:
    async with play.database.transaction() as db:
        assert await storage.audit.intact(db, silent.family.case)
        return [each.act.value for each in await storage.audit.of_case(db, silent.family.case)]


async def test_what_was_written_down_is_corrected_and_until_it_is_sent_the_first_counts(play: Play) -> None:
    silent = await in_meeting(play)
    await to_mother(play, silent, "📄 From paper")
    await play.says(play.nora, "7 6 8 9")
    await play.taps(play.nora, "✓ Send")
    await to_answers(play, silent)
    said = await play.taps(play.nora, button(play.nora, "rating/"), "✏️ Correct")
    assert "until you send it, the earlier answers count" in said
    await play.taps(play.nora, button(play.nora, "reenter/"))
    await play.says(play.nora, "0,5")
    assert await mothers(play, silent) == [("paper", 70, 60, 80, 90, 300)]
    await play.taps(play.nora, "Keep as before")
    assert (await mothers(play, silent), await acts(play, silent)) == ([("paper", 70, 60, 80, 90, 300)], [])

    await to_answers(play, silent)
    await play.taps(play.nora, button(play.nora, "rating/"), "✏️ Correct")
    await play.taps(play.nora, button(play.nora, "reenter/"))
    await play.says(play.nora, "0,5")
    play.wait(minutes=1)
    await play.taps(play.nora, "✓ Send")
    assert await mothers(play, silent) == [("paper", 5, 60, 80, 90, 235)]
    assert await acts(play, silent) == ["correct_rating"]
    assert play.trends[-1].wellbeing.spots[-1].total == 235


async def test_what_was_given_on_a_phone_is_not_corrected_by_a_worker(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await to_answers(play, Silent(family, ""))
    await play.taps(play.nora, button(play.nora, "rating/"))
    assert "Only they can change it" in play.nora.screen.text
    assert buttons(play.nora) == ["🗑 Delete", "← Their answers"]
    [draft] = await play.sql("SELECT id FROM drafts")
    for data in ("correct", "entry", "enter", "sum"):
        assert await play.forges(play.nora, f"{data}/{draft.id}") == "This isn't open any more."
    assert await play.forges(play.nora, f"heard/{draft.id}/1/0") == "This isn't open any more."


async def test_a_rating_is_deleted_with_what_it_has_raised_and_colleagues_hear_it(play: Play) -> None:
    silent = await in_meeting(play)
    minna = await colleague(play, silent.family)
    await to_mother(play, silent, "🗣 Aloud")
    await play.taps(play.nora, "0", "0", "0", "0", "✓ Send")
    assert len(await play.sql("SELECT number FROM alerts")) > 0
    await to_answers(play, silent)
    await play.taps(play.nora, button(play.nora, "rating/"), "🗑 Delete")
    assert "Delete these answers for good?" in play.nora.screen.text
    await play.taps(play.nora, "Yes, delete")
    await play.taps_again(play.nora)
    assert await mothers(play, silent) == []
    assert await play.sql("SELECT number FROM alerts") == []
    assert await acts(play, silent) == ["delete_rating"]
    assert [each for each in play.nora.sees if each.photo] == []
    assert [each for each in minna.sees if each.photo] == []
    assert [each.text.splitlines()[0] for each in minna.sees if "deleted" in each.text] == [
        "🔔 Some answers were deleted"
    ]


async def colleague(play: Play, family: Family) -> Phone:
    """Minna, another worker of the case."""
    minna = play.world.phone("minna", title="Minna", about="worker", language="en")
    await play.becomes_worker(minna, code="HAAPA-3")
    await play.change(
        "INSERT INTO case_workers (case_id, worker_id, began_at) "
        f"SELECT '{family.case}', id, began_at FROM workers WHERE code = 'HAAPA-3'"
    )
    return minna


async def test_two_workers_enter_for_the_same_mother_at_once_and_one_rating_comes_of_it(play: Play) -> None:
    silent = await in_meeting(play)
    minna = await colleague(play, silent.family)
    await play.to_the_case(minna, silent.family)
    await play.taps(minna, "🟢 To the meeting")
    await to_mother(play, silent, "🗣 Aloud")
    await to_mother(play, silent, "🗣 Aloud", minna)
    play.nora.taps("7")
    minna.taps("3")
    await play.settle()
    [first] = await play.sql("SELECT score FROM draft_items")
    await play.taps(play.nora, "6", "6", "6")
    await play.taps(minna, "5")
    await play.taps(minna, "✓ Send")
    await play.taps(play.nora, "✓ Send")
    assert await mothers(play, silent) == [("aloud", first.score, 60, 60, 60, first.score + 180)]


async def test_otto_sees_nothing_of_it(play: Play) -> None:
    silent = await in_meeting(play)
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await to_mother(play, silent, "📄 From paper")
    [draft] = await play.sql(f"SELECT id, session_id FROM drafts WHERE rater_id = '{silent.mother}'")
    before = await play.kept()
    for data in (
        f"answers/{draft.session_id}",
        f"ways/{draft.session_id}/{silent.mother}",
        f"aloud/{draft.session_id}/{silent.mother}/outcome",
        f"heard/{draft.id}/1/5",
        f"history/{silent.family.case}",
        f"ratings/{silent.mother}",
        f"dropped/{draft.id}",
    ):
        assert await play.forges(play.otto, data) == "This isn't open any more."
    assert await play.kept() == before


@pytest.mark.parametrize(
    ("code", "paper", "value", "shown"),
    [("fi", "📄 Paperilta", "7,5", "7,5"), ("sv", "📄 Från papper", "7.5", "7,5")],
)
async def test_a_sheet_in_the_workers_language(play: Play, code: str, paper: str, value: str, shown: str) -> None:
    play.nora.language = code
    silent = await in_meeting(play)
    await play.taps(play.nora, button(play.nora, "answers/"))
    await play.taps(play.nora, mother_of(play.nora, silent))
    await play.taps(play.nora, paper)
    assert shown in await play.says(play.nora, value)
    assert await day_of_mothers(play, silent) == ["2026-03-02"]


async def test_aino_deletes_one_of_her_own_ratings_and_nora_hears_it(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 0, 0, 0, 0)
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "🗑 Delete my answers")
    before = await play.kept()
    await play.taps(play.aino, "← Back", "🗑 Delete my answers")
    assert await play.kept() == before
    await play.taps(play.aino, "Yes, delete")
    assert "These answers are deleted." in play.aino.screen.text
    assert (await play.given(), await play.sql("SELECT number FROM alerts")) == ([], [])
    assert await acts(play, Silent(family, "")) == ["delete_rating"]
    assert [each for each in play.nora.sees if each.photo] == []
    assert [each for each in play.nora.sees if "Some answers were deleted" in each.text] != []
