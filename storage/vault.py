"""What must not stand in clear in the database: sealed (AES-GCM) to be read again, or marked (HMAC) to be found again.

Both keys are derived from the one secret of the settings, which lives apart from the database. A sealed value carries
the id of its key, and is bound to its row: moved to another row it doesn't open.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_ID = b"\x01"
NONCE_BYTES = 12
_HEAD_BYTES = len(KEY_ID) + NONCE_BYTES


class Vault:
    """Seals and marks with keys derived from `secret`."""

    def __init__(self, secret: str) -> None:
        self._marking = _derived(secret, b"kuulolla mark 1")
        self._sealing = AESGCM(_derived(secret, b"kuulolla seal 1"))
        self._copying = _derived(secret, b"kuulolla copy 1")

    def mark(self, kind: str, value: str) -> str:
        """Keyed hash, 64 hexadecimal digits: the same for the same kind and value, and says nothing of the value."""
        return hmac.new(self._marking, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str, *, row: str) -> bytes:
        """Encrypt a text for one row: key id, nonce, then ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return KEY_ID + nonce + self._sealing.encrypt(nonce, text.encode(), _bound(KEY_ID, row))

    def unseal(self, sealed: bytes, *, row: str) -> str:
        """Read what `seal` wrote for this row.

        Raises:
            cryptography.exceptions.InvalidTag: another row, another key, or bytes that are changed or missing.
        """
        key_id, nonce, hidden = sealed[:1], sealed[1:_HEAD_BYTES], sealed[_HEAD_BYTES:]
        if len(sealed) < _HEAD_BYTES:
            raise InvalidTag
        return self._sealing.decrypt(nonce, hidden, _bound(key_id, row)).decode()

    def copy_key(self, salt: bytes) -> bytes:
        """The key of one backup, 32 bytes: another for each salt, so that its pieces may be numbered from nought."""
        return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"kuulolla copy 1").derive(self._copying)


def _bound(key_id: bytes, row: str) -> bytes:
    return key_id + row.encode()


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
