"""Nora's phone in somebody else's hands: the chat is emptied, one rating can be reached, and her PIN takes it back."""

import pytest

import storage
from bot import clearing
from bot.actions import cases, invitations
from bot.domain.acts import Act
from bot.domain.people import Kind
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from tests.stage import Family, Play, button, buttons, data

PIN = "4826"
NOTHING = 1
"""What is left of ours in the chat: the one message that is shown."""
LOW, WELL = (1, 1, 2, 1), (7, 8, 9, 9)


async def meets(play: Play, *others: str) -> Family:
    """A meeting goes on, and its card is what Nora sees."""
    family = await play.family(*others)
    await play.starts_meeting(play.nora, family)
    return family


async def looks_at(play: Play, family: Family, name: str, nora: Phone | None = None) -> str:
    """From the meeting's card: to whom the phone shall go."""
    who = nora or play.nora
    await play.says(who, "/start")
    await play.taps(who, button(who, "meeting/"))
    await play.taps(who, "✍️ Answer for somebody")
    session = data(who, "ways/").split("/")[1]
    await play.taps(who, button(who, f"ways/{session}/{family.raters[name]}"))
    return await play.taps(who, "📱 On this phone")


async def hands_over(play: Play, family: Family, name: str = "bo", nora: Phone | None = None) -> str:
    """The first time with choosing a PIN."""
    who = nora or play.nora
    if "PIN of four digits" in await looks_at(play, family, name, who):
        await play.taps(who, *PIN, *PIN)
    return await play.taps(who, "📱 Hand over now")


async def takes_back(play: Play, pin: str = PIN) -> str:
    if "📱 Give the phone back" not in buttons(play.nora):
        await play.says(play.nora, "/start")
    await play.taps(play.nora, "📱 Give the phone back")
    return await play.taps(play.nora, *pin)


def ours(who: Phone) -> list[str]:
    """What stands in the chat and isn't theirs."""
    return [each.text for each in who.sees if each.author is None]


def shows(who: Phone) -> str:
    """All that can be read in the chat and on its buttons."""
    keys = [text for each in who.sees for row in each.labels for text in row]
    return "\n".join([*ours(who), *keys])


async def in_whose_hands(play: Play) -> list[str]:
    return [row.rater_id for row in await play.sql("SELECT rater_id FROM hand_overs")]


# The way


