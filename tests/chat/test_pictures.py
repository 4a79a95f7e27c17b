"""The pictures of a case on a worker's phone: one message, in which one is put in the place of another."""

from typing import Any

from bot.charts.series import Areas, Family, SideBySide, Trend
from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.chats import Bubble
from tests.stage import Family as Household
from tests.stage import Play, Sketches, button, buttons, data


def photos(play: Play) -> list[Bubble]:
    return [each for each in play.nora.sees if each.photo]


async def household(play: Play) -> Household:
    """The young person and the mother have answered at a meeting that is over."""
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 3, 4, 5, 6)
    play.wait(minutes=1)
    await play.rates(play.mother, 5, 5, 4, 4)
    await play.taps(play.nora, button(play.nora, "close/"), button(play.nora, "end/"))
    return family


async def to_pictures(play: Play, family: Household) -> str:
    await play.to_the_case(play.nora, family)
    return await play.taps(play.nora, "📈 Pictures")


async def test_the_card_becomes_the_picture_of_who_answered_last(play: Play) -> None:
    family = await household(play)
    await play.to_the_case(play.nora, family)
    card = play.nora.screen.id
    await play.taps(play.nora, "📈 Pictures")
    assert play.nora.screen.id == card
    assert play.nora.screen.photo
    assert play.nora.screen.photo.spoiler
    assert play.trends[-1].heading == f"{family.label} · Mother"
    assert buttons(play.nora) == [
        "👪 All together",
        "🧩 Side by side",
        "📈 Young person",
        "🔎 By area",
        "🖨 Print",
        "← The case",
    ]


async def test_each_picture_takes_the_place_of_the_one_before(play: Play) -> None:
    family = await household(play)
    await to_pictures(play, family)
    there = play.nora.screen.id
    seen = list[type[Any]]()
    for name in ("👪 All together", "🧩 Side by side", "📈 Young person", "🔎 By area"):
        await play.taps(play.nora, name)
        seen.append(type(play.drawn[-1]))
        assert play.nora.screen.id == there
    assert seen == [Family, SideBySide, SideBySide, Areas], "the trend was drawn before, and isn't drawn again"


async def test_from_the_picture_the_card_comes_below_and_the_picture_goes(play: Play) -> None:
    family = await household(play)
    await to_pictures(play, family)
    shown = play.nora.screen.id
    back = data(play.nora, "tocase/")
    await play.taps(play.nora, "← The case")
    assert buttons(play.nora)[0] == "▶️ Start a meeting"
    assert shown not in [each.id for each in play.nora.sees]
    before = await play.kept()
    await play.forges(play.nora, back)
    await play.taps_again(play.nora)
    assert await play.kept() == before


async def test_a_second_tap_shows_the_same(play: Play) -> None:
    family = await household(play)
    await to_pictures(play, family)
    await play.taps(play.nora, "👪 All together")
    before, drawn, seen = await play.kept(), len(play.drawn), len(play.nora.sees)
    await play.taps_again(play.nora)
    await play.comes_again()
    assert (await play.kept(), len(play.drawn), len(play.nora.sees)) == (before, drawn, seen)


async def test_a_mothers_picture_about_each_child_is_there_and_under_the_other(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 7, 7, 7, 7)
    play.wait(minutes=1)
    await play.taps(play.mother, "Next: the child →")
    await play.rates(play.mother, 4, 4, 4, 4)
    await to_pictures(play, family)
    assert play.trends[-1].heading == f"{family.label} · Mother, about the child"
    await play.taps(play.nora, "📈 Mother: the young person")
    assert "Mother, about the young person\nWellbeing 28" in play.nora.screen.text
    assert buttons(play.nora)[1:3] == ["📈 Mother: the child", "🔎 By area"]


async def test_a_picture_button_of_before_still_shows_whom_the_mother_rated_last(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 7, 7, 7, 7)
    mother = family.raters["mother"]
    for old in (f"picture/{mother}", f"picture/{mother}/{family.case}"):
        await play.forges(play.nora, old)
        assert play.trends[-1].heading == f"{family.label} · Mother, about the young person"


async def test_what_was_never_answered_with_another_instrument_is_no_picture(play: Play) -> None:
    family = await household(play)
    await to_pictures(play, family)
    asked = data(play.nora, f"areas/{family.raters['mother']}")
    for wrong in ("cors", "srs2", "ors/ors"):
        note = await play.forges(play.nora, f"{asked}/{wrong}")
        assert note == refusals.words(play.say(play.nora), Reason.NOT_HERE)


async def test_of_a_case_where_nobody_rates_there_is_no_picture_of_all(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "Under 6")
    (child,) = await play.sql("SELECT id, case_id FROM subjects")
    for kind in ("family", "sides"):
        note = await play.forges(play.nora, f"{kind}/{child.case_id}/{child.id}/")
        assert note == refusals.words(play.say(play.nora), Reason.NOT_HERE)


async def test_every_picture_can_be_printed_as_it_is_seen(play: Play) -> None:
    family = await household(play)
    await to_pictures(play, family)
    assert isinstance(play.studio, Sketches)
    picture, kinds = play.nora.screen, []
    for name in ("👪 All together", "🧩 Side by side", "📈 Young person", "🔎 By area"):
        await play.taps(play.nora, name, "🖨 Print")
        kinds.append(type(play.studio.printed[-1]))
        assert play.studio.printed[-1] in play.drawn
        assert buttons(play.nora) == ["← The case"]
        assert picture.id in [each.id for each in photos(play)], "the picture stays where it was"
    assert kinds == [Family, SideBySide, Trend, Areas]


async def test_otto_sees_no_picture_and_what_is_chosen_is_each_workers_own(play: Play) -> None:
    family = await household(play)
    await to_pictures(play, family)
    forged = [data(play.nora, verb) for verb in ("areas/", "family/", "sides/", "picture/", "printed/", "tocase/")]
    await play.becomes_worker(play.otto, team="otto's", code="TAMMI-5")
    seen = len(play.otto.sees)
    notes = {await play.forges(play.otto, each) for each in [*forged, f"pictures/{family.case}"]}
    assert notes == {refusals.words(play.say(play.otto), Reason.NOT_HERE)}
    assert len(play.otto.sees) == seen
