"""What is asked often, and what goes with something that is erased, is found by an index on each kind of database.

The statements are the real ones, and the plans the database's own. PostgreSQL plans by the numbers of rows, and a new
database has none: so here it reads a table through only where it has no other way.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Engine, Index, Table, UniqueConstraint, delete, event, text

import storage
from bot.domain.cases import CaseState
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from storage import Database, Transaction, schema
from storage.schema import metadata
from tests.storage.family import NOW

NEVER_DELETED = {"teams", "workers"}
"""A role ends, and its row stays."""
FEW = {"hand_overs"}
"""One row for each phone that is in somebody's hands at the moment."""
GROWING = {"alerts", "attachments", "before", "cases", "draft_items", "drafts", "events", "guessers", "letters", "mine"}
GROWING |= {"invitations", "plans", "raters", "ratings", "sessions", "subjects"}
"""Tables that have more rows each year, and what they are called in a question about two letters or raters."""
ASKED: dict[str, Callable[[Transaction], Awaitable[Any]]] = {
    "what is to be sent": lambda db: storage.outbox.claim(db, now=NOW, most=20),
    "letters of a cause": lambda db: storage.outbox.states_of(db, LetterKind.ALERT, "1"),
    "those of one person": lambda db: storage.outbox.states_of(db, LetterKind.ALERT, "1", to="aino"),
    "a person's letters about something": lambda db: storage.outbox.planned(db, LetterKind.CLOSED, "aino", {}),
    "a person's letters": lambda db: storage.backlog.of_person(db, "aino"),
    "letters about alerts": lambda db: storage.closing.letters_about(db, [1]),
    "drafts of a case": lambda db: storage.drafts.of_case(db, "case"),
    "open drafts of a case": lambda db: storage.drafts.under_way_in(db, "case"),
    "open drafts of a person": lambda db: storage.drafts.under_way(db, "aino"),
    "a person's draft": lambda db: storage.drafts.of_person(db, Person("aino", "fi"), "draft"),
    "ratings of a case": lambda db: storage.ratings.of_case(db, "case"),
    "what a person rates": lambda db: storage.cases.raters_of_person(db, "aino"),
    "cases of a worker": lambda db: storage.cases.of_worker(db, "nora", CaseState.OPEN),
    "a worker's first steps": lambda db: storage.preferences.first_steps(db, "nora"),
    "how a rater came": lambda db: storage.attachments.newest_of(db, "rater"),
}
ENDING = (schema.cases, schema.raters, schema.subjects, schema.sessions, schema.drafts, schema.persons)
"""Their rows are deleted, and with them what refers to them."""
ONLY_BY_INDEX = "; ".join(f"SET enable_{each} = off" for each in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"))
SQLITE_STEP = re.compile(r"(?:SEARCH|SCAN) (?P<name>\w+)(?: .*\((?P<by>[^()]*)\))?")


@pytest.mark.parametrize("asked", ASKED)
async def test_nothing_that_grows_is_read_through(database: Database, asked: str) -> None:
    steps = await _steps(database, ASKED[asked])
    assert steps
    assert _read_through(steps) == []


@pytest.mark.parametrize("table", ENDING, ids=lambda table: table.name)
async def test_nor_is_it_when_something_ends(database: Database, table: Table) -> None:
    steps = await _steps(database, lambda db: db.change(delete(table).where(table.c.id == "it")))
    assert steps
    assert _read_through(steps) == []


def _read_through(steps: Iterable[tuple[str, str]]) -> list[str]:
    return [name for name, by in steps if name in GROWING and not by]


async def test_what_a_letter_stands_behind_is_looked_for_among_the_persons_open_ones(database: Database) -> None:
    steps = await _steps(database, ASKED["what is to be sent"])
    (by,) = (by for name, by in steps if name == "before")
    assert all(each in by for each in ("person_id", "state", "not_before"))


async def _steps(database: Database, ask: Callable[[Transaction], Awaitable[Any]]) -> list[tuple[str, str]]:
    """What the database reads to answer, each with what an index finds it by (nothing: it is read through)."""
    said: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        said.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    async with database.transaction() as db:
        await ask(db)
    event.remove(Engine, "before_cursor_execute", note)
    async with database.engine.connect() as connection:
        return [step for each in said for step in await connection.run_sync(_explained, *each)]


def _explained(connection: Connection, statement: str, values: Any) -> list[tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        lines = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        found = [match for line in lines if "AUTOMATIC" not in line and (match := SQLITE_STEP.match(line))]
        return [(match["name"], match["by"] or "") for match in found]
    for each in ONLY_BY_INDEX.split("; "):
        connection.execute(text(each))
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    return list(_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def _scans(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "Relation Name" in node and "Scan" in node["Node Type"]:
        yield re.sub(r"_\d+$", "", node["Alias"]), node.get("Index Cond", "")
    for each in node.get("Plans", ()):
        yield from _scans(each)


def test_what_refers_to_something_that_may_be_erased_is_found_by_an_index() -> None:
    """The database looks there for what goes with it."""
    refers = [
        (table, key.parent, key.column.table.name) for table in metadata.sorted_tables for key in table.foreign_keys
    ]
    to_look_at = [(table, column) for table, column, to in refers if to not in NEVER_DELETED and table.name not in FEW]
    assert [str(column) for table, column in to_look_at if not _leads_an_index(table, column)] == []


def _leads_an_index(table: Table, column: Column[Any]) -> bool:
    unique = [each.columns for each in table.constraints if isinstance(each, UniqueConstraint)]
    whole = [each.columns for each in table.indexes if _is_of_all(each, column)]
    return any(next(iter(columns)) is column for columns in (table.primary_key.columns, *unique, *whole))


def _is_of_all(index: Index, column: Column[Any]) -> bool:
    """Of all rows, or of all that have something in the column."""
    where = index.dialect_options["sqlite"]["where"]
    return where is None or str(where) == f"{column.name} IS NOT NULL"


async def test_keys_of_letters_are_in_the_order_of_their_bytes_in_whatever_language(postgresql: Database) -> None:
    """Elsewhere `:` may count for nothing, and what begins with a word isn't found between two keys."""
    named = "SELECT collation_name FROM information_schema.columns WHERE table_name = 'letters' AND column_name = 'key'"
    async with postgresql.transaction() as db:
        assert [row.collation_name for row in await db.rows(text(named))] == ["C"]
