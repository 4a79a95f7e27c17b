"""A table as lines of JSON, the same from SQLite and from PostgreSQL: what is equal has equal lines.

A head with the columns by name, a line for each row in the order of its key, a foot with their number and digest.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.types import TypeEngine

from storage.copies import numbers
from storage.copies.sealed import CopyError

AT_ONCE = 500
_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], str], ...]] = (
    (Boolean, "boolean"),
    (Integer, "integer"),
    (DateTime, "moment"),
    (Date, "day"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
    (String, "text"),
)


@dataclass(frozen=True)
class Part:
    """A whole table: how many rows, and the SHA-256 of their lines."""

    rows: int
    sha256: str


class _Tally:
    """Counts the lines that it is shown."""

    def __init__(self) -> None:
        self._rows, self._digest = 0, hashlib.sha256()

    def shown(self, written: bytes) -> bytes:
        self._rows += 1
        self._digest.update(written)
        return written

    @property
    def part(self) -> Part:
        return Part(self._rows, self._digest.hexdigest())


# Out


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    yield line({"table": table.name, "columns": columns(table), "last": numbers.last(connection, table)})
    tally = _Tally()
    yield from map(tally.shown, _lines(connection, table))
    yield line(asdict(tally.part))


def part(connection: Connection, table: Table) -> Part:
    """What a backup would say of the table as it is now."""
    tally = _Tally()
    for written in _lines(connection, table):
        tally.shown(written)
    return tally.part


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    kinds = columns(table).values()
    for row in _rows(connection, table):
        yield line([_told(value, kind) for value, kind in zip(row, kinds, strict=True)])


def line(thing: Any) -> bytes:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def columns(table: Table) -> dict[str, str]:
    """The kind of each column, by name.

    Raises:
        CopyError: a type that no backup has had so far; it wants a word of its own here.
    """
    return {column.name: _kind(column.type) for column in sorted(table.columns, key=lambda each: each.name)}


def _kind(type_: TypeEngine[Any]) -> str:
    for known, kind in _KINDS:
        if isinstance(type_, known):
            return kind
    raise CopyError(f"a column of type {type_!r} can't be copied yet")


def _rows(connection: Connection, table: Table) -> Iterable[Any]:
    """In the order of the key; text by its bytes, as SQLite does and PostgreSQL only when it is asked to."""
    chosen = select(*(table.columns[name] for name in columns(table)))
    by_bytes = connection.dialect.name == "postgresql"
    key = [_by_bytes(each) if by_bytes else each for each in table.primary_key]
    return connection.execute(chosen.order_by(*key), execution_options={"yield_per": AT_ONCE})


def _by_bytes(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.collate("C") if isinstance(column.type, String) else column


def _told(value: Any, kind: str) -> Any:
    match kind, value:
        case "moment", datetime():
            return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
        case "day", date():
            return value.isoformat()
        case "bytes", bytes():
            return base64.b64encode(value).decode()
    return value


# In


class Rows:
    """The rows of one table in a backup, to be taken to their end: then they are as they were, and `part` is known.

    `last` is the highest number that the table had given by itself; None where it gave none.
    """

    def __init__(self, head: Mapping[str, Any], following: Iterator[bytes]) -> None:
        self.table: str = head["table"]
        self.columns: dict[str, str] = head["columns"]
        self.last: int | None = head["last"]
        self._following = following
        self._tally = _Tally()

    @property
    def part(self) -> Part:
        return self._tally.part

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """
        Raises:
            CopyError: their number or digest isn't what the foot says.
        """
        for written in self._following:
            if not written.startswith(b"["):
                if json.loads(written) != asdict(self.part):
                    raise CopyError(f"it contradicts itself about the table {self.table}")
                return
            values = zip(self.columns.items(), json.loads(self._tally.shown(written)), strict=True)
            yield {name: _meant(value, kind) for (name, kind), value in values}


def _meant(value: Any, kind: str) -> Any:
    match kind, value:
        case "moment", str():
            return datetime.fromisoformat(value)
        case "day", str():
            return date.fromisoformat(value)
        case "bytes", str():
            return base64.b64decode(value)
    return value


def fill(connection: Connection, table: Table, rows: Rows) -> None:
    """Put the rows into the table, which is of the same release and has none.

    Raises:
        CopyError: the table has other columns.
    """
    if rows.columns != columns(table):
        raise CopyError(f"the table {table.name} has other columns now")
    following = iter(rows)
    while some := list(islice(following, AT_ONCE)):
        connection.execute(insert(table), some)
    numbers.go_on(connection, table, rows.last)
