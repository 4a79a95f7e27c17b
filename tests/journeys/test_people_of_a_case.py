"""The people of a case: an invitation by a square code, a phone that is replaced, somebody who leaves and returns."""

import re

import pytest

import storage
from bot.actions.raters import phone_mark
from bot.charts.qr import Code, png
from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.phones import Phone
from tests.stage import Family, Given, Play, button, buttons, data

OVER = "✉️ This invitation is over."


def refused(play: Play, who: Phone, reason: Reason) -> str:
    return refusals.words(play.say(who), reason)


async def invites(play: Play, family: Family, rater: str) -> str:
    """Nora invites this rater; the secret of the link."""
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{family.raters[rater]}")
    await play.taps(play.nora, button(play.nora, f"invite/{family.raters[rater]}"))
    return str(re.findall(r"start=([\w-]+)", play.nora.screen.text)[0])


async def with_a_free_place(play: Play) -> Family:
    """Aino is in; a mother has no phone yet."""
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "Mother")
    row = (await play.sql("SELECT id FROM raters WHERE kind = 'mother'"))[0]
    return Family(family.case, family.label, {**family.raters, "mother": row.id})


def everything(who: Phone) -> str:
    """All that is in the chat, with what the buttons say and open."""
    shown = [(each.text, [(key.data, key.url) for row in each.keyboard for key in row]) for each in who.sees]
    return repr([each for each, bubble in zip(shown, who.sees, strict=True) if bubble.author is None])


# An invitation


async def test_an_invitation_is_one_message_with_a_square_a_link_and_a_code(play: Play) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    photo = play.nora.screen.photo
    assert photo is not None
    assert photo.picture.content == png(Code(f"https://t.me/{play.world.bot.username}?start={secret}"))
    assert re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", play.nora.screen.text)
    shown = [each for each in play.nora.sees if secret in each.text or (each.photo and each.author is None)]
    assert (photo.spoiler, shown) == (False, [play.nora.screen])


@pytest.mark.parametrize("way", ["link", "code"])
async def test_once_it_is_taken_nothing_of_it_is_left_on_the_workers_screen(play: Play, way: str) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    code = re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", play.nora.screen.text)[0]
    there = play.nora.screen.id
    await (play.opens(play.mother, secret) if way == "link" else play.says(play.mother, code))
    await play.taps(play.mother, "Yes, I'll join")
    emptied = next(each for each in play.nora.sees if each.id == there)
    assert emptied.text == "✉️ This invitation has been used."
    assert emptied.photo is not None
    assert emptied.photo.picture.content == png(Code(""))
    assert secret not in everything(play.nora)
    assert code not in everything(play.nora)
    assert "An invitation was taken" in play.nora.screen.text


async def test_a_withdrawn_invitation_opens_nothing_and_is_gone_from_the_screen(play: Play) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    withdraw = data(play.nora, "endinvite/")
    await play.taps(play.nora, "✖️ Withdraw")
    assert secret not in everything(play.nora)
    assert "not joined yet" in play.nora.screen.text
    assert await play.opens(play.mother, secret) == refused(play, play.mother, Reason.CODE)
    before = await play.kept()
    assert await play.forges(play.nora, withdraw) == refused(play, play.nora, Reason.NO_LONGER)
    assert await play.kept() == before


async def test_going_back_takes_the_secret_off_the_screen_and_leaves_the_invitation_open(play: Play) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    await play.taps(play.nora, "← Back")
    assert secret not in everything(play.nora)
    assert "invited until 9 Mar" in play.nora.screen.text
    await play.opens(play.mother, secret)
    await play.taps(play.mother, "Yes, I'll join")
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    assert "on their own phone" in play.nora.screen.text


async def test_after_its_week_it_is_emptied_by_itself(play: Play) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    play.wait(days=7, seconds=1)
    await play.settle()
    assert play.nora.screen.text == OVER
    assert secret not in everything(play.nora)


async def test_a_second_tap_ends_no_invitation_that_has_been_handed_on(play: Play) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    note = await play.forges(play.nora, f"invite/{family.raters['mother']}")
    assert note == refused(play, play.nora, Reason.NO_LONGER)
    assert "Before you begin" in await play.opens(play.mother, secret)


async def test_who_has_no_phone_of_their_own_is_not_invited(play: Play) -> None:
    family = await with_a_free_place(play)
    secret = await invites(play, family, "mother")
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"phone/{family.raters['mother']}/0")
    assert "no phone of their own" in play.nora.screen.text
    assert "✉️ Invite" not in buttons(play.nora)
    assert secret not in everything(play.nora)
    assert await play.opens(play.mother, secret) == refused(play, play.mother, Reason.CODE)
    await play.taps(play.nora, "📱 Has a phone after all")
    assert "✉️ Invite" in buttons(play.nora)


@pytest.mark.parametrize(
    ("code", "person", "words"), [("fi", "👩 Äiti", "Tämä kutsu"), ("sv", "👩 Mamma", "Den här inbjudan")]
)
async def test_in_each_language(play: Play, code: str, person: str, words: str) -> None:
    family = await with_a_free_place(play)
    await play.forges(play.nora, f"language/{code}")
    await play.forges(play.nora, f"people/{family.case}")
    assert person in buttons(play.nora)
    await play.taps(play.nora, person)
    await play.taps(play.nora, button(play.nora, "invite/"))
    assert play.nora.screen.photo is not None
    secret = re.findall(r"start=([\w-]+)", play.nora.screen.text)[0]
    await play.opens(play.mother, secret)
    await play.taps(play.mother, button(play.mother, "accept/"))
    assert words in everything(play.nora)