async def test_nora_hands_over_to_bo_and_takes_the_phone_back(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    assert "Choose a PIN of four digits." in await looks_at(play, family, "bo")
    assert "Your PIN once more" in await play.taps(play.nora, *PIN)
    assert "This phone goes to: 🧒 Child" in await play.taps(play.nora, *PIN)
    assert "🙂 10" in await play.taps(play.nora, "📱 Hand over now")
    assert len(ours(play.nora)) == NOTHING
    assert "Thank you" in await play.taps(play.nora, "7", "8", "9", "9", "✓ Send")
    assert buttons(play.nora) == ["📱 Give the phone back"]
    await takes_back(play)
    card, picture = ours(play.nora)[-2:]
    assert "The meeting is going on." in card
    assert family.label in picture
    kept = await play.sql("SELECT mode, item1, item4 FROM ratings")
    assert [tuple(each) for each in kept] == [("handed_over", 70, 90)]


async def test_the_next_time_no_pin_is_chosen(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.rates(play.nora, *WELL)
    await takes_back(play)
    assert "This phone goes to: 👩 Mother" in await looks_at(play, family, "mother")
    await play.taps(play.nora, "📱 Hand over now")
    assert len(ours(play.nora)) == NOTHING
    assert "Child" not in shows(play.nora)


async def test_when_it_is_time_to_close_both_can_be_answered(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await play.taps(play.nora, "⏱ Time to close")
    await hands_over(play, family)
    await play.rates(play.nora, *WELL)
    assert buttons(play.nora) == ["Next: the meeting →", "📱 Give the phone back"]
    await play.taps(play.nora, "Next: the meeting →")
    await play.rates(play.nora, 9, 9, 9, 8)
    assert "You can give the phone back now." in play.nora.screen.text
    kept = await play.sql("SELECT instrument, mode FROM ratings ORDER BY instrument")
    assert [tuple(each) for each in kept] == [("cors", "handed_over"), ("csrs", "handed_over")]


async def test_a_mother_without_a_phone_rates_each_child_in_her_own_language(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    mother = family.raters["mother"]
    await play.change(f"UPDATE raters SET person_id = NULL, own_phone = false, language = 'fi' WHERE id = '{mother}'")
    said = await hands_over(play, family, "mother")
    assert "🌿 Hetki sinulle" in said
    await play.taps(play.nora, "4", "5", "4", "4", "✓ Lähetä")
    await play.taps(play.nora, "Seuraavaksi: lapsi →")
    await play.taps(play.nora, "6", "6", "5", "6", "✓ Lähetä")
    assert buttons(play.nora) == ["📱 Anna puhelin takaisin"]
    await play.taps(play.nora, "📱 Anna puhelin takaisin", *PIN)
    assert "The meeting is going on." in shows(play.nora)
    kept = await play.sql("SELECT total, mode FROM ratings ORDER BY total")
    assert [tuple(each) for each in kept] == [(170, "handed_over"), (230, "handed_over")]


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Tämän puhelimen saa: 🧑 Nuori"), ("sv", "går till: 🧑 Ungdom")]
)
async def test_nora_hands_over_in_her_own_language(play: Play, language: str, words: str) -> None:
    play.nora.language = language
    family = await play.family("bo")
    await play.says(play.nora, "/start")
    for verb in ("cases", f"case/{family.case}", "attend/", "start/", "answers/", "ways/", "hand/"):
        await play.taps(play.nora, button(play.nora, verb))
    assert words in await play.taps(play.nora, *PIN, *PIN)


async def test_who_has_nobody_of_theirs_to_answer_is_not_given_the_phone(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await looks_at(play, family, "bo")
    await play.taps(play.nora, *PIN, *PIN)
    await play.rates(play.bo, *WELL)
    await play.taps(play.nora, button(play.nora, "handnow/"))
    assert await in_whose_hands(play) == []
    assert play.nora.toasts[-1].text == "There is nothing to answer right now."


# The chat


async def test_old_messages_are_blanked_and_younger_ones_deleted(play: Play) -> None:
    """Pictures, alerts, menus of last week; what can't be deleted any more shows nothing."""
    family = await meets(play, "bo", "mother")
    await play.rates(play.aino, *LOW)
    await play.taps(play.nora, button(play.nora, "tocard/"))
    play.wait(days=7)
    await play.says(play.nora, "/start")
    await hands_over(play, family)
    old = ours(play.nora)[:-1]
    assert set(old) == {"·"}
    assert len(old) >= 3
    assert [each.photo.picture.width for each in play.nora.sees if each.photo] == [240]
    assert family.label not in shows(play.nora)


async def test_of_old_messages_those_that_are_gone_are_forgotten_and_those_that_stand_are_known(play: Play) -> None:
    """Each old one takes one call, whether it is still there or not: deleting isn't tried in vain."""
    family = await meets(play, "bo", "mother")
    await play.rates(play.aino, *LOW)
    await play.taps(play.nora, button(play.nora, "tocard/"))
    play.wait(days=7)
    await play.says(play.nora, "/start")
    stood = {each.id for each in play.nora.sees if each.author is None}
    known = {row.message_id for row in await play.sql("SELECT message_id FROM traces")}
    assert known >= stood
    play.world.interrupt("deleteMessage", Trouble(429, "Too Many Requests: retry after 30", retry_after=30), times=9)
    await hands_over(play, family)
    assert await in_whose_hands(play) == [family.raters["bo"]]
    assert family.label not in shows(play.nora)
    assert await play.sql("SELECT count(*) FROM traces") == [(NOTHING,)]
    play.world._troubles.clear()


async def test_a_message_that_was_sent_and_never_written_down_goes_too(play: Play) -> None:
    """As after a kill between the two."""
    family = await meets(play, "bo", "mother")
    await play.rates(play.aino, *LOW)
    newest = play.nora.screen.id
    await play.change(f"DELETE FROM traces WHERE message_id >= {newest - 1}")
    await hands_over(play, family)
    assert len(ours(play.nora)) == NOTHING


async def test_a_label_that_nora_wrote_goes_from_the_chat_too(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await takes_everything_out(play)
    await play.says(play.nora, family.label)
    for verb in ("meeting/", "answers/"):
        await play.taps(play.nora, button(play.nora, verb))
    session = data(play.nora, "ways/").split("/")[1]
    await play.taps(play.nora, button(play.nora, f"ways/{session}/{family.raters['bo']}"), "📱 On this phone")
    await play.taps(play.nora, *PIN, *PIN, "📱 Hand over now")
    assert [each.text for each in play.nora.sees if family.label in each.text] == []


async def takes_everything_out(play: Play) -> None:
    """An empty chat, of which nothing is known."""
    for each in play.nora.sees:
        play.nora.chat.drop(each.id)
    await play.change("DELETE FROM traces")
    await play.change("DELETE FROM places")


async def test_far_back_a_busy_workers_chat_shows_nothing_and_its_traces_are_bounded(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be deleted any more is emptied beyond so many messages; the newest and all of two days stay."""
    monkeypatch.setattr(clearing, "KEPT_OLD", 4)
    family = await meets(play, "bo", "mother")
    play.wait(days=3)
    for _ in range(8):
        await play.says(play.nora, "/start")
        play.wait(days=1)
    shown = [each for each in ours(play.nora) if each != "·"]
    assert await play.sql("SELECT count(*) FROM traces") == [(len(shown),)]
    assert len(shown) <= 4 + 3
    assert family.label not in "\n".join(shown)
    await hands_over(play, family)
    assert set(ours(play.nora)[:-1]) == {"·"}


async def test_an_old_message_that_is_in_use_is_not_emptied_behind_its_reply(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearing, "KEPT_OLD", 0)
    family = await meets(play, "bo", "mother")
    play.wait(days=3)
    old = play.nora.screen
    await play.taps(play.nora, button(play.nora, "answers/"), message=old)
    assert family.label in play.nora.screen.text
    await play.says(play.nora, "/start")
    assert ours(play.nora)[0] == "·"


async def test_what_cannot_be_emptied_far_back_now_is_emptied_behind_the_next_reply(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearing, "KEPT_OLD", 0)
    await meets(play, "bo", "mother")
    play.wait(days=3)
    play.world.interrupt("editMessageText", Trouble(429, "Too Many Requests: retry after 30", retry_after=30), times=9)
    await play.says(play.nora, "/start")
    before = await play.sql("SELECT count(*) FROM traces")
    play.world._troubles.clear()
    await play.says(play.nora, "/start")
    assert (await play.sql("SELECT count(*) FROM traces"))[0][0] < before[0][0]


async def test_while_telegram_cannot_clear_the_phone_is_not_handed_over(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await looks_at(play, family, "bo")
    await play.taps(play.nora, *PIN, *PIN)
    play.world.interrupt("deleteMessages", Trouble(429, "Too Many Requests: retry after 30", retry_after=30))
    play.world.interrupt("deleteMessage", Trouble(429, "Too Many Requests: retry after 30", retry_after=30), times=9)
    said = await play.taps(play.nora, "📱 Hand over now")
    assert "Don't hand the phone over yet" in said
    assert await in_whose_hands(play) == []
    play.world._troubles.clear()
    await play.taps(play.nora, "Try again")
    assert len(ours(play.nora)) == NOTHING
    assert await in_whose_hands(play) == [family.raters["bo"]]


# Meanwhile


async def test_start_and_text_and_pictures_lead_to_the_same_screen(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.taps(play.nora, "7", "8")
    said = {
        await play.says(play.nora, text) for text in ("/start", "/language", "/privacy", "/forget", "Bo", "KOIVU-27")
    }
    assert said == {"🌿 A moment for you\n\nAnswered: 2 of 4"}
    assert buttons(play.nora) == ["Go on", "📱 Give the phone back"]
    assert len(ours(play.nora)) == NOTHING
    assert "3/4" in await play.taps(play.nora, "Go on")


async def test_an_old_meetings_answers_of_the_same_child_stay_shut(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await play.rates(play.bo, *WELL)
    old = (await play.sql(f"SELECT id FROM drafts WHERE rater_id = '{family.raters['bo']}'"))[0].id
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(days=7)
    await play.starts_meeting(play.nora, family)
    await hands_over(play, family)
    for verb in ("show", "reopen", "given"):
        await play.forges(play.nora, f"{verb}/{old}")
    assert "7" not in " ".join(ours(play.nora)).replace("7 ", "")
    assert "Your answers" not in shows(play.nora)


async def test_what_was_sent_is_not_shown_again_to_who_has_the_phone_by_now(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.rates(play.nora, *WELL)
    draft = (await play.sql(f"SELECT id FROM drafts WHERE rater_id = '{family.raters['bo']}'"))[0].id
    await play.forges(play.nora, f"reopen/{draft}")
    assert "Your answers" not in shows(play.nora).replace("Your answers have been saved", "")
    assert await play.sql(f"SELECT state FROM drafts WHERE id = '{draft}'") == [("sent",)]


async def test_nothing_comes_and_nothing_rings_until_it_is_taken_back(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    play.nora.seen()
    await play.rates(play.aino, *LOW)
    await play.rates(play.mother, *WELL)
    assert len(ours(play.nora)) == NOTHING
    assert play.nora.lock is None
    await takes_back(play)
    assert "The meeting is going on." in shows(play.nora)
    assert await play.sql("SELECT id FROM letters WHERE state IN ('waiting', 'dead') AND kind != 'unopened'") == []


async def test_an_alert_goes_to_the_cases_other_worker_at_once_and_to_nora_when_she_is_back(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await shares(play, family, "TAMMI-5")
    await hands_over(play, family)
    await play.rates(play.nora, *LOW)
    assert family.label in play.otto.screen.text
    assert len(ours(play.nora)) == NOTHING
    await takes_back(play)
    assert await play.sql("SELECT count(*) FROM letters WHERE kind = 'alert' AND state = 'sent'") == [(2,)]


async def test_an_alert_of_a_case_with_one_worker_waits_and_comes_right_after(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.rates(play.nora, *LOW)
    assert await play.sql("SELECT state FROM letters WHERE kind = 'alert'") == [("waiting",)]
    play.wait(hours=30)
    await play.settle()
    assert await play.sql("SELECT state FROM letters WHERE kind = 'alert'") == [("waiting",)]
    await takes_back(play)
    assert await play.sql("SELECT state FROM letters WHERE kind = 'alert'") == [("sent",)]


async def test_an_alert_that_nora_has_not_opened_goes_to_the_other_worker_with_the_hand_over(play: Play) -> None:
    """It was in the chat that is emptied; when she has the phone back it comes again, as nobody has opened it."""
    family = await meets(play, "bo", "mother")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await shares(play, family, "TAMMI-5")
    await play.rates(play.aino, *LOW)
    assert alerts_in(play.nora) == 1
    assert alerts_in(play.otto) == 0
    await hands_over(play, family)
    assert (alerts_in(play.nora), alerts_in(play.otto)) == (0, 1)
    await takes_back(play)
    assert (alerts_in(play.nora), alerts_in(play.otto)) == (1, 1)
    assert "Sent once more: it may have arrived before." in shows(play.nora)
    assert "Sent once more" not in shows(play.otto)
    play.wait(minutes=1)
    await hands_over(play, family)
    await takes_back(play)
    assert (alerts_in(play.nora), alerts_in(play.otto)) == (1, 1)


async def test_an_alert_on_its_way_when_the_phone_goes_goes_to_the_other_worker(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await shares(play, family, "TAMMI-5")
    await looks_at(play, family, "bo")
    await play.taps(play.nora, *PIN, *PIN)
    play.world.interrupt("sendMessage", Trouble(429, "Too Many Requests: retry after 30", retry_after=30))
    await play.rates(play.aino, *LOW)
    assert await play.sql("SELECT state FROM letters WHERE kind = 'alert'") == [("waiting",)]
    play.world._troubles.clear()
    await play.taps(play.nora, "📱 Hand over now")
    assert (alerts_in(play.nora), alerts_in(play.otto)) == (0, 1)
    play.wait(minutes=1)
    await takes_back(play)
    assert (alerts_in(play.nora), alerts_in(play.otto)) == (1, 1)


async def test_an_alert_that_was_opened_or_put_off_stays_with_who_has_it_in_hand(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await shares(play, family, "TAMMI-5")
    await play.rates(play.aino, *LOW)
    await play.taps(play.nora, "Open")
    await hands_over(play, family)
    await takes_back(play)
    assert (alerts_in(play.nora), alerts_in(play.otto)) == (0, 0)


async def test_handing_over_and_taking_back_are_in_the_audit(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await takes_back(play)
    async with play.database.transaction() as db:
        found = await storage.audit.of_case(db, family.case)
        assert await storage.audit.intact(db, family.case)
    assert [(each.act, each.about_id) for each in found] == [
        (Act.LEND_PHONE, family.raters["bo"]),
        (Act.TAKE_PHONE_BACK, family.raters["bo"]),
    ]


def alerts_in(who: Phone) -> int:
    """How many letters about alerts stand in the chat."""
    return sum("Something to talk about together (alert" in text for text in ours(who))


async def shares(play: Play, family: Family, code: str) -> None:
    await play.change(
        "INSERT INTO case_workers (case_id, worker_id, began_at) "
        f"SELECT '{family.case}', id, began_at FROM workers WHERE code = '{code}'"
    )


# Back


async def test_five_wrong_pins_make_a_pause_that_grows(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    assert "4 tries left" in await takes_back(play, "1357")
    for _ in range(4):
        said = await play.taps(play.nora, *"1357")
    assert "The next try is at 11:05." in said
    assert "next try" in await play.taps(play.nora, "Try again")
    await play.forges(play.nora, f"phoneback/{(await play.sql('SELECT id FROM sessions'))[0].id}/5/{PIN}")
    assert await in_whose_hands(play) == [family.raters["bo"]]
    play.wait(minutes=5, seconds=1)
    await play.taps(play.nora, "Try again")
    for _ in range(5):
        said = await play.taps(play.nora, *"1357")
    assert "The next try is at 11:15." in said
    play.wait(minutes=10, seconds=1)
    await play.taps(play.nora, "Try again", *PIN)
    assert await in_whose_hands(play) == []


async def test_a_second_tap_on_the_fourth_digit_is_no_second_try(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await takes_back(play, "1357")
    await play.taps_again(play.nora)
    assert await play.sql("SELECT tries FROM hand_overs") == [(1,)]


async def test_a_second_tap_after_the_right_pin_shows_the_card(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await takes_back(play)
    await play.taps_again(play.nora)
    assert "The meeting is going on." in shows(play.nora)
    assert family.label in shows(play.nora)


async def test_a_worker_who_forgot_the_pin_comes_back_by_a_new_invitation(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    async with play.database.transaction() as db:
        _, made = await invitations.invite_worker(
            db, team="pihlaja", code="KOIVU-27", role=None, now=play.world.clock.now()
        )
    assert "worker KOIVU-27" in await play.opens(play.nora, made.link)
    assert await in_whose_hands(play) == []
    assert "Choose a PIN" in await looks_at(play, family, "bo")


async def test_a_used_invitation_and_one_for_a_family_take_nothing_back(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    async with play.database.transaction() as db:
        nora = await play._met(db, play.nora)
        now = play.world.clock.now()
        _, used = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=now)
        view = await cases.add_collateral(db, nora, family.case, Kind.FATHER, now=now)
        free = next(each.id for each in view.case.raters if each.kind is Kind.FATHER)
        _, _, fathers = await invitations.invite_rater(db, nora, free, now=now)
    await play.opens(play.nora, used.link)
    await hands_over(play, family)
    for token in (used.link, fathers.link, used.code, "7K3QM9TZ4X"):
        assert "Answered" in await play.opens(play.nora, token)
        assert "Answered" in await play.says(play.nora, token)
    assert await in_whose_hands(play) == [family.raters["bo"]]


async def test_whose_role_ends_meanwhile_leaves_a_neutral_chat(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.change("UPDATE workers SET ended_at = began_at")
    assert "Answered" in await play.says(play.nora, "/start")
    await takes_back(play)
    assert family.label not in shows(play.nora)
    assert await in_whose_hands(play) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases SET state = 'closed'",
        "UPDATE raters SET ended_at = added_at WHERE band = 'child'",
        "UPDATE sessions SET state = 'ended', ended_at = '2026-02-01 09:00:00'",
        "DELETE FROM cases",
    ],
)
async def test_what_ends_meanwhile_leaves_the_phone_shut(play: Play, change: str) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.change(change)
    for said in (await play.says(play.nora, "/start"), await play.taps(play.nora, "📱 Give the phone back")):
        assert family.label not in said
    assert "KOIVU" not in shows(play.nora)
    await play.taps(play.nora, *PIN)
    assert await play.sql("SELECT count(*) FROM hand_overs") == [(0,)]


async def test_two_phones_are_not_handed_to_one_rater(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await shares(play, family, "TAMMI-5")
    await looks_at(play, family, "bo", play.otto)
    await play.taps(play.otto, *PIN, *PIN)
    await hands_over(play, family)
    await play.taps(play.otto, "📱 Hand over now")
    assert play.otto.toasts[-1].text == "This person has a colleague's phone in their hands already."
    assert len(await in_whose_hands(play)) == 1


async def test_an_easy_pin_and_two_different_ones_are_not_taken(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await looks_at(play, family, "bo")
    assert "easy to guess" in await play.taps(play.nora, *"1234")
    await play.taps(play.nora, *PIN)
    assert "two different ones" in await play.taps(play.nora, *"4827")
    assert await play.sql("SELECT pin_mark FROM workers") == [(None,)]
