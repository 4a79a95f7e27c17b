"""The picture on the table: of one, of all and side by side, as the worker has chosen it for the meeting."""

import pytest

from bot.charts.series import Family as Together
from bot.charts.series import SideBySide, Trend
from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from tests.stage import Family, Play, button, data


def photos(who: Phone) -> list[Bubble]:
    return [each for each in who.sees if each.photo]


async def everybody_meets(play: Play) -> Family:
    """A network meeting: the young person, both parents and the school are here."""
    family = await play.family("mother", "father", "school")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "⬜️ School", "▶️ Start, ask 4")
    return family


async def shares_the_case(play: Play, family: Family) -> None:
    await play.becomes_worker(play.otto, code="TAMMI-5")
    its = f"SELECT '{family.case}', id, '2026-03-02 09:00:01+00:00' FROM workers WHERE code = 'TAMMI-5'"
    await play.change(f"INSERT INTO case_workers (case_id, worker_id, began_at) {its}")


async def test_in_a_network_meeting_each_answer_goes_beside_the_others_in_one_message(play: Play) -> None:
    family = await everybody_meets(play)
    await play.rates(play.aino, 5, 7, 4, 6)
    await play.rates(play.mother, 4, 3, 6, 5)
    (picture,) = photos(play.nora)
    await play.taps(play.nora, "🧩 Side by side")
    await play.rates(play.school, 4, 5, 2, 4)
    assert [each.id for each in photos(play.nora)] == [picture.id]
    beside = play.drawn[-1]
    assert isinstance(beside, SideBySide)
    assert [name for name, _ in beside.raters] == ["Young person", "Mother", "School"]
    assert [view.label for view in beside.areas[0].views] == ["5", "4", "4"]
    assert beside.heading == f"{family.label} · Young person"
    assert "Young person 2 Mar, Mother 2 Mar, School 2 Mar" in play.nora.screen.text


async def test_what_is_only_for_the_worker_is_in_no_picture_of_several(play: Play) -> None:
    await everybody_meets(play)
    await play.rates(play.aino, 5, 7, 4, 6)
    await play.rates(play.mother, 4, 3, 6, 5)
    await play.taps(play.nora, "👪 All together")
    await play.taps(play.father, "3", "5", "4", "5", "🔒 Only for my worker", "✓ Send")
    together = play.drawn[-1]
    assert isinstance(together, Together)
    assert [each.name for each in together.wellbeing.voices] == ["Young person", "Mother"]
    assert together.note == "Not all answers are shown"
    assert play.nora.screen.text.endswith("Not all answers are shown")
    await play.taps(play.nora, "🧩 Side by side")
    assert "Father" not in play.nora.screen.text
    assert play.nora.screen.text.endswith("Not all answers are shown")
    await play.taps(play.nora, "📈 Father")
    assert isinstance(play.drawn[-1], Trend)
    assert "Wellbeing 17" in play.nora.screen.text
    assert play.nora.screen.text.endswith("🔒 Some of these answers were given only for the worker.")


async def test_the_way_that_was_chosen_stays_until_the_next_meeting(play: Play) -> None:
    """Also after the meeting is over, for who answers later that day."""
    family = await everybody_meets(play)
    await play.rates(play.aino, 5, 7, 4, 6)
    await play.rates(play.mother, 4, 3, 6, 5)
    await play.taps(play.nora, "👪 All together", "🟢 To the meeting", "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 8, 9)
    await play.taps(play.nora, "⏹ End the meeting")
    play.wait(hours=2)
    await play.rates(play.mother, 8, 8, 8, 8)
    together = play.drawn[-1]
    assert isinstance(together, Together)
    assert [(each.name, each.spots[-1].total) for each in together.alliance.voices] == [
        ("Young person", 350),
        ("Mother", 320),
    ]
    assert len(photos(play.nora)) == 1
    play.wait(days=7)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 6, 7, 4, 6)
    assert isinstance(play.drawn[-1], Trend)


async def test_of_two_workers_each_looks_in_their_own_way(play: Play) -> None:
    family = await everybody_meets(play)
    await shares_the_case(play, family)
    await play.rates(play.aino, 5, 7, 4, 6)
    await play.rates(play.mother, 4, 3, 6, 5)
    await play.taps(play.nora, "👪 All together")
    await play.taps(play.otto, "🔎 By area")
    await play.rates(play.father, 6, 6, 6, 6)
    shown = [photos(who)[-1].text.splitlines()[0][0] for who in (play.nora, play.otto)]
    assert (shown, [len(photos(who)) for who in (play.nora, play.otto)]) == (["👪", "🔎"], [1, 1])


async def test_a_worker_who_left_sees_no_picture_any_more(play: Play) -> None:
    family = await everybody_meets(play)
    await shares_the_case(play, family)
    await play.rates(play.aino, 5, 7, 4, 6)
    await play.rates(play.mother, 4, 3, 6, 5)
    together = data(play.otto, "family/")
    await play.change("UPDATE case_workers SET ended_at = began_at WHERE began_at > '2026-03-02 09:00:00.5+00:00'")
    assert await play.forges(play.otto, together) == refusals.words(play.say(play.otto), Reason.NOT_HERE)


@pytest.mark.parametrize(
    ("language", "way", "told"),
    [
        ("fi", "👪 Kaikki yhdessä", "Nuori\nVointi: Nuori 22, Äiti 18\nTapaaminen: ei vielä vastauksia"),
        ("sv", "👪 Alla tillsammans", "Ungdom\nMående: Ungdom 22, Mamma 18\nTräffen: inga svar än"),
        ("fi", "🧩 Rinnakkain", "Nuori\nNuori 2.3., Äiti 2.3.\nOlo: 5 · 4"),
        ("sv", "🔎 Område för område", "Mamma\nKropp och sinne 4"),
    ],
)
async def test_it_is_said_in_the_workers_language(play: Play, language: str, way: str, told: str) -> None:
    play.nora.language = language
    family = await play.family("mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, button(play.nora, "attend/"))
    await play.taps(play.nora, button(play.nora, "start/"))
    await play.rates(play.aino, 5, 7, 4, 6)
    await play.rates(play.mother, 4, 3, 6, 5)
    await play.taps(play.nora, way)
    assert told in play.nora.screen.text


async def test_what_was_said_as_a_child_is_a_picture_of_its_own(play: Play) -> None:
    family = await play.family("bo")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.bo, 3, 3, 3, 3)
    await play.taps(play.nora, button(play.nora, "close/"))
    await play.taps(play.nora, button(play.nora, "end/"))
    await play.change("UPDATE subjects SET band = 'adolescent' WHERE band = 'child'")
    await play.change("UPDATE raters SET band = 'adolescent' WHERE band = 'child'")
    play.wait(days=7)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.bo, 6, 6, 6, 6)
    assert "Wellbeing 24\n" in play.nora.screen.text
    await play.taps(play.nora, "📈 Young person 2, earlier answers")
    assert "Young person 2, earlier answers\nWellbeing 12\n" in play.nora.screen.text
    await play.taps(play.nora, "🔎 By area")
    assert "At school 3" in play.nora.screen.text
    await play.taps(play.nora, "📈 Young person 2")
    assert "Wellbeing 24\n" in play.nora.screen.text
