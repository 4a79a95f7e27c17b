"""Who is here, by ticks that the buttons carry; and the card, which never shows a score."""

from dataclasses import replace

import pytest

from bot.actions.meetings import Attendance, Card, CardLine, Progress
from bot.domain.cases import Case, CaseState, SessionState
from bot.i18n import language
from bot.messages import meeting
from bot.messages.message import Message
from bot.sandbox.markup import parse
from tests.messages.screens import CHILD, CLIENT, MOTHER, NOW, SESSION, SUBJECTS, ZONE

EN = language("en")
UNJOINED = replace(CHILD, person_id=None)
CASE = Case("case", "Birch 42", CaseState.OPEN, NOW, SUBJECTS[:2], (CLIENT, UNJOINED, MOTHER))
ATTENDANCE = Attendance(CASE, (CLIENT, MOTHER), frozenset({MOTHER.id}))


def pressed(message: Message) -> dict[str, str]:
    return {button.text: button.data or "" for row in message.buttons for button in row}


# Who is here


def test_those_of_the_last_time_are_ticked_and_a_tap_turns_one_tick() -> None:
    """The bits count all raters of the case, those without a phone too."""
    assert pressed(meeting.attendance(EN, ATTENDANCE)) == {
        "⬜️ Young person": "attend/case/5",
        "✅ Mother": "attend/case/0",
        "▶️ Start, ask 1": "start/case/4",
        "🕊 We met without measuring": "unmeasured/case/-",
        "← Back": "case/case",
    }


@pytest.mark.parametrize(
    ("mask", "shown"),
    [
        (0, {"⬜️ Young person": "attend/case/1", "⬜️ Mother": "attend/case/4"}),
        (1, {"✅ Young person": "attend/case/0", "⬜️ Mother": "attend/case/5", "▶️ Start, ask 1": "start/case/1"}),
        (5, {"✅ Young person": "attend/case/4", "✅ Mother": "attend/case/1", "▶️ Start, ask 2": "start/case/5"}),
    ],
)
def test_the_button_carries_all_the_ticks(mask: int, shown: dict[str, str]) -> None:
    always = {"🕊 We met without measuring": "unmeasured/case/-", "← Back": "case/case"}
    assert pressed(meeting.attendance(EN, ATTENDANCE, mask)) == {**shown, **always}


@pytest.mark.parametrize("mask", range(8))
def test_two_taps_on_a_name_leave_it_as_it_was(mask: int) -> None:
    shown = pressed(meeting.attendance(EN, ATTENDANCE, mask))
    for text, data in shown.items():
        if data.startswith("attend"):
            tapped = meeting.attendance(EN, ATTENDANCE, int(data.split("/")[2]))
            assert f"attend/case/{mask}" in pressed(tapped).values(), text


def test_who_has_not_joined_is_named_and_can_be_ticked() -> None:
    message = meeting.attendance(EN, replace(ATTENDANCE, can_come=(*ATTENDANCE.can_come, UNJOINED)))
    assert "they answer through you: Child" in message.text
    assert [text for text in pressed(message) if "Child" in text] == ["⬜️ Child"]


def test_without_anybody_there_is_nothing_to_start() -> None:
    nobody = meeting.attendance(EN, Attendance(replace(CASE, raters=(UNJOINED,)), (), frozenset()))
    assert "Nobody is here yet" in nobody.text
    assert pressed(nobody) == {
        "🕊 We met without measuring": "unmeasured/case/-",
        "← Back": "case/case",
    }


# The card

LINES = (
    CardLine(CLIENT, Progress.ANSWERED, Progress.ASKED),
    CardLine(UNJOINED, Progress.SKIPPED, Progress.NOT_ASKED),
    CardLine(MOTHER, Progress.UNDER_WAY, Progress.NOT_ASKED),
)


def card(state: SessionState, *lines: CardLine) -> Message:
    session = replace(SESSION, state=state, ended_at=NOW if state is SessionState.ENDED else None)
    return meeting.card(EN, Card(CASE, session, lines or LINES), ZONE)


def test_the_card_says_how_far_each_is_before_and_after() -> None:
    lines = parse(card(SessionState.CLOSING).text).text.splitlines()
    assert lines == [
        "Birch 42 · 28 Dec at 11:00",
        "",
        "🟠 Closing: how did the meeting work?",
        "",
        "🧑 Young person",
        "    before: ✅ answered",
        "    after: ⏳ asked",
        "🧒 Child",
        "    before: ➖ skipped",
        "👩 Mother",
        "    before: ✍️ answering",
    ]


@pytest.mark.parametrize(
    ("code", "when"),
    [("fi", "28.12. klo 11.00"), ("sv", "28.12 kl. 11.00"), ("en", "28 Dec at 11:00")],
)
def test_the_time_of_a_meeting_is_said_as_in_the_language(code: str, when: str) -> None:
    shown = meeting.card(language(code), Card(CASE, SESSION, LINES), ZONE)
    assert parse(shown.text).text.splitlines()[0] == f"Birch 42 · {when}"


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (SessionState.OPEN, ["close", "end", "answers", "here", "groupcard", "case"]),
        (SessionState.CLOSING, ["end", "answers", "here", "groupcard", "case"]),
        (SessionState.ENDED, ["answers", "here", "groupcard", "case"]),
    ],
)
def test_the_card_has_the_next_steps(state: SessionState, verbs: list[str]) -> None:
    assert [data.split("/")[0] for data in pressed(card(state)).values()] == verbs


def test_before_an_end_that_nobody_was_asked_about_there_are_three_ways() -> None:
    session = replace(SESSION, state=SessionState.OPEN)
    asked = meeting.end_unasked(EN, Card(CASE, session, LINES))
    assert parse(asked.text).text == "Birch 42\n\nYou haven't asked about the meeting yet."
    assert pressed(asked) == {
        "⏱ Ask first": f"close/{SESSION.id}",
        "⏹ End without asking": f"unasked/{SESSION.id}",
        "← Back": f"meeting/{SESSION.id}",
    }


def test_what_is_missing_is_said_after_the_end_only() -> None:
    during, after = card(SessionState.CLOSING), card(SessionState.ENDED)
    done = card(SessionState.ENDED, CardLine(CLIENT, Progress.ANSWERED, Progress.SKIPPED))
    said = ["Still missing" in each.text for each in (during, after, done)]
    assert said == [False, True, False]
    assert "Still missing: Young person, Mother. They can answer for 24 hours." in after.text
