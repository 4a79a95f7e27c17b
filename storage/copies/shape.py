"""Which tables there are, of whichever release: found in the database itself, so that an older one can be read too."""

from dataclasses import dataclass

from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import JSON, Connection, MetaData, Table, inspect

from storage.copies.sealed import CopyError
from storage.migrations import NEWEST, tables_at


@dataclass(frozen=True)
class Shape:
    """The last migration that was done, and the tables, by name."""

    revision: str
    tables: tuple[Table, ...]


def of(connection: Connection) -> Shape | None:
    """None when there are no tables yet.

    Raises:
        CopyError: a newer release has made them, or somebody else.
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        if set(inspect(connection).get_table_names()) & names_at(NEWEST):
            raise CopyError("the tables of the database weren't made by `python -m bot migrate`")
        return None
    return Shape(revision, _reflected(connection, names_at(revision)))


def names_at(revision: str) -> frozenset[str]:
    """
    Raises:
        CopyError: this release doesn't know the migration.
    """
    try:
        return tables_at(revision)
    except CommandError:
        raise CopyError(f"a newer release is needed: this one doesn't know migration {revision}") from None


def _reflected(connection: Connection, names: frozenset[str]) -> tuple[Table, ...]:
    found = MetaData()
    found.reflect(connection, only=sorted(names))
    tables = [found.tables[name] for name in sorted(names)]
    for column in (column for table in tables for column in table.columns):
        if isinstance(column.type, JSON):
            column.type.none_as_null = True  # nothing stays nothing, and doesn't become the JSON word null
    return tuple(tables)
