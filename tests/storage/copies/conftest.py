"""Fixtures of the tests of backups."""

from tests.storage.copies.places import emptied

__all__ = ["emptied"]
