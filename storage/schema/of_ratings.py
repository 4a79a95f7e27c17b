"""Ratings: what was asked and begun, what was given, and the alerts that it raised."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Index, Integer, Table, UniqueConstraint, false, text

from storage.schema.columns import ID, WORD, Moment, found_by, metadata, refers_to


def _once_a_meeting(table: str) -> tuple[Index, Index]:
    """One rating of an instrument by a rater about a subject for a meeting; an alliance rating has no subject."""
    return (
        Index(f"uq_{table}_about_subject", "session_id", "rater_id", "subject_id", "instrument", unique=True),
        Index(
            f"uq_{table}_own",
            "session_id",
            "rater_id",
            "instrument",
            unique=True,
            sqlite_where=text("subject_id IS NULL"),
            postgresql_where=text("subject_id IS NULL"),
        ),
    )


drafts = Table(
    "drafts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("session_id", ID, refers_to("sessions.id")),
    Column("rater_id", ID, refers_to("raters.id"), nullable=False, index=True),
    Column("subject_id", ID, refers_to("subjects.id")),
    Column("instrument", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("present", Integer, nullable=False),
    Column("skip_reason", WORD),
    Column("began_at", Moment, nullable=False),
    Column("moved_at", Moment),
    Column("mode", WORD, nullable=False, server_default="buttons"),
    Column("total", Integer),
    Column("rated_on", Date),
    Column("only_worker", Boolean, nullable=False, server_default=false()),
    Column("attachment_id", ID, refers_to("attachments.id", ondelete="SET NULL")),
    Column("by_choice", Boolean, nullable=False, server_default=false()),
    found_by("drafts", "subject_id"),
    found_by("drafts", "attachment_id"),
    *_once_a_meeting("drafts"),
)

draft_items = Table(
    "draft_items",
    metadata,
    Column("draft_id", ID, refers_to("drafts.id"), primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("score", Integer, nullable=False),
    CheckConstraint("score BETWEEN 0 AND 100", name="score"),
)

_SUM_OF_ITEMS = "item1 IS NULL OR total = item1" + "".join(f" + COALESCE(item{each}, 0)" for each in range(2, 9))
"""Of a rating on paper there may be the total only."""

ratings = Table(
    "ratings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("draft_id", ID, refers_to("drafts.id"), nullable=False, unique=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, refers_to("workers.id"), nullable=False, index=True),
    Column("session_id", ID, refers_to("sessions.id")),
    Column("rater_id", ID, refers_to("raters.id"), nullable=False, index=True),
    Column("subject_id", ID, refers_to("subjects.id")),
    Column("instrument", WORD, nullable=False),
    Column("mode", WORD, nullable=False),
    *(Column(f"item{number}", Integer) for number in range(1, 9)),
    Column("total", Integer, nullable=False),
    CheckConstraint(_SUM_OF_ITEMS, name="total"),
    Column("rated_at", Moment, nullable=False),
    Column("band", WORD),
    Column("only_worker", Boolean, nullable=False, server_default=false()),
    found_by("ratings", "subject_id"),
    *_once_a_meeting("ratings"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("draft_id", ID, refers_to("drafts.id"), nullable=False),
    Column("rule", WORD, nullable=False),
    Column("level", WORD, nullable=False, server_default="alert"),
    Column("raised_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("talked_at", Moment),
    Column("later_at", Moment),
    Column("passed_to", ID, refers_to("workers.id", ondelete="SET NULL")),
    UniqueConstraint("draft_id", "rule"),
    sqlite_autoincrement=True,
)
