"""Meetings: planned, going on and over, and who is in them."""

from sqlalchemy import Boolean, Column, Date, Index, Table, text

from storage.schema.columns import ID, WORD, Moment, metadata, refers_to

plans = Table(
    "plans",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, refers_to("workers.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("weekly", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

plan_raters = Table(
    "plan_raters",
    metadata,
    Column("plan_id", ID, refers_to("plans.id"), primary_key=True),
    Column("rater_id", ID, refers_to("raters.id"), primary_key=True, index=True),
)

left_out_weeks = Table(
    "left_out_weeks",
    metadata,
    Column("plan_id", ID, refers_to("plans.id"), primary_key=True),
    Column("week", Date, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, refers_to("workers.id"), nullable=False, index=True),
    Column("state", WORD, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("group_id", ID, index=True),
    Index(
        "uq_sessions_one_open",
        "case_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

session_raters = Table(
    "session_raters",
    metadata,
    Column("session_id", ID, refers_to("sessions.id"), primary_key=True),
    Column("rater_id", ID, refers_to("raters.id"), primary_key=True, index=True),
)
