"""Buttons and the small parts that messages are made of."""

import pytest

from bot.messages.message import Button, ask, bold, column, paragraphs, plain


@pytest.mark.parametrize("data", ["x" * 64, "ä" * 32, "1"])
def test_a_button_asks_with_1_to_64_bytes(data: str) -> None:
    assert Button("Yes", data).data == data


@pytest.mark.parametrize("data", ["x" * 65, "ä" * 33, ""])
def test_a_button_that_says_more_or_nothing_is_not_made(data: str) -> None:
    with pytest.raises(ValueError, match="1-64 bytes"):
        Button("Yes", data)


def test_a_button_either_asks_or_opens() -> None:
    for both_or_none in ({}, {"data": "yes", "url": "https://example.org"}):
        with pytest.raises(ValueError, match="either asks or opens"):
            Button("Yes", **both_or_none)


def test_a_button_names_all_that_it_needs() -> None:
    assert ask("7", "answer", "draft", 2, 7) == Button("7", "answer/draft/2/7")


def test_a_column_is_one_button_under_the_other() -> None:
    one, two = ask("1", "one"), ask("2", "two")
    assert column([one, two]) == ((one,), (two,))


def test_what_is_not_ours_is_made_safe() -> None:
    assert (plain("<b>&"), bold("<b>&")) == ("&lt;b&gt;&amp;", "<b>&lt;b&gt;&amp;</b>")


def test_between_paragraphs_is_an_empty_line_and_an_empty_one_is_left_out() -> None:
    assert paragraphs("one", "", "two") == "one\n\ntwo"
