"""Commands: the menu that Telegram shows follows what somebody is and the language they have chosen."""

import pytest

from bot.messages.commands import ALIASES, OF_OTHERS, OF_WORKERS
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from tests.journeys.test_handing_over import hands_over, meets, takes_back
from tests.stage import Play, buttons

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def menu(who: Phone) -> list[str]:
    return [each.command for each in who.menu]


def said_in(code: str, commands: tuple[str, ...]) -> list[str]:
    return [ALIASES.get(each, {}).get(code, each) for each in commands]


async def chooses(play: Play, who: Phone, code: str) -> None:
    await play.says(who, "/language")
    await play.taps(who, LANGUAGES[code])


@pytest.mark.parametrize("code", LANGUAGES)
async def test_who_becomes_a_worker_gets_the_workers_commands_in_the_phones_language(play: Play, code: str) -> None:
    play.nora.language = code
    assert menu(play.nora) == said_in(code, OF_OTHERS)
    await play.becomes_worker(play.nora)
    assert menu(play.nora) == said_in(code, OF_WORKERS)
    assert menu(play.aino) == list(OF_OTHERS)


async def test_a_chosen_language_goes_before_that_of_the_phone_for_workers_and_clients(play: Play) -> None:
    await play.family()
    for who, commands in ((play.nora, OF_WORKERS), (play.aino, OF_OTHERS)):
        await chooses(play, who, "fi")
        assert menu(who) == said_in("fi", commands)
        who.language = "sv"
        assert menu(who) == said_in("fi", commands)


async def test_whose_role_has_ended_has_what_all_have(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.change("UPDATE workers SET ended_at = '2026-03-02 10:00:00'")
    await chooses(play, play.nora, "sv")
    assert menu(play.nora) == said_in("sv", OF_OTHERS)


async def test_a_worker_who_takes_another_phone_leaves_no_workers_menu_on_the_old_one(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.becomes_worker(play.father)
    assert menu(play.nora) == list(OF_OTHERS)
    assert menu(play.father) == list(OF_WORKERS)


async def test_a_phone_in_somebodys_hands_has_no_commands_of_a_worker_until_it_is_taken_back(play: Play) -> None:
    """A child that opens the menu sees nothing of cases there; the one line leads to the question."""
    family = await meets(play, "bo", "mother")
    await chooses(play, play.nora, "fi")
    await chooses(play, play.nora, "en")
    await hands_over(play, family)
    assert [(each.command, each.description) for each in play.nora.menu] == [("start", "To the question")]
    await takes_back(play)
    assert menu(play.nora) == list(OF_WORKERS)


async def test_who_is_forgotten_leaves_no_menu_behind(play: Play) -> None:
    await play.family()
    await chooses(play, play.aino, "sv")
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Ja, radera allt")
    assert menu(play.aino) == list(OF_OTHERS)


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(429, "Too Many Requests: retry after 3", retry_after=3),
        Trouble(500, "Internal Server Error"),
        Trouble(400, "Bad Request: chat not found"),
        Trouble(400, "Bad Request: BOT_COMMAND_INVALID"),
    ],
    ids=lambda each: each.description,
)
async def test_a_menu_that_cannot_be_set_disturbs_nothing(play: Play, trouble: Trouble) -> None:
    """What else comes to the chat comes at once; what may be tried again is."""
    family = await play.family()
    play.world.interrupt("setMyCommands", trouble)
    await chooses(play, play.nora, "fi")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    assert play.nora.screen.photo is not None
    play.wait(minutes=1)
    await play.settle()
    assert await play.sql("SELECT id FROM persons WHERE gone_at IS NOT NULL") == []
    assert menu(play.nora)[1] in ("tapaaminen", "session")


async def test_a_menu_that_was_asked_to_wait_comes_later(play: Play) -> None:
    await play.becomes_worker(play.nora)
    play.world.interrupt("setMyCommands", Trouble(429, "Too Many Requests: retry after 3", retry_after=3))
    await chooses(play, play.nora, "fi")
    assert menu(play.nora) == list(OF_WORKERS)
    play.wait(seconds=10)
    await play.settle()
    assert menu(play.nora) == said_in("fi", OF_WORKERS)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_command_of_the_menus_is_understood(play: Play, code: str) -> None:
    play.nora.language = play.aino.language = code
    await play.family()
    for who in (play.nora, play.aino, play.bo):
        who.language = code
        await play.says(who, "/start")
        said = [await play.says(who, f"/{each}") for each in {*said_in(code, OF_WORKERS), *said_in(code, OF_OTHERS)}]
        assert [
            each for each in said if each.startswith(play.say(who)("🌿 I only understand buttons and codes."))
        ] == []


async def test_a_command_of_another_language_is_understood_too(play: Play) -> None:
    await play.becomes_worker(play.nora)
    assert (
        await play.says(play.nora, "/ohje")
        == await play.says(play.nora, "/hjalp")
        == await play.says(play.nora, "/help")
    )


async def test_a_meeting_is_two_taps_from_its_command(play: Play) -> None:
    family = await play.family("mother")
    said = await play.says(play.nora, "/session")
    assert said.startswith("With whom do you meet?")
    await play.taps(play.nora, family.label, "▶️ Start, ask 2")
    assert "🌱 Before" in play.nora.screen.text or "before:" in play.nora.screen.text
    await play.says(play.nora, "/session")
    await play.taps(play.nora, f"🟢 {family.label}")
    assert "⏱ Time to close" in buttons(play.nora)


async def test_commands_of_workers_show_others_their_own_card(play: Play) -> None:
    family = await play.family()
    start = await play.says(play.aino, "/start")
    assert [await play.says(play.aino, each) for each in ("/session", "/cases")] == [start, start]
    assert family.label not in start