# Another phone


async def test_a_lost_phone_is_let_go_at_once_and_a_new_one_goes_on(play: Play) -> None:
    """Mother's phone is lost after a meeting; father's phone stands for the new one."""
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.nora, "⏱ Time to close")
    old = data(play.mother, "answer/")
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    await play.taps(play.nora, "🔁 Another phone", "🔁 Let it go, and invite anew")
    secret = re.findall(r"start=([\w-]+)", play.nora.screen.text)[0]
    assert await play.note(play.mother, old, 1) == refused(play, play.mother, Reason.NOT_HERE)
    assert "1/4" not in everything(play.mother)
    await play.opens(play.father, secret)
    await play.taps(play.father, "Yes, I'll join")
    await play.says(play.father, "/start")
    await play.taps(play.father, "After the meeting")
    await play.rates(play.father, 9, 9, 9, 9)
    assert await play.given() == [
        Given("father", "ors", "adolescent", (60, 60, 60, 60), 1, "KOIVU-27"),
        Given("father", "srs", "", (90, 90, 90, 90), 1, "KOIVU-27"),
    ]


async def test_an_old_button_does_not_throw_out_the_next_phone(play: Play) -> None:
    family = await play.family("mother")
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"newphone/{family.raters['mother']}")
    old = data(play.nora, "replace/")
    await play.taps(play.nora, "🔁 Let it go, and invite anew")
    secret = re.findall(r"start=([\w-]+)", play.nora.screen.text)[0]
    await play.opens(play.father, secret)
    await play.taps(play.father, "Yes, I'll join")
    before = await play.kept()
    assert await play.forges(play.nora, old) == refused(play, play.nora, Reason.NO_LONGER)
    assert await play.kept() == before


# Leaving and coming back


async def test_who_leaves_in_the_middle_is_let_go_kindly_and_asked_nothing_more(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.mother, "7", "6")
    old = data(play.mother, "answer/")
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    await play.taps(play.nora, "⏹ No longer takes part", "⏹ No longer takes part")
    assert "no longer takes part" in play.nora.screen.text
    assert "This can't be answered any more" in play.mother.screen.text
    assert await play.forges(play.mother, old) == refused(play, play.mother, Reason.TOO_LATE)
    await play.rates(play.aino, 8, 8, 8, 8)
    await play.forges(play.nora, data(play.nora, "close/"))
    await play.rates(play.aino, 8, 8, 8, 8)
    await play.forges(play.nora, data(play.nora, "end/"))
    assert not any("Still missing" in each.text for each in play.nora.sees)
    await play.says(play.mother, "/start")
    assert "Before the meeting" not in buttons(play.mother)
    await play.to_the_case(play.nora, family)
    assert "Mother" not in play.nora.screen.text
    await play.taps(play.nora, "▶️ Start a meeting")
    assert [each for each in buttons(play.nora) if "Mother" in each] == []


async def test_who_is_taken_back_is_asked_again_and_nothing_is_lost(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 7, 6, 5, 4)
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"ended/{family.raters['mother']}")
    assert await play.forges(play.nora, f"ended/{family.raters['mother']}") == refused(
        play, play.nora, Reason.NO_LONGER
    )
    await play.taps(play.nora, "↩️ Takes part again")
    await play.says(play.mother, "/start")
    assert "Before the meeting" in buttons(play.mother)
    assert await play.given() == [Given("mother", "ors", "adolescent", (70, 60, 50, 40), 1, "KOIVU-27")]
    acts = [row.act for row in await play.sql("SELECT act FROM audit ORDER BY number")]
    assert acts == ["end_rater", "take_rater_back"]


# Not theirs


async def test_otto_sees_nobody_and_changes_nothing(play: Play) -> None:
    family = await with_a_free_place(play)
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    secret = await invites(play, family, "mother")
    aino, mother = family.raters["aino"], family.raters["mother"]
    async with play.database.transaction() as db:
        rater = await storage.cases.rater(db, aino)
    assert rater is not None
    before = await play.kept()
    for pressed in (
        f"people/{family.case}",
        f"rater/{aino}",
        data(play.nora, "endinvite/"),
        f"invite/{mother}",
        f"newphone/{aino}",
        f"replace/{aino}/{phone_mark(rater)}",
        f"ended/{aino}",
        f"guess/{aino}/school",
        f"isclient/{mother}/adult",
    ):
        assert await play.forges(play.otto, pressed) == refused(play, play.otto, Reason.NOT_HERE), pressed
    assert await play.kept() == before
    assert secret not in everything(play.otto)


async def test_from_a_person_to_all_of_their_answers_and_back(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 4, 4, 4, 4)
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    person = play.nora.screen.text
    assert "What has been answered:" in await play.taps(play.nora, "🗂 Their answers")
    assert await play.taps(play.nora, "← Back") == person
    await play.forges(play.nora, f"rater/{family.raters['aino']}")
    assert "Nobody has answered yet." in await play.taps(play.nora, "🗂 Their answers")
