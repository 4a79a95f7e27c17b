"""A file that only its secret opens, of any size in little memory: packed (zlib), then encrypted in pieces.

A piece is bound to its number and to the head, and only the last one is short: changed, moved, left out, cut off or
added to, the file doesn't open. It is laid out as

    head    MARK, a salt (16 bytes), a check of the key (8 bytes)
    piece   its length (4 bytes, big-endian), then AES-GCM of PIECE bytes, or fewer in the last; nonce: its number
"""

import hashlib
import hmac
import secrets
import zlib
from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.vault import Vault

MARK = b"KUULOLLA COPY 1\n"
PIECE = 2**16
_SALT, _CHECK, _TAG = 16, 8, 16
_HEAD = len(MARK) + _SALT + _CHECK


class CopyError(Exception):
    """A backup that can't be made, read or restored; one line says why."""


def write(file: BinaryIO, vault: Vault, lines: Iterable[bytes]) -> None:
    """Seal the lines, each of which ends with a newline, into the file."""
    head, cipher = _new_head(vault)
    file.write(head)
    for number, piece in enumerate(_pieces(_packed(lines))):
        hidden = cipher.encrypt(_nonce(number), piece, head)
        file.write(len(hidden).to_bytes(4, "big") + hidden)


def read(file: BinaryIO, vault: Vault) -> Iterator[bytes]:
    """The lines that were sealed into the file, one by one.

    Raises:
        CopyError: no backup, another secret, or a file that isn't as it was written. It may come after any line.
    """
    yield from _lines(_unpacked(_opened(file, *_known_head(file, vault))))


# The head


def _new_head(vault: Vault) -> tuple[bytes, AESGCM]:
    salt = secrets.token_bytes(_SALT)
    key = vault.copy_key(salt)
    return MARK + salt + _check(key), AESGCM(key)


def _known_head(file: BinaryIO, vault: Vault) -> tuple[bytes, AESGCM]:
    head = file.read(_HEAD)
    if len(head) < _HEAD or not head.startswith(MARK):
        raise CopyError("it is no backup of this program")
    key = vault.copy_key(head[len(MARK) : -_CHECK])
    if not hmac.compare_digest(_check(key), head[-_CHECK:]):
        raise CopyError("it was made with another SECRET_KEY, or its beginning is damaged")
    return head, AESGCM(key)


def _check(key: bytes) -> bytes:
    """What tells a wrong key from a damaged file, and says nothing of the key."""
    return hmac.new(key, b"kuulolla copy check", hashlib.sha256).digest()[:_CHECK]


# Pieces


def _pieces(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; the last one is shorter, or empty."""
    rest = bytearray()
    for some in stream:
        rest += some
        while len(rest) >= PIECE:
            yield bytes(rest[:PIECE])
            del rest[:PIECE]
    yield bytes(rest)


def _nonce(number: int) -> bytes:
    """Once for each key, which is another one for each file."""
    return number.to_bytes(12, "big")


def _opened(file: BinaryIO, head: bytes, cipher: AESGCM) -> Iterator[bytes]:
    for number in count():
        hidden = _next(file)
        try:
            yield cipher.decrypt(_nonce(number), hidden, head)
        except InvalidTag:
            raise CopyError("it is damaged: it isn't as it was written") from None
        if len(hidden) < PIECE + _TAG:
            break
    if file.read(1):
        raise CopyError("it is damaged: there is something after its end")


def _next(file: BinaryIO) -> bytes:
    size = int.from_bytes(file.read(4), "big")
    hidden = file.read(min(size, PIECE + _TAG))
    if size < _TAG or len(hidden) < size:
        raise CopyError("it is damaged: its end is missing, or it isn't as it was written")
    return hidden


# Packing


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj()
    for line in lines:
        yield packing.compress(line)
    yield packing.flush()


def _unpacked(stream: Iterable[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj()
    for some in stream:
        yield unpacking.decompress(some)
    yield unpacking.flush()


def _lines(stream: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for some in stream:
        *whole, rest = (rest + some).split(b"\n")
        for line in whole:
            yield line + b"\n"
