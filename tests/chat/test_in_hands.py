"""Who may press what takes a worker's phone back: only whoever has it in their hands, and for its own meeting."""

import pytest

import storage
from bot.actions import handing_over
from bot.app import PRESSES
from bot.domain.errors import Reason
from bot.messages import refusals
from tests.chat.test_doors import (
    DESK,
    DOORS,
    ENGLISH,
    IN_HANDS,
    LEADS,
    LISTED,
    MISSING,
    NOT_HERE,
    OPEN_TO_ALL,
    ROLES,
    SHOWN,
    House,
    household,
    offers,
    phone,
)
from tests.stage import Play

PIN, OTTOS = "4826", "7391"
BUTTONS = {"goon": "goon/{session}", "giveback": "giveback/{session}", "phoneback": f"phoneback/{{session}}/0/{PIN}"}
NO_LONGER = refusals.words(ENGLISH, Reason.NO_LONGER)


@pytest.fixture
async def house(play: Play) -> House:
    """Nora's and Otto's meetings; nobody has a phone of theirs yet."""
    noras = await household(play, "nora", "KOIVU-27", client="aino", carer="mother", guest="guest")
    ottos = await household(play, "otto", "TAMMI-5", client="bo", carer="father", guest="visitor")
    async with play.database.transaction() as db:
        await handing_over.choose_pin(db, await play._met(db, phone(play, "otto")), OTTOS)
        await storage.outbox.void_all(db, now=play.world.clock.now())
    return House(play, noras, ottos)


async def hands_over(house: House, worker: str) -> None:
    """To the client of their meeting; what is told because of it has come, so that nothing more happens by itself."""
    ids = house.noras if worker == "nora" else house.ottos
    async with house.play.database.transaction() as db:
        person, now = await house.play._met(db, phone(house.play, worker)), house.play.world.clock.now()
        await handing_over.hand_over(db, person, ids["session"], ids["rater"], now=now)
        await storage.outbox.void_all(db, now=now)


async def in_hands(house: House) -> set[str]:
    return {row.rater_id for row in await house.play.sql("SELECT rater_id FROM hand_overs")}


def sessions(house: House) -> tuple[str, ...]:
    return house.noras["session"], house.ottos["session"], MISSING


def test_each_has_its_button() -> None:
    assert sorted(BUTTONS) == sorted(IN_HANDS)


@pytest.mark.parametrize("verb", IN_HANDS)
async def test_on_a_phone_that_is_in_nobodys_hands_it_does_nothing(house: House, verb: str) -> None:
    """An old pad: whose meeting it is hears that it has moved on, all others what they hear of what isn't there."""
    own = {"nora": house.noras["session"], "otto": house.ottos["session"]}
    before = await house.play.kept(but=SHOWN)
    said = {
        (role, session): await house.presses(role, BUTTONS[verb].format(session=session))
        for role in ROLES
        for session in sessions(house)
    }
    assert said == {(role, session): NO_LONGER if own.get(role) == session else NOT_HERE for role, session in said}
    assert await house.play.kept(but=SHOWN) == before


@pytest.mark.parametrize("verb", IN_HANDS)
async def test_whoever_has_not_the_phone_cannot_take_it_back(house: House, verb: str) -> None:
    """Not the rater on a phone of their own, nor a stranger or another worker who knows the meeting and the PIN."""
    await hands_over(house, "nora")
    before = await house.play.kept(but=SHOWN)
    button = BUTTONS[verb].format(session=house.noras["session"])
    said = {role: await house.presses(role, button) for role in ROLES if role not in ("nora", "ended")}
    assert said == dict.fromkeys(said, NOT_HERE)
    assert await house.play.kept(but=SHOWN) == before


@pytest.mark.parametrize("verb", IN_HANDS)
async def test_a_meeting_that_it_was_not_handed_over_for_opens_nothing(house: House, verb: str) -> None:
    """Two phones in two raters' hands, each with the other's meeting and with none; and each PIN on both.

    Going on leads to one's own questions, whatever meeting it names.
    """
    await hands_over(house, "nora")
    await hands_over(house, "otto")
    before = await house.play.kept(but=SHOWN)
    for worker, session in (
        *(("nora", each) for each in (house.ottos["session"], MISSING)),
        *(("otto", each) for each in (house.noras["session"], MISSING)),
    ):
        for pin in (PIN, OTTOS):
            said = await house.presses(worker, BUTTONS[verb].format(session=session).replace(PIN, pin))
            assert said == ("" if verb == "goon" else NOT_HERE)
    assert await house.play.kept(but=SHOWN) == before


