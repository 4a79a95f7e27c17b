"""An alert from the rating to the talk: opened, talked about, put off, passed on, taken back. Clocks are Helsinki's.

The play begins on a Monday at 11:00.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import Reason
from bot.domain.profile_files import written
from bot.domain.profiles import ICCE
from bot.domain.rules import TERMS, Rule, Terms
from bot.i18n import language
from bot.messages import refusals
from bot.messages.questions import Answerer, gist, questions
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from storage import Database
from tests.courier.test_alerts import asks_to_join, becomes_lead
from tests.stage import Family, Play, buttons, on_stage

HELSINKI = ZoneInfo("Europe/Helsinki")


def _all(**terms: Any) -> dict[Rule, Terms]:
    return {rule: replace(each, **terms) for rule, each in TERMS.items()}


LOW = (1, 1, 2, 1)
EN = language("en")
FELL, VERY_LOW = gist(EN, Rule.ALLIANCE_DROP), gist(EN, Rule.VERY_LOW)
LOWER = questions(EN, Rule.ALLIANCE_DROP, Answerer.ADOLESCENT)[0]
PASSED_ON = "It was passed on to you, because it hadn't been opened yet."
NOT_HERE = refusals.words(EN, Reason.NOT_HERE)
OFF_FOR_PIHLAJA = written(replace(ICCE, terms=_all(off_for=frozenset({"pihlaja"}))))
ALL_OFF = written(replace(ICCE, terms=_all(off=True)))


async def at(play: Play, local: str) -> None:
    """It is this local time now, and all that is due has happened."""
    play.world.clock.travel(datetime.fromisoformat(local).replace(tzinfo=HELSINKI).astimezone(UTC))
    await play.settle()


async def rates_at_home(play: Play, *scores: int) -> None:
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, *scores)


async def becomes_colleague(play: Play, family: Family | None = None) -> None:
    """Otto is in Nora's team; and where a family is given, it is his too."""
    await play.becomes_worker(play.otto, code="TAMMI-5")
    if family is not None:
        its = f"SELECT '{family.case}', id, '2026-03-02 09:00:01+00:00' FROM workers WHERE code = 'TAMMI-5'"
        await play.change(f"INSERT INTO case_workers (case_id, worker_id, began_at) {its}")


async def becomes_deputy(play: Play) -> None:
    await becomes_colleague(play)
    deputy = "(SELECT d.id FROM workers d WHERE d.code = 'TAMMI-5')"
    await play.change(f"UPDATE workers SET deputy_id = {deputy} WHERE code = 'KOIVU-27'")


def letters(who: Phone) -> list[Bubble]:
    """What has come of alerts, also what stands in its place now."""
    return [each for each in who.sees if each.author is None and "(alert" in each.text]


def newest(who: Phone) -> Bubble:
    return letters(who)[-1]


def texts(who: Phone) -> list[str]:
    return [each.text for each in letters(who)]


def labels(bubble: Bubble) -> list[str]:
    return [key.text for row in bubble.keyboard for key in row]


def card(who: Phone) -> str:
    return next(each.text for each in reversed(who.sees) if each.author is None and "\n    before:" in each.text)


async def corrects(play: Play, *changes: tuple[str, str]) -> None:
    """Aino changes what she has sent: the beginning of a line, and what it shall be."""
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "✏️ Change my answers")
    for line, score in changes:
        await play.taps(play.aino, next(each for each in buttons(play.aino) if each.startswith(f"✏️ {line}")), score)
    await play.taps(play.aino, "✓ Send")


async def kept(play: Play) -> list[tuple[Any, ...]]:
    """Of each alert with a letter: the rule, and whether it was opened, talked about, put off, passed on."""
    question = (
        "SELECT rule, opened_at, talked_at, later_at, passed_to FROM alerts WHERE level = 'alert' ORDER BY number"
    )
    rows = [tuple(row) for row in await play.sql(question)]
    return [(rule, *(moment is not None for moment in moments)) for rule, *moments in rows]


