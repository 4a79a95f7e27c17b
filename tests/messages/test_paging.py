"""Long lists, a page at a time."""

from bot.messages.message import press
from bot.messages.paging import page_of


def test_a_list_of_eight_has_no_pages_to_turn() -> None:
    page = page_of(range(8), 0)
    assert (list(page.items), page.place, page.turning("cases")) == (list(range(8)), "", ())


def test_from_the_middle_one_turns_both_ways() -> None:
    page = page_of(range(20), 1)
    ((before, after),) = page.turning("attach", "id")
    assert (list(page.items), page.place) == (list(range(8, 16)), " · 2/3")
    assert (before.data, after.data) == (press("attach", "id", 0), press("attach", "id", 2))


def test_beyond_the_end_is_the_last_page_and_an_empty_list_is_one_page() -> None:
    assert (list(page_of(range(9), 99999).items), list(page_of([], 5).items)) == ([8], [])
