"""Codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import ALPHABET, link_token, spaced, typed_code, worker_code

codes = st.text(alphabet=ALPHABET, min_size=10, max_size=10).filter(lambda code: any(map(str.isdigit, code)))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7K3QM9TZ4X", "7K3QM9TZ4X"),
        ("7k3qm-9tz4x", "7K3QM9TZ4X"),
        (" 7K3 QM–9T Z4X\n", "7K3QM9TZ4X"),
        ("7O3QM-ITZLX", "703QM1TZ1X"),
        ("oil7oil7oi", "0117011701"),
        ("7K3QM9TZ4", None),
        ("7K3QM9TZ4XX", None),
        ("7K3QM9TZ4U", None),
        ("7K3QM/9TZ4X", None),
        ("²K3QM9TZ4X", None),
        ("٧K3QM9TZ4X", None),
        ("SCHOOLDAYS", None),
        ("", None),
    ],
)
def test_an_invitations_code_is_read_forgivingly(typed: str, code: str | None) -> None:
    assert typed_code(typed) == code


@given(codes)
def test_a_code_written_with_a_hyphen_is_read_as_itself(code: str) -> None:
    assert typed_code(spaced(code)) == typed_code(spaced(code).lower()) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_of_ten_letters_or_none(text: str) -> None:
    code = typed_code(text)
    assert code is None or (len(code) == 10 and set(code) <= set(ALPHABET))


def test_the_alphabet_has_32_letters_and_none_of_those_that_are_misread() -> None:
    assert (len(set(ALPHABET)), set("OILU") & set(ALPHABET)) == (32, set())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KOIVU-27", "KOIVU-27"),
        ("koivu 27", "KOIVU-27"),
        ("  Koivu27 ", "KOIVU-27"),
        ("koivu – 27", "KOIVU-27"),
        ("kääpiö-1", "KÄÄPIÖ-1"),
        ("KOIVU-12345", None),
        ("K-27", None),
        ("KOIVUKOIVUKOI-27", None),
        ("KOIVU", None),
        ("27", None),
        ("KOI VU-27", None),
        ("hello, I am koivu-27", None),
        ("ŁOŚ-27", None),
    ],
)
def test_a_workers_code_has_one_written_form(typed: str, code: str | None) -> None:
    assert worker_code(typed) == code


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("AAAAAAAAAAAAAAAAAAAA_-", "AAAAAAAAAAAAAAAAAAAA_-"),
        ("A" * 21, None),
        ("A" * 23, None),
        ("Ä" * 22, None),
        ("A" * 22 + "\n", None),
    ],
)
def test_a_links_secret_is_22_letters_of_base64(text: str, token: str | None) -> None:
    assert link_token(text) == token
