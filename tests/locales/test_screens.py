"""What has little room on a phone is short in every language."""

import pytest

from bot.domain.errors import Reason
from bot.domain.people import Kind
from bot.i18n import LANGUAGES, Language
from bot.messages import refusals
from bot.messages.people import collateral_name

NOTE_CHARACTERS = 190
"""Telegram shows a note over the chat of at most 200 characters."""

BUTTON_CHARACTERS = 14
"""What fits into a third of a row on a small phone."""

THREE_IN_A_ROW = ("← Back", "Skip this time", "Stop", "Mother", "Father", "Other carer")


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)
def test_a_refusal_fits_into_the_note_over_a_chat(say: Language, reason: Reason) -> None:
    assert 0 < len(refusals.words(say, reason)) <= NOTE_CHARACTERS


@pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)
def test_buttons_of_which_three_stand_side_by_side_fit(say: Language) -> None:
    texts = [say(each) for each in THREE_IN_A_ROW]
    texts += [collateral_name(say, kind) for kind in Kind if kind is not Kind.CLIENT]
    assert [each for each in texts if len(each) > BUTTON_CHARACTERS] == []
