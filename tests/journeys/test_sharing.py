"""Whose a case is: shared with a colleague, handed over, left; and a deputy while its worker is away.

Nora's colleague is Lehti, of the same team; Otto works in another one.
"""

import storage
from bot.domain.errors import Reason
from bot.i18n import language
from bot.messages import refusals
from bot.sandbox.phones import Phone
from tests.courier.test_alerts import becomes_lead
from tests.stage import Family, Given, Play, button, buttons, data

EN = language("en")
NOT_HERE = refusals.words(EN, Reason.NOT_HERE)
LEFT = refusals.words(EN, Reason.COLLEAGUE_LEFT)
LOW = (1, 1, 2, 1)


def lehti(play: Play) -> Phone:
    return play.world.phone("lehti", title="Lehti", about="worker", language="en")


async def colleagues(play: Play, *others: str) -> Family:
    """Nora's family, with a colleague in her team and Otto in another one."""
    family = await play.family(*others)
    await play.becomes_worker(lehti(play), code="LEHTI-3")
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    return family


async def offers(play: Play, family: Family, kind: str, *, to: str = "LEHTI-3") -> str:
    await play.to_the_case(play.nora, family)
    return await play.taps(play.nora, "⋯ More", "🤝 Whose case", "🤝 Offer it to a colleague", to, kind)


async def case_card(play: Play, who: Phone, family: Family) -> str:
    """What comes of asking for the case's card: the note, or else the screen."""
    return await play.forges(who, f"case/{family.case}") or who.screen.text


async def test_a_case_is_shared_and_both_are_its_workers(play: Play) -> None:
    family = await colleagues(play, "mother")
    assert "Offered to LEHTI-3, to share" in await offers(play, family, "🤝 Share")
    asked = lehti(play).screen.text
    assert asked.splitlines()[0] == "🔔 A colleague asks you something"
    assert family.label not in asked
    assert "KOIVU-27 would like to share" in asked
    assert await play.taps(lehti(play), "Yes, take it") == f"{family.label} is yours too now, together with KOIVU-27."
    assert "LEHTI-3 said yes" in play.nora.screen.text
    await play.taps(lehti(play), "To the case", "▶️ Start a meeting", "▶️ Start, ask 2")
    await play.rates(play.aino, *LOW)
    cards = [who for who in (play.nora, lehti(play)) if any("answered" in each.text for each in who.sees)]
    assert cards
    await play.to_the_case(play.nora, family)
    assert "🟢 To the meeting" in buttons(play.nora)
    assert [each.worker for each in await play.given()] == ["LEHTI-3"]
    assert play.otto.screen.photo is None
    assert await case_card(play, play.otto, family) == NOT_HERE


async def test_a_case_is_handed_over_and_the_giver_is_out_at_once_with_old_buttons_too(play: Play) -> None:
    family = await colleagues(play, "mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await offers(play, family, "➡️ Hand over")
    meeting = data(play.nora, "close/")
    assert await case_card(play, lehti(play), family) == NOT_HERE
    await play.taps(lehti(play), "Yes, take it")
    assert play.nora.screen.text.splitlines()[0] == "🔔 A colleague has answered"
    assert family.label not in play.nora.screen.text
    for old in (f"case/{family.case}", meeting, f"shared/{family.case}", f"offer/{family.case}/x/share"):
        assert await play.forges(play.nora, old) == NOT_HERE
    assert play.mother.screen.text.splitlines()[0] == "🌿 Something has changed here"
    assert "LEHTI-3" in play.mother.screen.text
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "Cases")
    assert family.label not in " ".join(buttons(play.nora))
    await play.taps(lehti(play), "To the case", "🟢 To the meeting", "⏱ Time to close")
    await play.rates(play.mother, 5, 5, 5, 5)
    assert {each.worker for each in await play.given()} == {"KOIVU-27"}
    await play.taps(lehti(play), "⏹ End the meeting", "← The case", "▶️ Start a meeting")
    await play.taps(lehti(play), button(lehti(play), "start/"))
    await play.rates(play.aino, *LOW)
    assert [each.worker for each in await play.given()].count("LEHTI-3") == 1
    assert any("alert" in each.text for each in lehti(play).sees)
    assert not any("alert" in each.text for each in play.nora.sees)


async def test_an_alert_that_nobody_has_opened_goes_along(play: Play) -> None:
    family = await colleagues(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, *LOW)
    assert [row.passed_to for row in await play.sql("SELECT passed_to FROM alerts WHERE level = 'alert'")] == [None]
    await offers(play, family, "➡️ Hand over")
    await play.taps(lehti(play), "Yes, take it")
    told = [each for each in lehti(play).sees if "Something to talk about together" in each.text]
    assert len(told) == 1
    play.wait(hours=30)
    await play.settle()
    assert await play.sql("SELECT id FROM letters WHERE state = 'dead'") == []


