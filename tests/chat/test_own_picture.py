"""My picture: somebody's own curve on their own phone, of their own ratings, which goes away by itself."""

import pytest

from bot.charts.series import Own
from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from tests.stage import Play, button, buttons, data

LINE = "This picture goes away by itself in ten minutes."


@pytest.fixture
async def rated(play: Play) -> Phone:
    """Aino, after her rating in a meeting in which her mother has rated too."""
    await play.starts_meeting(play.nora, await play.family("mother"))
    await play.rates(play.mother, 2, 2, 2, 2)
    await play.rates(play.aino, 7, 6, 8, 9)
    return play.aino


def pictures(who: Phone) -> list[Bubble]:
    return [each for each in who.sees if LINE in each.text]


def owns(play: Play) -> list[Own]:
    return [each for each in play.drawn if isinstance(each, Own)]


async def test_a_childs_own_picture_has_faces_and_says_no_number(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("bo"))
    await play.rates(play.bo, 7, 6, 8, 9)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.bo, 9, 9, 9, 9)
    await play.taps(play.bo, "📈 My picture")
    [drawn] = owns(play)
    assert (drawn.faces, [len(each.panel.spots) for each in drawn.curves]) == (True, [1, 1])
    assert "How it has been: 1 answer\nHow the meetings felt: 1 answer" in play.bo.screen.text


async def test_it_comes_below_the_thanks_and_shows_nothing_but_their_own_answers(play: Play, rated: Phone) -> None:
    await play.taps(rated, "📈 My picture")
    [drawn] = owns(play)
    assert [[spot.total for spot in each.panel.spots] for each in drawn.curves] == [[300]]
    assert (drawn.curves[0].panel.cutoff, drawn.faces) == (None, False)
    assert (drawn.curves[0].low, drawn.curves[0].high) == ("hard times", "good times")
    assert [each.id for each in pictures(rated)] == [rated.screen.id]
    assert "🌿 Thank you!" in rated.sees[0].text


async def test_its_axis_has_only_the_days_on_which_they_have_rated(play: Play) -> None:
    """When the case met without them is nobody's business but the worker's."""
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.nora, button(play.nora, "close/"))
    await play.taps(play.nora, button(play.nora, "end/"))
    play.wait(days=7)
    await play.starts_meeting(play.nora, family)
    await play.says(play.aino, "/start")
    await play.taps(play.aino, button(play.aino, "mine/"))
    assert [len(each.meetings) for each in owns(play)] == [1]


async def test_after_ten_minutes_it_is_gone(play: Play, rated: Phone) -> None:
    await play.taps(rated, "📈 My picture")
    play.wait(minutes=9, seconds=59)
    await play.settle()
    assert len(pictures(rated)) == 1
    play.wait(seconds=1)
    await play.settle()
    assert pictures(rated) == []
    assert await play.sql("SELECT kind FROM places WHERE kind = 'own_picture'") == []


async def test_shown_once_more_it_is_one_message_and_stays_ten_minutes_from_then(play: Play, rated: Phone) -> None:
    await play.taps(rated, "📈 My picture")
    play.wait(minutes=9)
    await play.taps(rated, button(rated, "mine/"))
    play.wait(minutes=9)
    await play.settle()
    assert len(pictures(rated)) == 1
    play.wait(minutes=1)
    await play.settle()
    assert pictures(rated) == []


async def test_a_tap_that_comes_again_shows_it_while_its_time_lasts_and_not_afterwards(
    play: Play, rated: Phone
) -> None:
    await play.taps(rated, "📈 My picture")
    await play.comes_again()
    assert len(pictures(rated)) == 1
    play.wait(minutes=10)
    await play.settle()
    await play.taps(rated, "📈 My picture", "Remove it now")
    assert pictures(rated) == []


async def test_it_can_be_taken_away_at_once(play: Play, rated: Phone) -> None:
    await play.taps(rated, "📈 My picture", "Remove it now")
    assert pictures(rated) == []
    play.wait(minutes=10)
    await play.settle()
    assert pictures(rated) == []


async def test_when_telegram_is_away_it_goes_as_soon_as_it_is_back(play: Play, rated: Phone) -> None:
    await play.taps(rated, "📈 My picture")
    play.world.away()
    play.wait(minutes=10)
    await play.settle()
    assert len(pictures(rated)) == 1
    play.world.back()
    play.wait(minutes=15)
    await play.settle()
    assert pictures(rated) == []


@pytest.mark.parametrize(
    "trouble",
    [Trouble(429, "Too Many Requests: retry after 5", retry_after=5), Trouble(502, "Bad Gateway")],
    ids=["429", "502"],
)
async def test_also_after_more_than_a_day_it_goes_though_the_first_try_fails(
    play: Play, rated: Phone, trouble: Trouble
) -> None:
    await play.taps(rated, "📈 My picture")
    play.wait(hours=30)
    play.world.interrupt("deleteMessage", trouble)
    await play.settle()
    before = len(pictures(rated))
    play.wait(minutes=1)
    await play.settle()
    assert (before, pictures(rated)) == (1, [])


async def test_the_menu_leads_to_it_once_there_is_something_to_see(play: Play) -> None:
    await play.family("mother")
    await play.says(play.aino, "/start")
    assert "📈 My picture" not in buttons(play.aino)
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, 5, 5, 5, 5)
    await play.says(play.aino, "/start")
    assert "📈 My picture" in buttons(play.aino)


async def test_who_rates_two_children_sees_one_at_a_time(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("bo", "mother"))
    await play.rates(play.mother, 2, 2, 2, 2)
    await play.taps(play.mother, button(play.mother, "show/"))
    await play.rates(play.mother, 9, 9, 9, 9)
    await play.taps(play.mother, "📈 My picture")
    await play.taps(play.mother, button(play.mother, "mine/"))
    assert [[spot.total for spot in each.curves[0].panel.spots] for each in owns(play)] == [[360], [80]]
    assert [each.faces for each in owns(play)] == [False, False]
    assert len(pictures(play.mother)) == 1


async def test_who_has_never_rated_is_told_so(play: Play) -> None:
    family = await play.family("mother")
    await play.says(play.aino, "/start")
    said = await play.forges(play.aino, f"mine/{family.raters['aino']}")
    assert said == refusals.words(play.say(play.aino), Reason.NO_PICTURE)


async def test_nobody_else_sees_it(play: Play, rated: Phone) -> None:
    mine = data(rated, "mine/")
    await play.says(play.mother, "/start")
    for who in (play.mother, play.nora, play.otto):
        await play.says(who, "/start")
        assert await play.forges(who, mine) == refusals.words(play.say(who), Reason.NOT_HERE)
