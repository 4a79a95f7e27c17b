"""What a backup says, in lines of JSON: when and at which migration it was made, and each table. How it is read."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.copies import rows
from storage.copies.rows import Part, Rows
from storage.copies.sealed import CopyError
from storage.copies.shape import Shape


@dataclass(frozen=True)
class Head:
    made_at: datetime
    revision: str


@dataclass(frozen=True)
class Contents:
    """A backup that was read to its end, and is as it was written."""

    head: Head
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts.values())


def lines(connection: Connection, shape: Shape, *, now: datetime) -> Iterator[bytes]:
    """Everything that is in the database."""
    yield rows.line({"made_at": now.isoformat(), "revision": shape.revision})
    for table in shape.tables:
        yield from rows.lines(connection, table)
    yield rows.line({"tables": len(shape.tables)})


def read_head(written: Iterator[bytes]) -> Head:
    head = json.loads(next(written))
    return Head(datetime.fromisoformat(head["made_at"]), head["revision"])


def read_parts(written: Iterator[bytes], take: Callable[[Rows], None]) -> Mapping[str, Part]:
    """Give each table's rows to `take`, which takes them all; then what was there, by table.

    Raises:
        CopyError: it isn't as it was written.
    """
    parts: dict[str, Part] = {}
    while "table" in (said := json.loads(next(written))):
        table = Rows(said, written)
        take(table)
        parts[table.table] = table.part
    if said != {"tables": len(parts)} or next(written, None) is not None:
        raise CopyError("it contradicts itself about its tables")
    return parts