@pytest.mark.parametrize("verb", ["goon", "giveback"])
async def test_in_their_hands_it_shows_and_changes_nothing(house: House, verb: str) -> None:
    await hands_over(house, "nora")
    before = await house.play.kept(but=SHOWN)
    assert await house.presses("nora", BUTTONS[verb].format(session=house.noras["session"])) == ""
    assert await house.play.kept(but=SHOWN) == before


async def test_the_pin_of_whose_phone_it_is_takes_it_back_and_no_other(house: House) -> None:
    await hands_over(house, "nora")
    await hands_over(house, "otto")
    mine, ottos = house.noras["session"], house.ottos["session"]
    await house.presses("otto", f"phoneback/{ottos}/0/{PIN}")
    await house.presses("nora", f"phoneback/{mine}/0/{OTTOS}")
    assert await in_hands(house) == {house.noras["rater"], house.ottos["rater"]}
    await house.presses("nora", f"phoneback/{mine}/1/{PIN}")
    assert await in_hands(house) == {house.ottos["rater"]}


@pytest.mark.parametrize("digits", ["482x", "48260", "٤٨٢٦", "482 "])
async def test_what_no_pad_says_is_no_try(house: House, digits: str) -> None:
    await hands_over(house, "nora")
    before = await house.play.kept(but=SHOWN)
    assert await house.presses("nora", f"phoneback/{house.noras['session']}/0/{digits}") == NOT_HERE
    assert await house.play.kept(but=SHOWN) == before


@pytest.mark.parametrize("tries", ["1", "7", "-1"])
async def test_a_pad_that_knows_of_other_tries_is_no_try(house: House, tries: str) -> None:
    """Neither the right PIN nor a wrong one: who forges the count gets no more tries by it."""
    await hands_over(house, "nora")
    before = await house.play.kept(but=SHOWN)
    for pin in (PIN, OTTOS):
        await house.presses("nora", f"phoneback/{house.noras['session']}/{tries}/{pin}")
    assert await house.play.kept(but=SHOWN) == before


@pytest.fixture
async def house_on_each(play_on_each: Play) -> House:
    """Nora's household, on both databases: of all that her buttons can name there is something."""
    play = play_on_each
    noras = await household(play, "nora", "KOIVU-27", client="aino", carer="mother", guest="guest")
    await play.becomes_worker(phone(play, "colleague"), team="team of nora", code="LEHTI-3")
    async with play.database.transaction() as db:
        noras |= await offers(db, "KOIVU-27", noras, now=play.world.clock.now())
        await storage.outbox.void_all(db, now=play.world.clock.now())
    return House(play, noras, noras)


async def test_no_button_shows_or_changes_anything_of_a_case(house_on_each: House) -> None:
    """Each that there is, with the ids with which it opens for Nora or Aino; and without any.

    The phone is in the hands of somebody who has nothing to do with these ids but the meeting.
    """
    house, nora = house_on_each, phone(house_on_each.play, "nora")
    async with house.play.database.transaction() as db:
        person, now = await house.play._met(db, nora), house.play.world.clock.now()
        ids = house.noras
        await handing_over.hand_over(db, person, ids["session"], ids["free"], now=now)
    await house.play.says(nora, "/start")
    before, shown = await house.play.kept(but=SHOWN), set()
    for button in OF_THE_DESK:
        nora.forges(button.format(**ids), nora.screen.id)
        nora.forges(button.split("/")[0], nora.screen.id)
        await house.play.settle()
        shown |= {each.text for each in nora.sees if each.author is None}
    assert {each for each in shown if "Answered: 0 of 4" not in each and "1/4" not in each} == set()
    assert await house.play.kept(but=SHOWN) == before


OF_THE_DESK = [*(each.button for each in DOORS.values()), *DESK.values(), *LISTED.values(), *LEADS.values()]
OF_THE_DESK += OPEN_TO_ALL.values()


def test_it_is_tried_with_every_button_but_those_that_give_the_phone_back() -> None:
    tried = {each.split("/")[0] for each in OF_THE_DESK}
    assert tried | set(IN_HANDS) == {each.verb for each in PRESSES}