async def test_when_the_meeting_worked_worse_the_worker_hears_it_in_the_room(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family("mother")
    for scores in ((9, 9, 9, 9), (7, 8, 8, 8)):
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 5, 5, 5, 5)
        await play.taps(play.nora, "⏱ Time to close")
        await play.rates(play.aino, *scores)
        if scores[0] == 9:
            await play.taps(play.nora, "⏹ End the meeting")
            await at(play, "2026-03-09 11:00")
    (text,) = texts(play.nora)
    assert text.split("\n\n") == [
        "🔔 Something to talk about together (alert 2)",
        f"{family.label}\n🧑 Young person",
        "Marked now: 31\nThe time before: 36",
        f"{FELL}\nYou could ask: “{LOWER}”",
    ]
    assert labels(newest(play.nora)) == ["Open", "✓ Talked about it", "⏰ Later"]
    assert newest(play.nora).silent is False
    lines = card(play.nora).split("\n\n")[-1].splitlines()
    assert lines == ["To talk about together", f"🔔 {FELL} – Young person · alert 2"]

    await play.taps(play.nora, "Open", message=newest(play.nora))
    assert newest(play.nora).text.split("\n\n")[3].splitlines()[1:3] == ["You could ask:", f"· “{LOWER}”"]
    assert labels(newest(play.nora)) == ["To the case", "✓ Talked about it", "⏰ Later"]
    await play.taps(play.nora, "✓ Talked about it", message=newest(play.nora))
    assert newest(play.nora).text.split("\n\n")[2:] == ["✓ Talked about together."]
    assert labels(newest(play.nora)) == ["To the case"]
    assert await kept(play) == [("alliance_drop", True, True, False, False)]
    await at(play, "2026-03-11 11:00")
    assert len(letters(play.nora)) == 1


async def test_a_small_fall_stands_on_the_card_at_once_with_its_question_and_rings_nowhere(play: Play) -> None:
    family = await play.family("mother")
    for scores in ((9, 9, 9, 9), (9, 9, 9, 8)):
        await play.starts_meeting(play.nora, family)
        await play.taps(play.nora, "⏱ Time to close")
        await play.rates(play.aino, *scores)
        if scores[3] == 9:
            await play.taps(play.nora, "⏹ End the meeting")
            play.wait(days=7)
    assert letters(play.nora) == []
    assert card(play.nora).split("\n\n")[-1].splitlines() == [
        "To talk about together",
        f"💬 {FELL} – Young person",
        f"You could ask: “{LOWER}”",
    ]
    assert not re.search(r"35|36", card(play.nora).partition("\n")[2])
    here = next(each for each in reversed(play.nora.sees) if "\n    before:" in each.text)
    shown = await play.taps(play.nora, "💬 What to ask", message=here)
    page = next(each for each in play.nora.sees if each.text.startswith("What to ask"))
    assert (shown != "", page.text.count("· “")) == (True, 3)
    await play.taps(play.nora, "← The meeting", message=page)
    assert "before:" in next(each.text for each in play.nora.sees if each.id == here.id)


