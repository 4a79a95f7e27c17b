"""Who likes pictures on dark ground has them so: a worker, and a young person; what is printed stays light."""

from bot.charts.series import Look
from tests.stage import Play, Sketches, button, data


async def chooses_dark(play: Play, name: str) -> None:
    who = getattr(play, name)
    await play.says(who, "/settings")
    assert "🌗 Pictures are on light ground." in who.screen.text
    await play.taps(who, "🌗 Dark pictures")
    assert "🌗 Pictures are on dark ground." in who.screen.text


async def test_a_worker_and_a_young_person_each_look_on_their_own_ground(play: Play) -> None:
    family = await play.family("mother")
    await chooses_dark(play, "nora")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 3, 4, 5, 6)
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "📈 My picture")
    await chooses_dark(play, "aino")
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "📈 My picture")
    assert [each.look for each in play.drawn] == [Look.DARK, Look.LIGHT, Look.DARK]


async def test_a_second_tap_on_an_old_button_leaves_it_as_it_is_and_the_way_back_is_there(play: Play) -> None:
    await play.family()
    await play.says(play.nora, "/settings")
    dark = data(play.nora, "ground/")
    for _ in range(2):
        await play.forges(play.nora, dark)
    assert button(play.nora, "ground/") == "🌗 Light pictures"
    await play.taps(play.nora, "🌗 Light pictures")
    assert [row.dark_pictures for row in await play.sql("SELECT dark_pictures FROM persons WHERE dark_pictures")] == []


async def test_what_is_printed_is_on_light_ground(play: Play) -> None:
    family = await play.family()
    await chooses_dark(play, "nora")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 3, 4, 5, 6)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📄 Summary")
    assert play.drawn[-1].look is Look.DARK
    await play.taps(play.nora, "🖨 To print")
    assert isinstance(play.studio, Sketches)
    assert play.studio.printed[-1].look is Look.LIGHT
