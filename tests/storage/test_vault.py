"""What is sealed opens only in its place, and what is marked says nothing."""

import hashlib
import hmac

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import KEY_ID, Vault

SECRET = "a secret that only tests know"


@given(st.text(), st.text())
def test_what_is_sealed_is_read_again_in_its_row(text: str, row: str) -> None:
    vault = Vault(SECRET)
    assert vault.unseal(vault.seal(text, row=row), row=row) == text


def test_what_is_sealed_opens_after_a_restart() -> None:
    assert Vault(SECRET).unseal(Vault(SECRET).seal("4711", row="persons aino"), row="persons aino") == "4711"


def test_moved_to_another_row_it_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("4711", row="persons aino")
    with pytest.raises(InvalidTag):
        vault.unseal(sealed, row="persons bo")


def test_under_another_secret_it_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("4711", row="persons aino")
    with pytest.raises(InvalidTag):
        Vault("another secret").unseal(sealed, row="persons aino")


def test_with_any_bit_changed_it_does_not_open(vault: Vault) -> None:
    sealed = vault.seal("4711", row="persons aino")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(InvalidTag):
            vault.unseal(bytes(changed), row="persons aino")


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28])
def test_cut_short_it_does_not_open(vault: Vault, length: int) -> None:
    sealed = vault.seal("4711", row="persons aino")
    with pytest.raises(InvalidTag):
        vault.unseal(sealed[:length], row="persons aino")


def test_sealed_twice_it_looks_different_and_says_nothing(vault: Vault) -> None:
    one, two = (vault.seal("4711", row="persons aino") for _ in range(2))
    assert (one != two, b"4711" in one + two) == (True, False)


def test_what_is_sealed_carries_the_id_of_its_key(vault: Vault) -> None:
    assert vault.seal("4711", row="persons aino")[:1] == KEY_ID


def test_a_mark_is_the_same_each_time_and_after_a_restart() -> None:
    assert Vault(SECRET).mark("telegram", "4711") == Vault(SECRET).mark("telegram", "4711")


def test_a_mark_fits_its_column_and_says_nothing(vault: Vault) -> None:
    mark = vault.mark("telegram", "4711")
    assert (len(mark), set(mark) <= set("0123456789abcdef"), "4711" in mark) == (64, True, False)


def test_marks_differ_by_kind_by_value_and_by_secret(vault: Vault) -> None:
    marks = {
        vault.mark("telegram", "4711"),
        vault.mark("link", "4711"),
        vault.mark("telegram", "4712"),
        vault.mark("telegram4711", ""),
        vault.mark("tele", "gram4711"),
        Vault("another secret").mark("telegram", "4711"),
    }
    assert len(marks) == 6


def test_a_secret_is_not_used_as_it_stands() -> None:
    bare = hmac.new(SECRET.encode(), b"telegram\x004711", hashlib.sha256).hexdigest()
    assert Vault(SECRET).mark("telegram", "4711") != bare
