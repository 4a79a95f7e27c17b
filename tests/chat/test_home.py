"""Where everybody begins and comes back to; and what isn't understood: free text, photos, buttons that nobody made."""

import pytest

from bot.domain.errors import Reason
from bot.i18n import LANGUAGES
from bot.messages import refusals
from bot.sandbox.phones import Phone
from tests.stage import PASSING, Play, button, buttons

CHOICES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


async def test_a_stranger_reads_what_this_is_and_may_enter_a_code(play: Play) -> None:
    said = await play.says(play.aino, "/start")
    assert said.startswith("🌿 Hello! This is Kuulolla.")
    assert buttons(play.aino) == ["I have a code", "🌐 English"]
    assert "7K3QM-9TZ4X" in await play.taps(play.aino, "I have a code")
    assert await play.taps(play.aino, "← Back") == said


@pytest.mark.parametrize(
    ("phone", "first"),
    [("fi", "🌿 Hei"), ("fi-FI", "🌿 Hei"), ("sv", "🌿 Hej"), ("en", "🌿 Hello"), ("so", "🌿 Hello")],
)
async def test_the_first_words_are_in_the_language_of_the_phone(play: Play, phone: str, first: str) -> None:
    play.aino.language = phone
    assert (await play.says(play.aino, "/start")).startswith(first)


@pytest.mark.parametrize("chosen", [each.code for each in LANGUAGES])
async def test_a_chosen_language_stays_whatever_the_phone_speaks(play: Play, chosen: str) -> None:
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "🌐 English", CHOICES[chosen])
    assert button(play.aino, "languages") == f"🌐 {CHOICES[chosen]}"
    play.aino.language = "sv"
    await play.says(play.aino, "/start")
    assert button(play.aino, "languages") == f"🌐 {CHOICES[chosen]}"


async def test_until_one_is_chosen_the_language_follows_the_phone(play: Play) -> None:
    await play.says(play.aino, "/start")
    play.aino.language = "sv"
    await play.says(play.aino, "/start")
    assert buttons(play.aino)[-1] == "🌐 Svenska"


async def test_a_language_can_be_asked_for_by_command(play: Play) -> None:
    await play.says(play.aino, "/language")
    assert buttons(play.aino)[:3] == ["Suomi", "Svenska", "English"]


async def test_each_of_the_family_reads_their_own_language(play: Play) -> None:
    family = await play.family("mother", "father")
    play.mother.language, play.father.language = "fi", "sv"
    for who in (play.mother, play.father):
        await play.says(who, "/start")
    await play.starts_meeting(play.nora, family)
    assert "About: the young person" not in play.mother.screen.text
    firsts = [who.screen.text.splitlines()[0] for who in (play.aino, play.mother, play.father)]
    assert len(set(firsts)) == 3
    await play.rates(play.aino, 7, 6, 8, 9)
    assert "✅ answered" in next(each.text for each in play.nora.sees if "before:" in each.text)


# What isn't understood


@pytest.mark.parametrize(
    "typed", ["hello", "I don't feel well", "/unknown", "7", "1" * 4000, "<b>&\"'", "💔", "a\n\nb", "/", "//"]
)
async def test_free_text_is_answered_kindly_and_changes_nothing(play: Play, typed: str) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7")
    before = await play.kept()
    said = await play.says(play.aino, typed)
    assert said.startswith("🌿 I only understand buttons and codes.")
    assert await play.kept() == before


