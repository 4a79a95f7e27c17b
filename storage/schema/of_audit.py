"""Who did what, as a chain for each case."""

from sqlalchemy import Column, Integer, Table

from storage.schema.columns import ID, MARK, WORD, Moment, metadata

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("worker_id", ID),
    Column("act", WORD, nullable=False),
    Column("case_id", ID, index=True),
    Column("about_id", ID),
    Column("chain", MARK, nullable=False),
    sqlite_autoincrement=True,
)
