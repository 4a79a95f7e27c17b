"""What all tables are made of. A moment is aware and in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, MetaData, String, TypeDecorator, text

ID = String(12)
WORD = String(24)
MARK = String(64)
BY_BYTES = String(80).with_variant(String(80, collation="C"), "postgresql")
"""Text that is compared by its bytes, whatever the database's language: so an index finds what begins with a word."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no zones and gets it without."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def refers_to(column: str, *, ondelete: str = "CASCADE") -> ForeignKey:
    return ForeignKey(column, ondelete=ondelete)


def found_by(table: str, column: str) -> Index:
    """For a column that is mostly empty. What is empty isn't in it, so it never looks like the short way to that."""
    there = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=there, postgresql_where=there)