async def hands_over(play: Play, family: Family, giver: Phone, taker: Phone, to: str) -> None:
    await play.to_the_case(giver, family)
    await play.taps(giver, "⋯ More", "🤝 Whose case", "🤝 Offer it to a colleague", to, "➡️ Hand over")
    await play.taps(taker, "Yes, take it")


async def puts_off(play: Play) -> Family:
    """On a Monday at 11:00 an alert comes, and Nora wants it again at 13:00; a lead is there to hear of it."""
    family = await colleagues(play)
    await becomes_lead(play, play.father)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, *LOW)
    alert = next(each for each in play.nora.sees if "(alert 1)" in each.text)
    await play.taps(play.nora, "⏰ Later", message=alert)
    return family


async def until(play: Play, **time: float) -> bool:
    """That long later: whether the lead has heard that nobody has opened it."""
    play.wait(**time)
    await play.settle()
    return any("An alert hasn't been opened" in each.text for each in play.father.sees)


async def test_an_alert_that_was_put_off_goes_along_and_is_looked_after_when_it_has_come_again(play: Play) -> None:
    family = await puts_off(play)
    await hands_over(play, family, play.nora, lehti(play), "LEHTI-3")
    heard = [await until(play, hours=2), await until(play, hours=23.9), await until(play, hours=0.2)]
    came = [each.text for each in lehti(play).sees if "(alert 1)" in each.text]
    assert (["It comes again" in each for each in came], heard) == ([True], [False, False, True])


async def test_put_off_and_opened_then_it_goes_along_and_no_lead_hears_of_it(play: Play) -> None:
    family = await puts_off(play)
    await play.forges(play.nora, "alert/1")
    await hands_over(play, family, play.nora, lehti(play), "LEHTI-3")
    assert not await until(play, days=3)


async def test_an_alert_that_was_put_off_and_comes_back_to_its_worker_is_looked_after_too(play: Play) -> None:
    family = await puts_off(play)
    await hands_over(play, family, play.nora, lehti(play), "LEHTI-3")
    play.wait(hours=1)
    await hands_over(play, family, lehti(play), play.nora, "KOIVU-27")
    assert [await until(play, hours=25 - 0.1), await until(play, hours=0.2)] == [False, True]


async def test_a_no_and_a_second_tap_change_nothing(play: Play) -> None:
    family = await colleagues(play)
    await offers(play, family, "🤝 Share")
    asked = lehti(play).screen
    assert await play.taps(lehti(play), "Not mine") == "All right. KOIVU-27 hears that you said no."
    assert "LEHTI-3 said no" in play.nora.screen.text
    before = await play.kept()
    assert await play.forges(lehti(play), data_of(asked, "takeon/")) == NOT_HERE
    assert await play.kept() == before
    await offers(play, family, "🤝 Share")
    yes = data(lehti(play), "takeon/")
    await play.taps(lehti(play), "Yes, take it")
    before = await play.kept()
    assert await play.forges(lehti(play), yes) == refusals.words(EN, Reason.NO_LONGER)
    assert family.label in lehti(play).screen.text
    assert await play.kept() == before


def data_of(bubble: object, beginning: str) -> str:
    """What a button said when it was there; after an answer there is none."""
    keyboard = getattr(bubble, "keyboard", ())
    found = [key.data for row in keyboard for key in row if key.data and key.data.startswith(beginning)]
    return found[0] if found else f"{beginning}gone"


async def test_an_offer_that_is_taken_back_or_too_old_opens_nothing(play: Play) -> None:
    family = await colleagues(play)
    await offers(play, family, "🤝 Share")
    yes = data(lehti(play), "takeon/")
    await play.taps(play.nora, "Take back: LEHTI-3")
    assert await play.forges(lehti(play), yes) == NOT_HERE
    await offers(play, family, "🤝 Share")
    yes = data(lehti(play), "takeon/")
    await play.says(lehti(play), "/start")
    await play.taps(lehti(play), "🤝 A colleague asks: 1", "KOIVU-27 · to share")
    play.wait(days=7)
    assert await play.forges(lehti(play), yes) == NOT_HERE
    assert "LEHTI-3" not in await play.taps(play.nora, "← Back", "🤝 Whose case")


