"""The failpoints that no scene meets, and where they are tried."""

from collections.abc import Mapping
from typing import Final

_MIGRATING: Final = "tests/faults/failpoints/test_works.py, migrating"
_READING: Final = "tests/faults/failpoints/test_works.py, reading a snapshot"
_ENDING: Final = "tests/faults/failpoints/test_works.py, ending"
_SENDING: Final = "tests/test_wire.py: what fails there is an outcome, as of any message"
_AFTER_TROUBLE: Final = "tests/storage/test_alone.py: it is come to only when something has failed before"

ELSEWHERE: Final[Mapping[str, str]] = {
    "database.connect_to_migrate.enter": _MIGRATING,
    "database.connect_to_migrate.leave": _MIGRATING,
    "database.raw_connection": _MIGRATING,
    "database.without_foreign_keys": _MIGRATING,
    "database.migrate.enter": _MIGRATING,
    "database.migrate.leave": _MIGRATING,
    "database.lock_to_migrate": _MIGRATING,
    "database.foreign_key_check": _MIGRATING,
    "database.invalidate": _MIGRATING,
    "database.connect_to_read.enter": _READING,
    "database.connect_to_read.leave": _READING,
    "database.as_snapshot": _READING,
    "database.snapshot.enter": _READING,
    "database.snapshot.leave": _READING,
    "database.lock_to_read": _READING,
    "database.reach.enter": _READING,
    "database.reach.leave": _READING,
    "database.quick_check": "tests/test_keeping.py: at the start of a program",
    "database.ask_for_fsync": "tests/test_keeping.py: at the start of a program on PostgreSQL",
    "database.dispose": _ENDING,
    "letters.leave_begins": "tests/journeys/test_settings.py: a leave of weeks ahead; it does what asking after does",
    "letters.rating_deleted": "tests/journeys/test_answering_for_somebody.py: a scene keeps what was given",
    "wire.draw_page": _SENDING,
    "wire.send_document": _SENDING,
    "writer.invalidate": _ENDING,
    "writer.close": _ENDING,
    "alone.dispose": _ENDING,
    "alone.close_shared": _ENDING,
    "alone.invalidate": _AFTER_TROUBLE,
    "alone.drop": _AFTER_TROUBLE,
    "alone.close_dropped": _AFTER_TROUBLE,
}
NOT_ON: Final[Mapping[str, frozenset[str]]] = {
    "sqlite": frozenset(
        {
            "database.connect",
            "database.begin",
            "database.execute",
            "database.hold",
            "database.commit",
            "database.close",
            "alone.answer",
            "alone.ask",
            "alone.connect",
            "alone.raw_connection",
            "alone.connection.enter",
            "alone.connection.leave",
            "alone.wait",
            "alone.leave",
        }
    ),
    "postgresql": frozenset(
        {
            "writer.connect",
            "writer.raw_connection",
            "writer.look",
            "writer.begin",
            "writer.commit",
            "writer.roll_back",
            "writer.end",
        }
    ),
}
"""What only the other database has."""
