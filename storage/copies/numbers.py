"""The numbers that a table gives to its rows by itself: after a restore it goes on from where it had come.

A number that people have seen (an alert's) isn't given again, also when its row is deleted.
"""

from sqlalchemy import Connection, Integer, Table, func, select, text

_SQLITE_COUNTS = text("SELECT 1 FROM sqlite_master WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'")
_SQLITE_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
_SQLITE_FORGET = text("DELETE FROM sqlite_sequence WHERE name = :name")
_SQLITE_GO_ON = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")


def last(connection: Connection, table: Table) -> int | None:
    """The highest number given so far; None where the table gives none, or hasn't yet, or looks at its rows for it."""
    if connection.dialect.name == "sqlite":
        counts = connection.scalar(_SQLITE_COUNTS, {"name": table.name})
        return connection.scalar(_SQLITE_LAST, {"name": table.name}) if counts else None
    sequence = _sequence(connection, table)
    return connection.scalar(select(func.pg_sequence_last_value(func.to_regclass(sequence)))) if sequence else None


def go_on(connection: Connection, table: Table, last: int | None) -> None:
    """Give numbers after this one and after those of its rows."""
    sqlite = connection.dialect.name == "sqlite"
    sequence = None if sqlite else _sequence(connection, table)
    counts = connection.scalar(_SQLITE_COUNTS, {"name": table.name}) if sqlite else sequence
    if not counts:
        return
    highest = max(last or 0, connection.scalar(select(func.max(*table.primary_key))) or 0)
    if sequence and highest:
        connection.execute(select(func.setval(func.to_regclass(sequence), highest)))
    elif highest:
        connection.execute(_SQLITE_FORGET, {"name": table.name})
        connection.execute(_SQLITE_GO_ON, {"name": table.name, "last": highest})


def _sequence(connection: Connection, table: Table) -> str | None:
    """PostgreSQL's counter of this table, by its name."""
    key = list(table.primary_key)
    if len(key) != 1 or not isinstance(key[0].type, Integer):
        return None
    quoted = connection.dialect.identifier_preparer.format_table(table)
    sequence: str | None = connection.scalar(select(func.pg_get_serial_sequence(quoted, key[0].name)))
    return sequence