async def test_an_offer_ends_when_the_giver_loses_the_case(play: Play) -> None:
    """Offered to two: who says yes first has it."""
    family = await colleagues(play)
    await play.becomes_worker(play.father, code="MAJAVA-4")
    await offers(play, family, "➡️ Hand over")
    await offers(play, family, "➡️ Hand over", to="MAJAVA-4")
    second = data(play.father, "takeon/")
    await play.taps(lehti(play), "Yes, take it")
    assert await play.forges(play.father, second) == NOT_HERE
    assert await case_card(play, play.father, family) == NOT_HERE


async def test_a_colleague_who_left_can_neither_be_asked_nor_answer(play: Play) -> None:
    family = await colleagues(play)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🤝 Whose case", "🤝 Offer it to a colleague")
    offer = data(play.nora, "colleague/")
    await play.taps(play.nora, "LEHTI-3", "🤝 Share")
    await play.change("UPDATE workers SET ended_at = began_at WHERE code = 'LEHTI-3'")
    before = await play.kept()
    assert await play.forges(lehti(play), data(lehti(play), "takeon/")) == NOT_HERE
    assert await play.forges(play.nora, offer) == LEFT
    assert await play.kept() == before


async def test_a_colleague_of_another_team_is_found_by_the_code_that_they_say(play: Play) -> None:
    family = await colleagues(play)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🤝 Whose case")
    assert "send their code" in await play.taps(play.nora, "🤝 Offer it to a colleague")
    assert "TAMMI-5" not in buttons(play.nora)
    assert "TAMMI-5 is a colleague." in await play.says(play.nora, "tammi 5")
    assert "Team: vaahtera" in await play.taps(play.nora, family.label)
    await play.taps(play.nora, "🤝 Share")
    assert "Team: pihlaja" in play.otto.screen.text
    await play.taps(play.otto, "Yes, take it")
    assert family.label in await case_card(play, play.otto, family)
    acts = await play.sql("SELECT act FROM audit ORDER BY number")
    assert [row.act for row in acts] == ["offer_case", "take_case"]


async def test_a_worker_leaves_a_shared_case_and_can_come_back(play: Play) -> None:
    family = await colleagues(play)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🤝 Whose case")
    assert "Leave it to the others" not in buttons(play.nora)
    assert await play.forges(play.nora, f"leaveit/{family.case}") == refusals.words(EN, Reason.ONLY_WORKER)
    await offers(play, family, "🤝 Share")
    await play.taps(lehti(play), "Yes, take it")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🤝 Whose case", "Leave it to the others", "Leave it")
    assert await play.forges(play.nora, f"case/{family.case}") == NOT_HERE
    await play.taps(lehti(play), "To the case", "⋯ More", "🤝 Whose case", "🤝 Offer it to a colleague", "KOIVU-27")
    await play.taps(lehti(play), "🤝 Share")
    await play.taps(play.nora, "Yes, take it")
    assert family.label in await case_card(play, play.nora, family)


async def test_a_case_of_the_same_name_gets_another_one(play: Play) -> None:
    family = await colleagues(play)
    await play.says(lehti(play), "/start")
    await play.taps(lehti(play), "New case", "13–17 years")
    async with play.database.transaction() as db:
        mine = (await play._met(db, lehti(play))).id
    its = await play.sql(
        f"SELECT case_id FROM case_workers JOIN workers ON workers.id = worker_id WHERE person_id = '{mine}'"
    )
    await _call(play, its[0].case_id, family.label)
    await offers(play, family, "🤝 Share")
    said = await play.taps(lehti(play), "Yes, take it")
    assert "You had one of the same name" in said
    assert family.label not in said


async def _call(play: Play, case_id: str, label: str) -> None:
    async with play.database.transaction() as db:
        await storage.cases.relabel(db, case_id, label)


async def test_colleagues_and_the_family_are_asked_and_told_in_their_own_language(play: Play) -> None:
    family = await colleagues(play, "mother", "father")
    first = {"fi": "🔔 Työkaveri kysyy sinulta jotakin", "sv": "🔔 En kollega frågar dig något"}
    for number, (code, words) in enumerate(first.items()):
        who = play.world.phone(f"{code}-colleague", language=code)
        await play.becomes_worker(who, code=f"KAJO-{number}")
        await offers(play, family, "➡️ Hand over", to=f"KAJO-{number}")
        assert who.screen.text.splitlines()[0] == words
    for name, code in (("mother", "fi"), ("father", "sv")):
        await play.says(getattr(play, name), "/start")
        await play.taps(getattr(play, name), "🌐 English", {"fi": "Suomi", "sv": "Svenska"}[code])
    await play.taps(who, button(who, "takeon/"))
    told = [getattr(play, name).screen.text.splitlines()[0] for name in ("aino", "mother", "father")]
    assert told == ["🌿 Something has changed here", "🌿 Jokin on muuttunut täällä", "🌿 Något har ändrats här"]