async def test_very_low_marks_at_home_come_at_once_and_are_on_the_card_of_the_next_meeting(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await rates_at_home(play, *LOW)
    (text,) = texts(play.nora)
    assert text.split("\n\n") == [
        "🔔 Something to talk about together (alert 1)",
        f"{family.label}\n🧑 Young person",
        "Marked now: 5\nLowest: Mind and body, Closest people, All of life (1)",
        f"{VERY_LOW}\nYou could ask: “What would you like me to know about this mark?”",
    ]
    play.wait(days=1)
    await play.starts_meeting(play.nora, family)
    assert f"🔔 {VERY_LOW} – Young person · alert 1" in card(play.nora)


async def test_what_is_put_off_comes_again_once_and_says_so(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await rates_at_home(play, *LOW)
    for _ in range(2):
        await play.taps(play.nora, "⏰ Later", message=newest(play.nora)) if "⏰ Later" in labels(
            newest(play.nora)
        ) else await play.taps_again(play.nora)
        assert newest(play.nora).text.split("\n\n")[1:] == [
            f"{family.label}\n🧑 Young person",
            "⏰ It comes again on 2 Mar at 13:00.",
        ]
    await at(play, "2026-03-02 12:59")
    assert len(letters(play.nora)) == 1
    await at(play, "2026-03-02 13:00")
    first, again = letters(play.nora)
    assert again.text.split("\n\n")[:2] == [
        "🔔 Something to talk about together (alert 1)",
        "It comes again, as you asked.",
    ]
    assert (labels(again), again.silent) == (["Open", "✓ Talked about it"], False)
    await play.forges(play.nora, "later/1", at=first)
    await at(play, "2026-03-02 18:00")
    assert (len(letters(play.nora)), "You could ask:" in first.text or "You could ask:" in texts(play.nora)[0]) == (
        2,
        True,
    )


async def test_what_was_talked_about_meanwhile_does_not_come_again(play: Play) -> None:
    await play.family()
    await rates_at_home(play, *LOW)
    await play.taps(play.nora, "⏰ Later", message=newest(play.nora))
    await play.taps(play.nora, "✓ Talked about it", message=newest(play.nora))
    await at(play, "2026-03-05 13:00")
    assert len(letters(play.nora)) == 1


async def test_after_it_was_put_off_the_time_counts_from_when_it_comes_again(play: Play) -> None:
    family = await play.family()
    await becomes_colleague(play, family)
    await at(play, "2026-03-06 16:00")
    await rates_at_home(play, *LOW)
    await play.taps(play.nora, "⏰ Later", message=newest(play.nora))
    assert "on 9 Mar at 09:00" in newest(play.nora).text
    await at(play, "2026-03-09 16:00")
    assert (len(letters(play.nora)), len(letters(play.otto))) == (2, 0)
    await at(play, "2026-03-10 08:59")
    assert letters(play.otto) == []
    await at(play, "2026-03-10 09:00")
    assert PASSED_ON in newest(play.otto).text


async def test_what_nobody_opens_goes_to_the_other_worker_of_the_case(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await becomes_colleague(play, family)
    await at(play, "2026-03-06 15:00")
    await rates_at_home(play, *LOW)
    await at(play, "2026-03-09 14:59")
    assert (len(letters(play.nora)), len(letters(play.otto))) == (1, 0)
    await at(play, "2026-03-09 15:00")
    (text,) = texts(play.otto)
    assert text.split("\n\n")[:3] == [
        "🔔 Something to talk about together (alert 1)",
        PASSED_ON,
        f"{family.label}\n🧑 Young person",
    ]
    for button in ("Open", "To the case"):
        await play.taps(play.otto, button, message=newest(play.otto))
    assert await kept(play) == [("very_low", True, False, False, True)]
    await at(play, "2026-03-20 15:00")
    assert (len(letters(play.nora)), "Young person" in play.otto.screen.text) == (1, True)


async def test_what_one_of_two_has_opened_is_passed_on_to_nobody(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await becomes_colleague(play, family)
    await rates_at_home(play, *LOW)
    await play.forges(play.otto, "alert/1")
    assert await kept(play) == [("very_low", True, False, False, False)]
    await at(play, "2026-03-05 12:00")
    assert [len(letters(each)) for each in (play.nora, play.otto)] == [1, 1]


async def test_a_deputy_sees_the_alert_and_not_the_case(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await becomes_deputy(play)
    await rates_at_home(play, *LOW)
    assert await play.note(play.otto, "alert/1", 1) == NOT_HERE
    await at(play, "2026-03-03 11:00")
    assert PASSED_ON in newest(play.otto).text
    await play.taps(play.otto, "Open", message=newest(play.otto))
    assert (family.label in newest(play.otto).text, "Marked now: 5" in newest(play.otto).text) == (True, True)
    assert labels(newest(play.otto)) == ["✓ Talked about it", "⏰ Later"]
    assert await play.note(play.otto, f"case/{family.case}", 1) == NOT_HERE
    await play.change("UPDATE workers SET deputy_id = NULL")
    assert await play.note(play.otto, "alert/1", 1) == NOT_HERE
    assert await kept(play) == [("very_low", True, False, False, True)]


async def test_with_nobody_to_pass_it_on_to_the_lead_hears_number_worker_and_time(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await becomes_lead(play, play.otto)
    await rates_at_home(play, *LOW)
    await at(play, "2026-03-03 11:00")
    lines = play.otto.screen.text.splitlines()
    assert lines[:3] == ["🔔 An alert hasn't been opened", "", "Alert 1 · KOIVU-27 · 2 Mar 11:00"]
    assert family.label not in play.otto.screen.text


async def test_with_nobody_else_what_was_opened_is_told_to_no_lead(play: Play) -> None:
    await play.family()
    await becomes_lead(play, play.otto)
    await rates_at_home(play, *LOW)
    await play.taps(play.nora, "Open", message=newest(play.nora))
    await at(play, "2026-03-05 11:00")
    assert "Alert 1" not in str([each.text for each in play.otto.sees])


async def test_also_when_the_first_letter_reached_nobody_it_is_passed_on(play: Play) -> None:
    family = await play.family()
    await becomes_colleague(play, family)
    play.nora.blocked = True
    await rates_at_home(play, *LOW)
    await at(play, "2026-03-03 11:00")
    assert PASSED_ON in newest(play.otto).text


async def test_who_has_left_the_bot_is_passed_over_at_once(play: Play) -> None:
    family = await play.family()
    await becomes_colleague(play, family)
    play.nora.blocks()
    await rates_at_home(play, *LOW)
    assert [PASSED_ON in each for each in texts(play.otto)] == [False]


async def test_who_has_the_case_no_more_is_not_told_and_all_who_have_it_are(play: Play) -> None:
    """The rating is tied to Nora, whose meeting it was."""
    family = await play.family()
    await becomes_colleague(play, family)
    await play.starts_meeting(play.nora, family)
    hers = "worker_id = (SELECT id FROM workers WHERE code = 'KOIVU-27')"
    await play.change(f"UPDATE case_workers SET ended_at = began_at WHERE {hers}")
    await play.rates(play.aino, *LOW)
    assert [len(letters(each)) for each in (play.nora, play.otto)] == [0, 1]


async def test_two_alerts_of_one_rating_come_in_one_letter(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family("mother")
    await rates_at_home(play, 8, 8, 8, 7)
    play.wait(days=8)
    await rates_at_home(play, *LOW)
    (text,) = texts(play.nora)
    assert text.split("\n\n")[-1].splitlines() == [
        "Also in these answers:",
        f"· {gist(EN, Rule.OUTCOME_DROP)} (alert 2)",
        f"· {gist(EN, Rule.CROSSED_DOWN)}",
    ]
    await play.taps(play.nora, "Open", message=newest(play.nora))
    assert f"{gist(EN, Rule.OUTCOME_DROP)} (alert 2)\n· “" in newest(play.nora).text
    await play.taps(play.nora, "✓ Talked about it", message=newest(play.nora))
    assert await kept(play) == [
        ("very_low", True, True, False, False),
        ("outcome_drop", True, True, False, False),
    ]
    assert family.label in newest(play.nora).text


async def test_answers_that_are_corrected_take_an_alert_back(play_on_each: Play) -> None:
    """Before its letter leaves there is none; after it, the opened message says kindly how it is."""
    play = play_on_each
    family = await play.family()
    await rates_at_home(play, *LOW)
    await corrects(play, ("1", "8"), ("2", "8"))
    await play.taps(play.nora, "Open", message=newest(play.nora))
    assert newest(play.nora).text.split("\n\n")[1:] == [
        f"{family.label}\n🧑 Young person",
        "The answers have been changed since then, and there is nothing left of this in them.",
    ]
    assert labels(newest(play.nora)) == ["To the case"]
    await at(play, "2026-03-09 12:00")
    assert len(letters(play.nora)) == 1


async def test_what_is_taken_back_before_it_left_and_raised_again_is_told(play: Play) -> None:
    await play.family()
    await play.change(
        "UPDATE persons SET held_until = '2026-03-02 09:30:00' WHERE id IN (SELECT person_id FROM workers)"
    )
    await rates_at_home(play, *LOW)
    await corrects(play, ("1", "8"), ("2", "8"))
    play.wait(hours=1)
    await play.settle()
    assert letters(play.nora) == []
    await corrects(play, ("1", "0"))
    assert len(letters(play.nora)) == 1


async def test_a_team_for_which_a_rule_is_switched_off_hears_nothing_of_it(sqlite: Database, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OFF_FOR_PIHLAJA)
    async with on_stage(sqlite, settings={"PROFILE": str(file)}) as play:
        await play.family()
        await rates_at_home(play, *LOW)
        assert (letters(play.nora), await play.sql("SELECT rule FROM alerts")) == ([], [])


async def test_the_one_who_rates_sees_the_same_whatever_is_raised(tmp_path: Path, sqlite: Database) -> None:
    """Word for word, from the first question to the thanks."""
    file = tmp_path / "own.toml"
    file.write_text(ALL_OFF)
    seen, raised = [], []
    for settings in (None, {"PROFILE": str(file)}):
        async with on_stage(sqlite, settings=settings) as play:
            await play.family()
            for scores in ((9, 9, 9, 9), LOW):
                await rates_at_home(play, *scores)
                play.wait(days=8)
            seen.append([each.text for each in play.aino.sees])
            raised.append(len(await play.sql("SELECT rule FROM alerts")))
            for table in ("cases", "persons", "workers", "updates"):
                await play.change(f"DELETE FROM {table}")
    assert (seen[0] == seen[1], raised[0] > 0, raised[1]) == (True, True, 0)


async def test_each_has_its_own_view_of_one_meeting_and_the_card_says_it_once(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family("mother", "father")
    await play.starts_meeting(play.nora, family)
    for who, score in ((play.mother, 4), (play.father, 9), (play.aino, 8)):
        await play.rates(who, *[score] * 4)
    assert f"· {gist(EN, Rule.RATERS_DIFFER)} – Mother, Father" in card(play.nora)
    assert len(await play.sql("SELECT rule FROM alerts WHERE rule = 'raters_differ'")) == 1


async def test_what_two_have_marked_at_home_is_compared_when_the_meeting_begins(play: Play) -> None:
    family = await play.family("mother")
    await rates_at_home(play, 8, 8, 8, 8)
    await play.says(play.mother, "/start")
    await play.taps(play.mother, "Before the meeting")
    await play.rates(play.mother, 4, 4, 4, 4)
    await play.starts_meeting(play.nora, family)
    assert f"· {gist(EN, Rule.RATERS_DIFFER)} – Young person, Mother" in card(play.nora)


async def test_a_first_meeting_of_four_has_a_line_for_each_rule_and_not_for_each_rater(play: Play) -> None:
    family = await play.family("bo", "mother", "father")
    await play.starts_meeting(play.nora, family)
    for who, times in ((play.aino, 1), (play.bo, 1), (play.mother, 2), (play.father, 2)):
        for number in range(times):
            if number:
                await play.taps(who, "Next: the child →")
            await play.rates(who, 9, 9, 8, 9)
    await play.taps(play.nora, "⏱ Time to close")
    for who in (play.aino, play.bo, play.mother, play.father):
        await play.rates(who, 8, 9, 8, 9)
    assert card(play.nora).split("\n\n")[-1].splitlines() == [
        "To talk about together",
        f"· {gist(EN, Rule.ALLIANCE_FIRST)} – Young person, Child, Mother, 1 more",
        f"· {gist(EN, Rule.INTAKE_HIGH)} – Young person, Child, Mother (about the young person), 3 more",
    ]


async def test_after_the_workers_yes_the_alert_comes_with_what_it_is_about(play_on_each: Play) -> None:
    play = play_on_each
    await asks_to_join(play)
    await play.rates(play.aino, *LOW)
    assert ["Marked now" in each for each in texts(play.nora)] == [False]
    await play.taps(play.nora, "Who is it?", message=newest(play.nora))
    await play.taps(play.nora, "Yes: a new case")
    assert ["Marked now: 5" in each for each in texts(play.nora)] == [True]
    await at(play, "2026-03-03 10:59")
    assert len(letters(play.nora)) == 1


async def test_an_alert_of_a_worker_who_left_and_is_forgotten_is_not_silent(play: Play) -> None:
    await play.family()
    await becomes_lead(play, play.otto)
    hers = "(SELECT person_id FROM workers WHERE code = 'KOIVU-27')"
    await play.change(f"UPDATE persons SET held_until = '2026-03-02 12:00:00' WHERE id = {hers}")
    await rates_at_home(play, *LOW)
    await play.change("UPDATE workers SET ended_at = began_at WHERE code = 'KOIVU-27'")
    await play.says(play.nora, "/forget")
    await play.taps(play.nora, "Yes, delete everything")
    assert "Alert 1 · KOIVU-27" in play.otto.screen.text
