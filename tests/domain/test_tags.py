"""What can be a tag."""

import pytest

from bot.domain.tags import tag_name


@pytest.mark.parametrize("name", ["School", "Ilta & viikonloppu", "Autumn 2026", "<b>", "x" * 40, "🌙"])
def test_a_tag_is_a_word_of_the_teams(name: str) -> None:
    assert tag_name(name) == name


def test_spaces_are_single() -> None:
    assert tag_name("  evening   group \n") == "evening group"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "1-40 characters"),
        ("   ", "1-40 characters"),
        ("x" * 41, "1-40 characters"),
        ("0401234567", "nobody's number"),
        ("12345", "nobody's number"),
        ("010190-123A", "nobody's number"),
        ("aino@example.org", "nobody's address"),
        ("a\x00b", "can be seen"),
        ("a\u202eb", "can be seen"),
    ],
)
def test_what_looks_like_somebodys_number_or_address_is_none(name: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        tag_name(name)
