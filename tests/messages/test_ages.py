"""How old somebody is, in the middle of a sentence."""

import pytest

from bot.i18n import LANGUAGES, Language
from tests.messages.screens import every_screen

AGES = list(zip(LANGUAGES, ("alle 6 vuotta", "under 6 år", "under 6"), strict=True))


@pytest.mark.parametrize(("say", "age"), AGES)
def test_an_age_inside_a_question_and_a_yes_begins_small(say: Language, age: str) -> None:
    asked = every_screen(say)["ages.another_band"][0]
    assert age in asked.text
    assert asked.buttons[0][0].text.endswith(age)
