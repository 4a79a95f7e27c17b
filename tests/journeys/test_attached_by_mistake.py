"""Somebody joined by code and was taken for the mother of another case: all that came by it goes out again."""

import pytest

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import Family, Given, Play, button, buttons, data

UNDO = "↩️ It was somebody else"


async def attached(play: Play, *, as_somebody_new: bool = False) -> Family:
    """A mother has typed Nora's code and answered before the yes; then Nora took her for this case's."""
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "Mother")
    await play.says(play.mother, "koivu 27")
    await play.taps(play.mother, "Mother", "13–17 years", "Yes, I'll join", "Before the meeting")
    await play.rates(play.mother, 4, 5, 6, 7)
    await play.taps(play.nora, "Yes: a case I already have", family.label)
    await play.taps(play.nora, "Somebody new: Mother" if as_somebody_new else "👩 Mother")
    return family


async def check_of(play: Play) -> str:
    """The word and number on Nora's screen."""
    return play.nora.screen.text.split("Their screen should say: ")[1].split(".")[0]


@pytest.mark.parametrize("as_somebody_new", [False, True])
async def test_it_is_undone_from_the_message_that_confirmed_it(play: Play, as_somebody_new: bool) -> None:
    family = await attached(play, as_somebody_new=as_somebody_new)
    await play.taps(play.nora, UNDO, "↩️ Undo it")
    assert await check_of(play) in play.mother.screen.text
    assert "🌿 One more check" in play.mother.screen.text
    states = [row.state for row in await play.sql("SELECT state FROM cases ORDER BY opened_at")]
    assert states == ["open", "asked"]
    assert await play.given() == [Given("mother", "ors", "adolescent", (40, 50, 60, 70), 0, "KOIVU-27")]
    left = await play.sql(f"SELECT id FROM ratings WHERE case_id = '{family.case}'")
    mothers = await play.sql(f"SELECT person_id FROM raters WHERE case_id = '{family.case}' AND kind = 'mother'")
    assert (left, [row.person_id for row in mothers]) == ([], [None])


async def test_what_the_phone_gave_since_goes_out_too_and_what_was_only_asked_stays(play: Play) -> None:
    family = await attached(play)
    await play.taps(play.nora, "To the case", "▶️ Start a meeting")
    await play.taps(play.nora, button(play.nora, "start/"))
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.taps(play.nora, "⏱ Time to close")
    old = data(play.mother, "answer/")
    rater = (await play.sql("SELECT id FROM raters WHERE kind = 'mother'"))[0].id
    pictures = [each.id for each in play.nora.sees if each.photo]
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{rater}")
    await play.taps(play.nora, UNDO, "↩️ Undo it")
    assert [each.id for each in play.nora.sees if each.id in pictures] == []
    assert await play.note(play.mother, old, 1) == refusals.words(play.say(play.mother), Reason.NOT_HERE)
    assert not any("1/4" in each.text for each in play.mother.sees)
    assert await play.given() == [
        Given("aino", "ors", "adolescent", (70, 70, 70, 70), 1, "KOIVU-27"),
        Given("mother", "ors", "adolescent", (40, 50, 60, 70), 0, "KOIVU-27"),
    ]
    rows = await play.sql(f"SELECT DISTINCT case_id FROM ratings WHERE rater_id != '{family.raters['aino']}'")
    assert family.case not in {row.case_id for row in rows}


@pytest.mark.parametrize("as_somebody_new", [False, True])
async def test_what_they_guessed_for_another_of_the_case_goes_too(play: Play, as_somebody_new: bool) -> None:
    family = await attached(play, as_somebody_new=as_somebody_new)
    rater = data(play.nora, "somebody/").split("/")[1]
    await play.forges(play.nora, f"guess/{rater}/father")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting")
    await play.taps(play.nora, next(each for each in buttons(play.nora) if "guessed" in each))
    await play.taps(play.nora, button(play.nora, "start/"))
    await play.rates(play.mother, 3, 3, 3, 3)
    theirs = f"case_id = '{family.case}' AND rater_id != '{family.raters['aino']}'"
    assert len(await play.sql(f"SELECT id FROM ratings WHERE {theirs}")) == 2
    await play.forges(play.nora, f"rater/{rater}")
    await play.taps(play.nora, UNDO, "↩️ Undo it")
    assert await play.sql(f"SELECT id FROM ratings WHERE {theirs}") == []
    assert await play.given() == [Given("mother", "ors", "adolescent", (40, 50, 60, 70), 0, "KOIVU-27")]
    kinds = await play.sql(f"SELECT kind FROM raters WHERE case_id = '{family.case}' ORDER BY kind")
    new_ones = [] if as_somebody_new else ["father"]
    assert [each.kind for each in kinds] == sorted(["client", "mother", *new_ones])


async def test_their_alerts_follow_them(play: Play) -> None:
    family = await attached(play)
    await play.taps(play.nora, "To the case", "▶️ Start a meeting")
    await play.taps(play.nora, button(play.nora, "start/"))
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.mother, 1, 1, 1, 1)
    alerts = await play.sql(f"SELECT number FROM alerts WHERE case_id = '{family.case}'")
    assert alerts
    rater = (await play.sql("SELECT id FROM raters WHERE kind = 'mother'"))[0].id
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{rater}")
    await play.taps(play.nora, UNDO, "↩️ Undo it")
    assert await play.sql(f"SELECT number FROM alerts WHERE case_id = '{family.case}'") == []
    assert len(await play.sql("SELECT number FROM alerts")) == len(alerts)


async def test_then_they_are_taken_for_whom_they_are(play: Play) -> None:
    await attached(play)
    await play.taps(play.nora, UNDO, "↩️ Undo it", "Yes: a new case")
    assert "👩 Mother – on their own phone" in play.nora.screen.text
    assert "You are in now" in play.mother.screen.text


async def test_it_is_undone_once(play: Play) -> None:
    await attached(play)
    await play.taps(play.nora, UNDO)
    old = data(play.nora, "undo/")
    await play.taps(play.nora, "↩️ Undo it")
    before = await play.kept()
    assert await play.forges(play.nora, old) == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.kept() == before


async def test_after_a_week_it_stands(play: Play) -> None:
    await attached(play)
    await play.taps(play.nora, UNDO)
    play.wait(days=7, seconds=1)
    before = await play.kept(but=frozenset({"updates", "persons", "wrong_codes", "letters", "places"}))
    await play.taps(play.nora, "↩️ Undo it")
    assert play.nora.toasts[-1].text == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert UNDO not in buttons(play.nora)
    assert await play.kept(but=frozenset({"updates", "persons", "wrong_codes", "letters", "places"})) == before


async def test_otto_undoes_nothing(play: Play) -> None:
    await attached(play)
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await play.taps(play.nora, UNDO)
    before = await play.kept()
    note = await play.forges(play.otto, data(play.nora, "undo/"))
    assert note == refusals.words(play.say(play.otto), Reason.NOT_HERE)
    assert await play.kept() == before
