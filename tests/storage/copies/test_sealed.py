"""A sealed file: it opens as it was written, with its own secret, or not at all."""

import io
import secrets
from collections.abc import Iterator

import pytest

from storage import Vault
from storage.copies import CopyError
from storage.copies.sealed import MARK, PIECE, _pieces, read, write

HEAD = len(MARK) + 24
LINES = [f"{number} {secrets.token_hex(40)}\n".encode() for number in range(4000)]


def written(vault: Vault, lines: list[bytes]) -> bytes:
    file = io.BytesIO()
    write(file, vault, lines)
    return file.getvalue()


def read_back(vault: Vault, file: bytes) -> list[bytes]:
    return list(read(io.BytesIO(file), vault))


def pieces(file: bytes) -> list[bytes]:
    """The pieces of a file, each with its length before it."""
    found, at = [], HEAD
    while at < len(file):
        end = at + 4 + int.from_bytes(file[at : at + 4], "big")
        found.append(file[at:end])
        at = end
    return found


@pytest.fixture(scope="module")
def long(vault: Vault) -> bytes:
    return written(vault, LINES)


@pytest.mark.parametrize("lines", [[], [b"\n"], ["yksi ä\n".encode(), b"kaksi\n"], LINES])
def test_what_was_written_is_read(vault: Vault, lines: list[bytes]) -> None:
    assert read_back(vault, written(vault, lines)) == lines


def test_the_last_piece_is_the_only_short_one_also_when_the_rest_comes_out_even() -> None:
    sizes = {size: [len(piece) for piece in _pieces([b"x" * size])] for size in (0, PIECE - 1, PIECE, 2 * PIECE + 1)}
    assert sizes == {0: [0], PIECE - 1: [PIECE - 1], PIECE: [PIECE, 0], 2 * PIECE + 1: [PIECE, PIECE, 1]}


def test_two_files_of_the_same_have_nothing_in_common(vault: Vault) -> None:
    one, other = (written(vault, [b"the same\n"]) for _ in range(2))
    assert one[len(MARK) :] != other[len(MARK) :]
    assert pieces(one) != pieces(other)


def test_nothing_of_it_can_be_read_without_the_secret(long: bytes) -> None:
    assert not any(line[5:20] in long for line in LINES)


def test_another_secret_is_told_from_a_damaged_file(long: bytes) -> None:
    with pytest.raises(CopyError, match="another SECRET_KEY"):
        read_back(Vault("another secret"), long)


@pytest.mark.parametrize("file", [b"", b"SQLite format 3\0" * 10, MARK, MARK + b"short"])
def test_something_else_is_not_taken_for_a_backup(vault: Vault, file: bytes) -> None:
    with pytest.raises(CopyError, match="no backup of this program"):
        read_back(vault, file)


def test_every_changed_byte_is_noticed(vault: Vault) -> None:
    file = written(vault, [b"a line\n"])
    for place in range(len(file)):
        changed = bytearray(file)
        changed[place] ^= 1
        with pytest.raises(CopyError):
            read_back(vault, bytes(changed))


def test_every_missing_end_is_noticed(vault: Vault) -> None:
    file = written(vault, [b"a line\n"])
    for length in range(len(file)):
        with pytest.raises(CopyError):
            read_back(vault, file[:length])


def changed_orders(long: bytes) -> Iterator[list[bytes]]:
    """Swapped, left out, twice, without the last, without the first, nothing, the last alone, more after the end."""
    first, second, third, *others = pieces(long)
    yield [second, first, third, *others]
    yield [first, third, *others]
    yield [first, first, second, third, *others]
    yield [first, second, third, *others[:-1]]
    yield [second, third, *others]
    yield []
    yield others[-1:]
    yield [first, second, third, *others, others[-1]]


def test_pieces_in_another_order_are_noticed(vault: Vault, long: bytes) -> None:
    assert len(pieces(long)) > 3
    for order in changed_orders(long):
        with pytest.raises(CopyError):
            read_back(vault, long[:HEAD] + b"".join(order))


def test_pieces_of_another_file_are_noticed(vault: Vault, long: bytes) -> None:
    other = pieces(written(vault, LINES))
    with pytest.raises(CopyError):
        read_back(vault, long[:HEAD] + b"".join([*pieces(long)[:1], *other[1:]]))