async def test_free_text_in_the_middle_of_a_rating_loses_nothing(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7", "6")
    await play.says(play.aino, "wait a moment")
    await play.taps(play.aino, "8", "9", "✓ Send")
    assert (await play.given())[0].scores == (70, 60, 80, 90)


async def test_free_text_is_answered_in_the_persons_language_with_help_lines(play: Play) -> None:
    play.aino.language = "fi"
    said = await play.says(play.aino, "en jaksa")
    assert said.startswith("🌿 ")
    assert "112" in said
    assert "I only understand" not in said


@pytest.mark.parametrize("send", [Phone.sends_photo, Phone.sends_sticker, Phone.sends_voice, Phone.sends_contact])
async def test_a_photo_or_anything_else_is_answered_kindly_and_changes_nothing(play: Play, send: object) -> None:
    await play.starts_meeting(play.nora, await play.family())
    before = await play.kept()
    assert callable(send)
    send(play.aino)
    await play.settle()
    assert play.aino.screen.text.startswith("🌿 I can't take pictures, recordings or files.")
    assert await play.kept() == before


async def test_a_photo_with_a_code_below_it_is_no_code(play: Play) -> None:
    await play.becomes_worker(play.nora)
    play.aino.sends_photo("KOIVU-27")
    await play.settle()
    assert play.aino.screen.text.startswith("🌿 I can't take pictures, recordings or files.")


@pytest.mark.parametrize("typed", ["/start", "hello", "KOIVU-27", "/privacy", "/forget"])
async def test_a_message_that_comes_again_changes_nothing(play: Play, typed: str) -> None:
    await play.family()
    await play.says(play.aino, typed)
    before = await play.kept()
    await play.comes_again()
    assert await play.kept() == before


# Buttons that nobody made

MALFORMED = [
    "answer",
    "answer/",
    "answer/x",
    "answer/{draft}",
    "answer/{draft}/1",
    "answer/{draft}/1/2/3",
    "answer/{draft}/one/2",
    "answer/{draft}/1/-1",
    "answer/{draft}/1/11",
    "answer/{draft}/1/99999",
    "answer/{draft}/1/100000",
    "answer/{draft}/1/" + "9" * 40,
    "answer/{draft}/0/5",
    "answer/{draft}/5/5",
    "answer/{draft}/6/5",
    "answer/{draft}/1/5.5",
    "answer/{draft}/1/٣",
    "answer/{draft}/1/²",
    "answer/{draft}/1/ 5",
    "answer//1/5",
    "answer/{draft}\x00/1/5",
    "change/{draft}/0",
    "change/{draft}/99",
    "why/{draft}/because",
    "why/{draft}/no_time",
    "begin/{rater}/everything",
    "begin/{rater}",
    "open/adolescent",
    "cases/-1",
    "cases/1/2",
    "attend/{case}/1",
    "start/{case}/1",
    "start/{case}/" + "1" * 30,
    "place/{case}/{case}/new",
    "about/KOIVU-27/grandmother",
    "about/" + "x" * 50 + "/mother",
    "consent/" + "x" * 40 + "/mother/child",
    "consent/KOIVU-27/mother/13",
    "join/KOIVU-27/client",
    "join/NOBODY-1/client/child",
    "who/\x00",
    "language/xx",
    "language/" + "e" * 55,
    "accept/" + "x" * 57,
    "unknown/1/2",
    "/",
    "//////",
    "home/1",
    "forgetme/1",
    "../../etc/passwd",
    "' OR 1=1 --",
    "answer/%00/1/5",
    "☃" * 21,
    "x" * 64,
    "\x00" * 64,
    "\x7f\x01\x02",
    "START",
    "Answer/{draft}/1/5",
]


@pytest.mark.parametrize("forged", MALFORMED)
async def test_a_button_that_nobody_made_is_answered_and_changes_nothing(play: Play, forged: str) -> None:
    await is_answered_and_changes_nothing(play, forged)


@pytest.mark.parametrize("forged", [each for each in MALFORMED if not each.isprintable() or len(each) > 30])
async def test_what_a_database_cannot_take_is_answered_too(play_on_each: Play, forged: str) -> None:
    await is_answered_and_changes_nothing(play_on_each, forged)


async def is_answered_and_changes_nothing(play: Play, forged: str) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    [(draft,)] = await play.sql("SELECT id FROM drafts")
    before, shown = await play.kept(but=PASSING | {"places"}), play.aino.screen.text
    said = await play.forges(
        play.aino, forged.format(draft=draft, rater=family.raters["aino"], case=family.case), at=play.aino.screen
    )
    assert play.world.unanswered == ()
    assert said or play.aino.screen.text != shown
    assert await play.kept(but=PASSING | {"places"}) == before


async def test_an_unknown_button_and_a_forbidden_one_sound_the_same(play: Play) -> None:
    family = await play.family()
    await play.says(play.aino, "/start")
    said = {await play.forges(play.aino, each) for each in ("nothing", f"case/{family.case}", "case/xxxxxxxxxxxx")}
    assert said == {refusals.words(play.say(play.aino), Reason.NOT_HERE)}


# Side by side and in order


async def test_the_taps_of_one_person_are_taken_in_their_order(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    message = play.aino.screen.id
    [(draft,)] = await play.sql("SELECT id FROM drafts")
    for item, score in enumerate((7, 6, 8, 9), 1):
        play.aino.forges(f"answer/{draft}/{item}/{score}", message)
    play.aino.forges(f"send/{draft}", message)
    await play.settle()
    assert (await play.given())[0].scores == (70, 60, 80, 90)


async def test_updates_that_come_out_of_order_are_taken_in_order(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    [(draft,)] = await play.sql("SELECT id FROM drafts")
    for item, score in enumerate((7, 6, 8, 9), 1):
        play.aino.forges(f"answer/{draft}/{item}/{score}", play.aino.screen.id)
    play.bot.intake.take([each.json() for each in reversed(play.world.updates.waiting)])
    await play.settle()
    assert "▰▰▰▰▰▰▰▱▱▱ 7" in play.aino.screen.text


async def test_people_answer_side_by_side(play_on_each: Play) -> None:
    play = play_on_each
    await play.starts_meeting(play.nora, await play.family("bo", "father"))
    everybody = (play.aino, play.bo, play.father)
    for score in ("7", "6", "8", "9", "✓ Send"):
        for who in everybody:
            who.taps(score)
        await play.settle()
    assert [(each.rater, each.scores) for each in await play.given()] == [
        ("aino", (70, 60, 80, 90)),
        ("bo", (70, 60, 80, 90)),
        ("father", (70, 60, 80, 90)),
    ]
