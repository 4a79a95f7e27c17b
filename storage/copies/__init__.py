"""Backups: everything that is kept, in one sealed file that is the same from SQLite and from PostgreSQL."""

from storage.copies.contents import Contents
from storage.copies.restoring import Drilled, drill, restore
from storage.copies.sealed import CopyError
from storage.copies.writing import back_up

__all__ = ["Contents", "CopyError", "Drilled", "back_up", "drill", "restore"]
