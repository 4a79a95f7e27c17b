"""Foreign keys while rows go in, table by table: they are looked at when everything is there, all at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage.copies.sealed import CopyError

_ALL = text(
    "SELECT conrelid::regclass::text AS of_table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS words"
    " FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
)


@contextmanager
def put_aside(connection: Connection) -> Iterator[None]:
    """PostgreSQL's are taken off and put on again, which looks at every row; SQLite's are off in a migration anyway.

    Raises:
        CopyError: rows refer to others that aren't there.
    """
    references = () if connection.dialect.name == "sqlite" else connection.execute(_ALL).all()
    for each in references:
        connection.exec_driver_sql(f"ALTER TABLE {each.of_table} DROP CONSTRAINT {each.name}")
    yield
    try:
        for each in references:
            connection.exec_driver_sql(f"ALTER TABLE {each.of_table} ADD CONSTRAINT {each.name} {each.words}")
    except IntegrityError:
        raise CopyError("rows refer to others that aren't there") from None
    must_hold(connection)


def must_hold(connection: Connection) -> None:
    """On PostgreSQL they do at any time.

    Raises:
        CopyError: rows refer to others that aren't there.
    """
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise CopyError("rows refer to others that aren't there")
