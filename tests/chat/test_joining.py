"""Coming in: by invitation, by worker code; and the worker's yes, which attaches who is in the room."""

import re

import pytest

from bot.actions import invitations
from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.phones import Phone
from tests.stage import PASSING, Family, Given, Play, button, buttons


async def invited(play: Play, family: Family, who: str) -> str:
    """The link and the code of a fresh invitation for a rater, as Nora's screen shows them."""
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People")
    await play.taps(play.nora, next(each for each in buttons(play.nora) if each.endswith(who)))
    return await play.taps(play.nora, "✉️ Invite")


def link_of(screen: str) -> str:
    return str(re.findall(r"start=([\w-]+)", screen)[0])


def code_of(screen: str) -> str:
    return str(re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", screen)[0])


async def with_a_place(play: Play, kind: str = "Mother") -> Family:
    """Nora's case with Aino, and one more person who hasn't joined."""
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", kind)
    return family


def refused(play: Play, who: Phone, reason: Reason) -> str:
    return refusals.words(play.say(who), reason)


# The worker


async def test_who_opens_a_workers_invitation_is_welcomed_as_the_worker(play: Play) -> None:
    await play.becomes_worker(play.nora)
    assert "You are now the worker KOIVU-27 here." in play.nora.screen.text
    assert buttons(play.nora) == ["👣 First steps", "Cases", "New case", "⚙️ Settings", "❔ Help"]


async def test_a_worker_may_type_the_code_of_the_invitation(play: Play) -> None:
    async with play.database.transaction() as db:
        _, made = await invitations.invite_worker(
            db, team="pihlaja", code="KOIVU-27", role=None, now=play.world.clock.now()
        )
    said = await play.says(play.nora, made.code.lower())
    assert "You are now the worker KOIVU-27 here." in said


async def test_a_workers_own_code_leads_to_the_menu_of_the_desk(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.nora, "koivu-27")
    assert buttons(play.nora) == ["👣 First steps", "Cases", "New case", "⚙️ Settings", "❔ Help"]


async def test_a_phone_that_is_a_worker_does_not_become_another_one(play: Play) -> None:
    await play.becomes_worker(play.nora)
    before = await play.kept(but=PASSING | {"workers", "teams", "invitations"})
    await play.becomes_worker(play.nora, team="vaahtera", code="TAMMI-5")
    assert play.nora.screen.text == refused(play, play.nora, Reason.ALREADY_WORKER)
    assert await play.kept(but=PASSING | {"workers", "teams", "invitations"}) == before
    assert await play.sql("SELECT code FROM workers WHERE person_id IS NOT NULL") == [("KOIVU-27",)]


# By invitation


@pytest.mark.parametrize("read", [link_of, code_of])
async def test_an_invitation_leads_to_consent_and_then_to_the_menu(play: Play, read: object) -> None:
    family = await with_a_place(play)
    screen = await invited(play, family, "Mother")
    if read is link_of:
        said = await play.opens(play.mother, link_of(screen))
    else:
        said = await play.says(play.mother, code_of(screen).lower().replace("-", " "))
    assert "Before you begin" in said
    assert buttons(play.mother) == ["Yes, I'll join", "No, thank you"]
    await play.taps(play.mother, "Yes, I'll join")
    assert buttons(play.mother) == [
        "Before the meeting",
        "After the meeting",
        "👀 Who sees what",
        "❔ Help",
        "🌐 English",
    ]
    assert "An invitation was taken" in play.nora.screen.text


async def test_a_code_is_read_however_it_is_spaced(play: Play) -> None:
    family = await with_a_place(play)
    code = code_of(await invited(play, family, "Mother")).replace("-", "")
    await play.says(play.mother, (" – " * 9).join(code))
    await play.taps(play.mother, "Yes, I'll join")
    assert "Welcome, you are in." in play.mother.screen.text


async def test_who_joins_during_a_meeting_gets_the_first_rating_at_once(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    await play.starts_meeting(play.nora, family)
    await play.opens(play.mother, link)
    await play.taps(play.mother, "Yes, I'll join")
    assert "1/4" in play.mother.screen.text
    await play.rates(play.mother, 4, 5, 6, 7)
    assert await play.given() == [Given("mother", "ors", "adolescent", (40, 50, 60, 70), 1, "KOIVU-27")]
    assert "👩 Mother" in "".join(each.text for each in play.nora.sees if "before:" in each.text)


async def test_no_thank_you_uses_nothing_up(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    before = await play.kept()
    await play.opens(play.mother, link)
    await play.taps(play.mother, "No, thank you")
    assert await play.kept() == before
    await play.opens(play.mother, link)
    await play.taps(play.mother, "Yes, I'll join")
    assert "Welcome, you are in." in play.mother.screen.text


async def test_a_second_tap_on_yes_shows_the_menu_and_changes_nothing(play: Play) -> None:
    family = await with_a_place(play)
    await play.opens(play.mother, link_of(await invited(play, family, "Mother")))
    await play.taps(play.mother, "Yes, I'll join")
    before = await play.kept()
    await play.taps_again(play.mother)
    assert buttons(play.mother) == [
        "Before the meeting",
        "After the meeting",
        "👀 Who sees what",
        "❔ Help",
        "🌐 English",
    ]
    assert await play.kept() == before


async def test_who_opens_their_own_used_invitation_again_hears_that_they_are_in(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    await play.opens(play.mother, link)
    await play.taps(play.mother, "Yes, I'll join")
    for _ in range(6):
        assert await play.opens(play.mother, link) == refused(play, play.mother, Reason.ALREADY_JOINED)


async def test_a_newer_invitation_ends_the_one_before(play: Play) -> None:
    family = await with_a_place(play)
    first = link_of(await invited(play, family, "Mother"))
    second = link_of(await play.taps(play.nora, "A new one"))
    assert await play.opens(play.mother, first) == refused(play, play.mother, Reason.CODE)
    assert "Before you begin" in await play.opens(play.mother, second)


async def test_used_expired_and_unknown_codes_look_the_same(play: Play) -> None:
    family = await with_a_place(play)
    used = link_of(await invited(play, family, "Mother"))
    await play.opens(play.mother, used)
    await play.taps(play.mother, "Yes, I'll join")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "Father")
    expired = link_of(await invited(play, family, "Father"))
    play.wait(days=7)
    await play.settle()
    before = await play.kept()
    said = [await play.opens(play.father, each) for each in (used, expired, "x" * 22)]
    said += [await play.says(play.father, each) for each in ("7K3QM-9TZ4X", "TUNTEMATON-1")]
    assert said == [refused(play, play.father, Reason.CODE)] * 5
    assert await play.kept() == before


async def test_an_invitation_still_works_a_moment_before_its_end(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    play.wait(days=6, hours=23, minutes=59)
    assert "Before you begin" in await play.opens(play.mother, link)


async def test_after_five_wrong_codes_there_is_a_quarter_of_an_hour_of_rest(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    for number in range(5):
        assert await play.says(play.mother, f"TUNTEMATON-{number}") == refused(play, play.mother, Reason.CODE)
    before = await play.kept(but=frozenset({"updates", "persons"}))
    assert await play.opens(play.mother, link) == refused(play, play.mother, Reason.WAIT)
    assert await play.kept(but=frozenset({"updates", "persons"})) == before
    assert "Before you begin" in await play.opens(play.father, link)
    play.wait(minutes=15, seconds=1)
    assert "Before you begin" in await play.opens(play.mother, link)


@pytest.mark.parametrize("verb", ["who", "accept"])
async def test_buttons_with_wrong_codes_are_braked_like_typed_ones(play: Play, verb: str) -> None:
    await play.says(play.mother, "/start")
    for _ in range(5):
        await play.forges(play.mother, f"{verb}/7K3QM9TZ4X")
    assert await play.says(play.mother, "TUNTEMATON-1") == refused(play, play.mother, Reason.WAIT)


async def test_a_button_does_not_tell_an_invitations_code_from_a_wrong_one(play: Play) -> None:
    family = await with_a_place(play)
    code = code_of(await invited(play, family, "Mother"))
    await play.says(play.mother, "/start")
    answers = []
    for each in (code, "7K3QM9TZ4X"):
        note = await play.forges(play.mother, f"who/{each}")
        answers.append((note, play.mother.screen.text))
    assert answers[0] == answers[1]


async def test_the_worker_cannot_use_the_familys_invitation(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    before = await play.kept()
    assert await play.opens(play.nora, link) == refused(play, play.nora, Reason.OWN_INVITATION)
    assert await play.kept() == before
    assert "Before you begin" in await play.opens(play.mother, link)


async def test_a_phone_that_is_in_the_case_cannot_join_it_twice(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    before = await play.kept()
    assert await play.opens(play.aino, link) == refused(play, play.aino, Reason.ALREADY_JOINED)
    assert await play.kept() == before


async def test_an_invitation_of_a_worker_who_has_left_is_answered_like_an_old_one(play: Play) -> None:
    family = await with_a_place(play)
    link = link_of(await invited(play, family, "Mother"))
    await play.change("UPDATE workers SET ended_at = began_at")
    assert await play.opens(play.mother, link) == refused(play, play.mother, Reason.CODE)


# By worker code


async def asks(play: Play, who: Phone, *answers: str) -> str:
    """Somebody types Nora's code and says yes; the two words on their screen."""
    await play.says(who, "Koivu 27")
    said = await play.taps(who, *answers, "Yes, I'll join")
    return str(re.findall(r": (\w+ \d\d)\n", said)[0])


async def test_both_sides_see_the_same_two_words(play_on_each: Play) -> None:
    play = play_on_each
    await play.becomes_worker(play.nora)
    check = await asks(play, play.aino, "Young person, 13–17")
    assert check in play.nora.screen.text
    assert "Young person" in play.nora.screen.text
    assert buttons(play.nora) == [
        "Yes: a new case",
        "Yes: a case I already have",
        "Not my client",
    ]


async def test_who_said_it_wrong_goes_back_and_says_who_they_are_once_more(play: Play) -> None:
    await play.becomes_worker(play.nora)
    asked = await play.says(play.mother, "KOIVU-27")
    await play.taps(play.mother, "Child, 6–12")
    assert buttons(play.mother) == ["Yes, I'll join", "No, thank you", "← Back"]
    assert await play.taps(play.mother, "← Back") == asked
    await play.taps(play.mother, "Mother", "6–12 years", "Yes, I'll join")
    assert "👩 Mother" in play.nora.screen.text


async def test_the_workers_lock_screen_shows_neither_word_nor_number(play: Play) -> None:
    await play.becomes_worker(play.nora)
    play.nora.seen()
    check = await asks(play, play.aino, "Young person, 13–17")
    assert play.nora.lock is not None
    assert [each for each in check.split() if each in play.nora.lock.text] == []


async def test_a_carer_says_the_age_of_the_child_they_come_for(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await asks(play, play.mother, "Mother", "6–12 years")
    await play.taps(play.nora, "Yes: a new case")
    assert "Mother" in play.nora.screen.text
    await play.taps(play.mother, "Menu", "Before the meeting")
    assert "About: the child" in play.mother.screen.text


async def test_a_worker_hears_in_their_language_and_a_client_in_theirs(play: Play) -> None:
    await play.becomes_worker(play.nora)
    play.aino.language = "fi"
    await play.says(play.aino, "KOIVU-27")
    await play.taps(play.aino, button(play.aino, "consent/KOIVU-27/client/adolescent"))
    await play.taps(play.aino, button(play.aino, "join/"))
    assert play.aino.screen.text.startswith("🌿 Kiitos")
    assert play.nora.screen.text.startswith("🔔 Somebody wants to join by your code")


async def test_a_second_tap_on_yes_shows_the_two_words_again(play: Play) -> None:
    await play.becomes_worker(play.nora)
    check = await asks(play, play.aino, "Young person, 13–17")
    before = await play.kept()
    assert check in await play.taps_again(play.aino)
    assert await play.kept() == before


async def test_a_worker_who_typed_their_own_code_cannot_join_by_it(play: Play) -> None:
    await play.becomes_worker(play.nora)
    before = await play.kept()
    await play.forges(play.nora, "join/KOIVU-27/client/adult")
    assert play.nora.screen.text == refused(play, play.nora, Reason.OWN_INVITATION)
    assert await play.kept() == before


async def test_a_child_under_six_does_not_rate(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.bo, "KOIVU-27")
    before = await play.kept()
    note = await play.forges(play.bo, "join/KOIVU-27/client/under6")
    assert note == refused(play, play.bo, Reason.NOT_HERE)
    assert await play.kept() == before


async def test_three_workers_may_be_asked_at_once_and_no_more(play: Play) -> None:
    codes = [f"PAJU-{number}" for number in range(1, 5)]
    for code in codes:
        async with play.database.transaction() as db:
            await invitations.invite_worker(db, team="pihlaja", code=code, role=None, now=play.world.clock.now())
    for code in codes:
        await play.says(play.aino, code)
        await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join")
    assert play.aino.screen.text == refused(play, play.aino, Reason.WAIT)
    assert len(await play.sql("SELECT id FROM cases")) == 3


async def test_answers_given_before_the_yes_belong_to_the_case_afterwards(play_on_each: Play) -> None:
    play = play_on_each
    await play.becomes_worker(play.nora)
    await asks(play, play.aino, "Young person, 13–17")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, 7, 6, 8, 9)
    assert play.drawn == []
    await play.taps(play.nora, "Yes: a new case")
    await play.taps(play.nora, "📈 Pictures")
    assert play.trends[-1].heading.endswith("Young person")
    await play.taps(play.nora, "← The case", "▶️ Start a meeting", "▶️ Start, ask 1")
    assert await play.given() == [Given("aino", "ors", "adolescent", (70, 60, 80, 90), 1, "KOIVU-27")]
    assert "before: ✅ answered" in play.nora.screen.text
    assert "Your worker knows that it's you." in [line for each in play.aino.sees for line in each.text.splitlines()]


@pytest.mark.parametrize("decision", [("Yes: a new case",), ("Not my client", "Delete the request")])
async def test_what_the_worker_decided_shows_no_worker_on_a_lock_screen(play: Play, decision: tuple[str, ...]) -> None:
    await play.becomes_worker(play.nora)
    await asks(play, play.aino, "Young person, 13–17")
    before = play.aino.sees
    await play.taps(play.nora, *decision)
    [letter] = [each for each in play.aino.sees if each not in before]
    assert "KOIVU-27" not in letter.text


async def test_until_the_yes_nothing_of_the_newcomers_answers_is_shown(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await asks(play, play.aino, "Young person, 13–17")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, 7, 6, 8, 9)
    assert [each for each in play.nora.sees if each.photo] == []
    await play.says(play.nora, "/start")
    assert await play.taps(play.nora, "Cases") == "You have no cases yet. Open the first one."


async def test_a_newcomer_takes_the_place_of_somebody_without_a_phone(play_on_each: Play) -> None:
    play = play_on_each
    family = await with_a_place(play)
    await asks(play, play.mother, "Mother", "13–17 years")
    await play.taps(play.mother, "Before the meeting")
    await play.rates(play.mother, 4, 5, 6, 7)
    await play.taps(play.nora, "Yes: a case I already have", family.label)
    assert buttons(play.nora) == ["👩 Mother", "Somebody new: Mother", "← Back"]
    await play.taps(play.nora, "👩 Mother")
    assert play.nora.screen.text.count("Mother") == 1
    await play.starts_meeting(play.nora, family)
    assert await play.given() == [Given("mother", "ors", "adolescent", (40, 50, 60, 70), 1, "KOIVU-27")]
    assert len(await play.sql("SELECT id FROM cases")) == 1


async def test_a_newcomer_may_be_somebody_new_in_a_case(play_on_each: Play) -> None:
    play = play_on_each
    family = await with_a_place(play)
    await asks(play, play.bo, "Child, 6–12")
    await play.taps(play.bo, "Before the meeting")
    await play.rates(play.bo, 9, 8, 7, 6)
    await play.taps(play.nora, "Yes: a case I already have", family.label)
    assert buttons(play.nora) == ["Somebody new: Child", "← Back"]
    await play.taps(play.nora, "Somebody new: Child")
    assert "🧒 Child" in play.nora.screen.text
    await play.starts_meeting(play.nora, family)
    assert await play.given() == [Given("bo", "cors", "child", (90, 80, 70, 60), 1, "KOIVU-27")]


async def test_who_is_attached_while_the_meeting_goes_on_is_in_it(play: Play) -> None:
    """The mother has typed the code in the room and answered; then the worker finds her place in the case."""
    family = await with_a_place(play)
    await play.starts_meeting(play.nora, family)
    await asks(play, play.mother, "Mother", "13–17 years")
    await play.taps(play.mother, "Before the meeting")
    await play.rates(play.mother, 4, 5, 6, 7)
    before = [each for each in play.mother.sees if "1/4" in each.text]
    await play.taps(play.nora, "Yes: a case I already have", family.label, "👩 Mother")
    assert await play.given() == [Given("mother", "ors", "adolescent", (40, 50, 60, 70), 1, "KOIVU-27")]
    assert [each for each in play.mother.sees if "1/4" in each.text] == before


async def test_who_is_attached_while_the_meeting_goes_on_is_asked_at_once(play_on_each: Play) -> None:
    play = play_on_each
    family = await with_a_place(play)
    await play.starts_meeting(play.nora, family)
    await asks(play, play.mother, "Mother", "13–17 years")
    await play.taps(play.nora, "Yes: a case I already have", family.label, "👩 Mother")
    assert "1/4" in play.mother.screen.text
    await play.rates(play.mother, 4, 5, 6, 7)
    assert await play.given() == [Given("mother", "ors", "adolescent", (40, 50, 60, 70), 1, "KOIVU-27")]


async def test_who_looks_at_questions_while_they_wait_gets_those_that_the_case_has_chosen(play: Play) -> None:
    family = await with_a_place(play)
    await play.forges(play.nora, f"askedas/{await subject_of(play, 'adolescent')}/1")
    await asks(play, play.mother, "Mother", "13–17 years")
    await play.taps(play.mother, "Before the meeting")
    await play.taps(play.nora, "Yes: a case I already have", family.label, "👩 Mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 4, 5, 6, 7)
    assert await play.given() == [Given("mother", "cors", "adolescent", (40, 50, 60, 70), 1, "KOIVU-27")]


async def subject_of(play: Play, band: str) -> str:
    (found,) = await play.sql(f"SELECT id FROM subjects WHERE band = '{band}'")
    return str(found.id)


async def test_who_is_attached_at_the_closing_is_asked_how_the_meeting_was(play: Play) -> None:
    family = await with_a_place(play)
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close")
    await asks(play, play.mother, "Mother", "13–17 years")
    await play.taps(play.nora, "Yes: a case I already have", family.label, "👩 Mother")
    await play.rates(play.mother, 9, 9, 9, 9)
    assert await play.given() == [Given("mother", "srs", "", (90, 90, 90, 90), 1, "KOIVU-27")]


async def test_who_is_not_mine_is_told_kindly_and_nothing_of_theirs_is_kept(play_on_each: Play) -> None:
    play = play_on_each
    await play.becomes_worker(play.nora)
    before = await play.kept(but=PASSING | {"letters", "places"})
    await asks(play, play.aino, "Young person, 13–17")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, 7, 6, 8, 9)
    said = await play.taps(play.nora, "Not my client", "Delete the request")
    assert said == "We tell them that the code was the wrong one. Their answers are deleted."
    assert "This wasn't the right code" in play.aino.screen.text
    assert await play.kept(but=PASSING | {"letters", "places"}) == before


async def test_nobody_is_sent_away_by_one_tap(play: Play) -> None:
    """The button stands beside two that say yes, and what it deletes doesn't come back."""
    await play.becomes_worker(play.nora)
    check = await asks(play, play.aino, "Young person, 13–17")
    before = await play.kept()
    said = await play.taps(play.nora, "Not my client")
    assert said == f"🧑 Young person · {check}\n\nTheir answers are deleted, and this can't be undone."
    assert buttons(play.nora) == ["Delete the request", "← Back"]
    await play.taps(play.nora, "← Back")
    assert buttons(play.nora) == ["Yes: a new case", "Yes: a case I already have", "Not my client"]
    assert await play.kept() == before


@pytest.mark.parametrize("decision", [("Yes: a new case",), ("Not my client", "Delete the request")])
async def test_a_second_tap_of_the_worker_changes_nothing(play: Play, decision: tuple[str, ...]) -> None:
    await play.becomes_worker(play.nora)
    await asks(play, play.aino, "Young person, 13–17")
    await play.taps(play.nora, *decision)
    before = await play.kept()
    shown = play.nora.screen.text
    assert await play.taps_again(play.nora) == shown
    assert await play.kept() == before


async def test_a_second_yes_is_answered_by_the_case_that_is_there_already(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await asks(play, play.aino, "Young person, 13–17")
    shown = await play.taps(play.nora, "Yes: a new case")
    assert "🧑 Young person – on their own phone" in shown
    assert await play.taps_again(play.nora) == shown
    toast = play.nora.toasts[-1]
    assert (toast.text, toast.alert) == (refused(play, play.nora, Reason.NO_LONGER), False)


async def test_who_waits_is_in_the_workers_menu_until_the_answer(play: Play) -> None:
    await play.becomes_worker(play.nora)
    check = await asks(play, play.aino, "Young person, 13–17")
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "🔔 1 wants to join")
    assert buttons(play.nora) == [f"🧑 Young person · {check}", "← Menu"]
    await play.taps(play.nora, f"🧑 Young person · {check}", "Yes: a new case")
    label = play.nora.screen.text.splitlines()[0]
    await play.says(play.nora, "/start")
    assert buttons(play.nora) == ["👣 First steps", label, "Cases", "New case", "⚙️ Settings", "❔ Help"]


async def test_otto_cannot_answer_for_nora(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await asks(play, play.aino, "Young person, 13–17")
    [(case,)] = await play.sql("SELECT id FROM cases")
    before = await play.kept()
    notes = [
        await play.forges(play.otto, f"{verb}/{case}") for verb in ("look", "yes", "attach", "notmine", "sendaway")
    ]
    assert notes == [refused(play, play.otto, Reason.NOT_HERE)] * 5
    assert await play.kept() == before
