"""What belongs to the whole service: what it has loaded, and when what was done for all."""

from sqlalchemy import Column, String, Table, Text

from storage.schema.columns import ID, WORD, Moment, metadata

trajectories = Table(
    "trajectories",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("loaded_at", Moment, nullable=False),
)

packs = Table(
    "packs",
    metadata,
    Column("code", WORD, primary_key=True),
    Column("text", Text, nullable=False),
    Column("loaded_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

service = Table(
    "service",
    metadata,
    Column("name", WORD, primary_key=True),
    Column("at", Moment, nullable=False),
)