# A deputy


async def goes_away(play: Play, *, deputy: str = "LEHTI-3") -> None:
    await play.change(
        f"UPDATE workers SET away_since = began_at, deputy_id = (SELECT d.id FROM workers d WHERE d.code = '{deputy}')"
        " WHERE code = 'KOIVU-27'"
    )


async def test_while_a_worker_is_away_the_deputy_has_their_cases(play: Play) -> None:
    family = await colleagues(play)
    assert await case_card(play, lehti(play), family) == NOT_HERE
    await goes_away(play)
    await play.says(lehti(play), "/start")
    await play.taps(lehti(play), "Cases")
    assert f"{family.label} · ↪ KOIVU-27" in buttons(lehti(play))
    assert "↪ You stand in for KOIVU-27." in await play.taps(lehti(play), f"{family.label} · ↪ KOIVU-27")
    await play.taps(lehti(play), "▶️ Start a meeting", "▶️ Start, ask 1")
    await play.rates(play.aino, *LOW)
    assert any("Something to talk about together" in each.text for each in lehti(play).sees)
    assert await play.given() == [Given("aino", "ors", "adolescent", (10, 10, 20, 10), 1, "LEHTI-3")]
    await play.change("UPDATE workers SET away_since = NULL")
    assert await case_card(play, lehti(play), family) == NOT_HERE
    assert family.label in await case_card(play, play.nora, family)


async def test_alerts_of_who_is_away_come_to_both(play: Play) -> None:
    family = await colleagues(play)
    await play.starts_meeting(play.nora, family)
    await goes_away(play)
    await play.rates(play.aino, *LOW)
    told = [any("Something to talk about" in each.text for each in who.sees) for who in (play.nora, lehti(play))]
    assert told == [True, True]
    assert not play.otto.screen.text.startswith("🔔")


async def test_a_deputy_decides_nothing_about_whose_the_case_is(play: Play) -> None:
    family = await colleagues(play)
    await goes_away(play)
    await play.forges(lehti(play), f"shared/{family.case}")
    assert buttons(lehti(play)) == ["← Back"]
    for forged in (f"colleagues/{family.case}", f"leaveit/{family.case}"):
        assert await play.forges(lehti(play), forged) == NOT_HERE


async def test_who_stands_in_is_of_the_same_team_and_still_there(play: Play) -> None:
    family = await colleagues(play)
    await goes_away(play, deputy="TAMMI-5")
    assert await case_card(play, play.otto, family) == NOT_HERE
    await goes_away(play)
    assert family.label in await case_card(play, lehti(play), family)
    await play.change("UPDATE workers SET ended_at = began_at WHERE code = 'LEHTI-3'")
    assert await case_card(play, lehti(play), family) == NOT_HERE


# Who answers in the case themself


async def joins_as_mother(play: Play, family: Family) -> None:
    """Lehti, a worker of Nora's team, is this family's mother."""
    hers = "SELECT person_id FROM workers WHERE code = 'LEHTI-3'"
    await play.change(f"UPDATE raters SET person_id = ({hers}) WHERE id = '{family.raters['mother']}'")


async def test_who_answers_in_a_case_does_not_stand_in_there(play: Play) -> None:
    family = await colleagues(play, "mother")
    await joins_as_mother(play, family)
    await goes_away(play)
    assert await case_card(play, lehti(play), family) == NOT_HERE
    await play.says(lehti(play), "/start")
    await play.taps(lehti(play), "Cases")
    assert family.label not in " ".join(buttons(lehti(play)))
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, *LOW)
    (alert,) = await play.sql("SELECT number FROM alerts WHERE level = 'alert'")
    assert await play.forges(lehti(play), f"alert/{alert.number}") == NOT_HERE
    play.wait(hours=30)
    await play.settle()
    assert not any("Something to talk about together" in each.text for each in lehti(play).sees)
    assert await play.forges(lehti(play), f"alert/{alert.number}") == NOT_HERE
    assert await play.sql("SELECT id FROM letters WHERE state = 'dead'") == []


async def test_who_answers_in_a_case_cannot_take_it_on(play: Play) -> None:
    family = await colleagues(play, "mother")
    await joins_as_mother(play, family)
    await offers(play, family, "🤝 Share")
    yes = data(lehti(play), "takeon/")
    before = await play.kept()
    assert await play.forges(lehti(play), yes) == refusals.words(EN, Reason.ANSWERS_HERE)
    assert await play.kept() == before
    assert await case_card(play, lehti(play), family) == NOT_HERE
    await play.taps(lehti(play), button(lehti(play), "notforme/"))
    assert "LEHTI-3 said no" in play.nora.screen.text
