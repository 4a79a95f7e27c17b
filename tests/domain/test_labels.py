"""Labels: a nature word and a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.labels import NUMBERS, WORDS, label
from bot.domain.spelling import LONGEST, as_label

LANGUAGES = ("fi", "sv", "en")


def test_there_are_words_in_each_language_and_no_other() -> None:
    assert set(WORDS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_48_different_words(language: str) -> None:
    assert (len(WORDS[language]), len(set(WORDS[language]))) == (48, 48)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_letters_only_and_begins_like_a_word(language: str) -> None:
    assert [word for word in WORDS[language] if not word.isalpha() or word != word.capitalize()] == []


@given(st.sampled_from(LANGUAGES), st.integers(min_value=0, max_value=2**64 - 1))
def test_a_label_is_a_word_of_the_language_and_a_number_of_two_digits(language: str, chance: int) -> None:
    word, number = label(language, chance).split(" ")
    assert word in WORDS[language]
    assert 10 <= int(number) <= 99


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_can_come_with_every_number(language: str) -> None:
    drawn = {label(language, chance) for chance in range(48 * 90)}
    assert drawn == {f"{word} {number}" for word in WORDS[language] for number in NUMBERS}


def test_another_language_gets_english_words() -> None:
    assert label("so", 7) == label("en", 7)


@pytest.mark.parametrize(
    "typed",
    ["Birch 42", "birch 42", " BIRCH  42 ", "birch-42", "Birch – 42", "birch42", "birch" + " " * (LONGEST - 7) + "42"],
)
def test_a_label_is_the_same_however_it_is_typed(typed: str) -> None:
    assert as_label(typed) == "birch42"


@pytest.mark.parametrize("typed", ["", "Birch", "42", "Birch 4", "Birch 421", "Birch 42 again", "b" * LONGEST + " 42"])
def test_what_is_no_word_and_two_digits_is_no_label(typed: str) -> None:
    assert as_label(typed) is None


@given(st.sampled_from(LANGUAGES), st.integers(min_value=0, max_value=2**64 - 1))
def test_each_label_is_known_as_one_and_stays_itself(language: str, chance: int) -> None:
    made = label(language, chance)
    assert as_label(made) == as_label(made.upper()) == as_label(made.replace(" ", "")) is not None
