"""All tables on one page. Ids are random, times UTC, scores mm; what ties a row to a person is sealed or marked."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

ID = String(12)
WORD = String(24)
MARK = String(64)


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


def _refers_to(column: str, *, ondelete: str = "CASCADE") -> ForeignKey:
    return ForeignKey(column, ondelete=ondelete)


# People

teams = Table(
    "teams", metadata, Column("id", ID, primary_key=True), Column("name", String(64), nullable=False, unique=True)
)

persons = Table(
    "persons",
    metadata,
    Column("id", ID, primary_key=True),
    Column("telegram_mark", MARK, nullable=False, unique=True),
    Column("chat_sealed", LargeBinary, nullable=False),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False),
    Column("met_at", Moment, nullable=False),
    Column("gone_at", Moment),
    Column("held_until", Moment),
    Column("dark_pictures", Boolean, nullable=False, server_default=false()),
)

workers = Table(
    "workers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("team_id", ID, _refers_to("teams.id"), nullable=False),
    Column("code", String(24), nullable=False, unique=True),
    Column("role", WORD, nullable=False),
    Column("person_id", ID, _refers_to("persons.id", ondelete="SET NULL"), unique=True),
    Column("deputy_id", ID, _refers_to("workers.id", ondelete="SET NULL")),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("pin_mark", MARK),
    Column("away_since", Moment),
    Column("away_until", Moment),
    Column("leaves_at", Moment),
    Column("quiet_begins", String(5)),
    Column("quiet_ends", String(5)),
    Column("welcomed_at", Moment),
)

tags = Table(
    "tags",
    metadata,
    Column("id", ID, primary_key=True),
    Column("team_id", ID, _refers_to("teams.id"), nullable=False),
    Column("name", String(40), nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("team_id", "name"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("worker_id", ID, _refers_to("workers.id"), index=True),
    Column("rater_id", ID, _refers_to("raters.id"), index=True),
    Column("link_mark", MARK, nullable=False, unique=True),
    Column("code_mark", MARK, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("withdrawn_at", Moment),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("telegram_mark", MARK, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

# Cases

cases = Table(
    "cases",
    metadata,
    Column("id", ID, primary_key=True),
    Column("state", WORD, nullable=False),
    Column("label_sealed", LargeBinary, nullable=False),
    Column("check_sealed", LargeBinary),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("ending", WORD),
)

case_workers = Table(
    "case_workers",
    metadata,
    Column("case_id", ID, _refers_to("cases.id"), primary_key=True),
    Column("worker_id", ID, _refers_to("workers.id"), primary_key=True, index=True),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

case_tags = Table(
    "case_tags",
    metadata,
    Column("case_id", ID, _refers_to("cases.id"), primary_key=True),
    Column("tag_id", ID, _refers_to("tags.id"), primary_key=True, index=True),
)

case_packs = Table(
    "case_packs",
    metadata,
    Column("case_id", ID, _refers_to("cases.id"), primary_key=True),
    Column("code", WORD, primary_key=True),
)

case_offers = Table(
    "case_offers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("from_id", ID, _refers_to("workers.id"), nullable=False),
    Column("to_id", ID, _refers_to("workers.id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("answered_at", Moment),
)

subjects = Table(
    "subjects",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("band", WORD, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("born_sealed", LargeBinary),
    Column("band_known_at", Moment),
    Column("asked_as_child", Boolean, nullable=False, server_default=false()),
)

raters = Table(
    "raters",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("band", WORD, nullable=False),
    Column("person_id", ID, _refers_to("persons.id", ondelete="SET NULL"), index=True),
    Column("added_at", Moment, nullable=False),
    Column("own_subject_id", ID, _refers_to("subjects.id", ondelete="SET NULL")),
    Column("guessed_by", ID, _refers_to("raters.id")),
    Column("own_phone", Boolean, nullable=False, server_default=true()),
    Column("language", String(8)),
    Column("ended_at", Moment),
    UniqueConstraint("case_id", "person_id"),
)

rater_subjects = Table(
    "rater_subjects",
    metadata,
    Column("rater_id", ID, _refers_to("raters.id"), primary_key=True),
    Column("subject_id", ID, _refers_to("subjects.id"), primary_key=True, index=True),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("rater_id", ID, _refers_to("raters.id"), nullable=False),
    Column("worker_id", ID, _refers_to("workers.id"), nullable=False),
    Column("band", WORD, nullable=False),
    Column("new_place", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

events = Table(
    "events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("subject_id", ID, _refers_to("subjects.id", ondelete="SET NULL")),
    Column("worker_id", ID, _refers_to("workers.id"), nullable=False),
    Column("kind", WORD, nullable=False),
    Column("turn", WORD, nullable=False),
    Column("in_reach", WORD),
    Column("day", Date, nullable=False),
    Column("words_sealed", LargeBinary),
    Column("noted_at", Moment, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, _refers_to("workers.id"), nullable=False),
    Column("decided", WORD, nullable=False),
    Column("at", Moment, nullable=False),
)

# Meetings

plans = Table(
    "plans",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, _refers_to("workers.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("weekly", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

plan_raters = Table(
    "plan_raters",
    metadata,
    Column("plan_id", ID, _refers_to("plans.id"), primary_key=True),
    Column("rater_id", ID, _refers_to("raters.id"), primary_key=True, index=True),
)

left_out_weeks = Table(
    "left_out_weeks",
    metadata,
    Column("plan_id", ID, _refers_to("plans.id"), primary_key=True),
    Column("week", Date, primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, _refers_to("workers.id"), nullable=False),
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
    Column("session_id", ID, _refers_to("sessions.id"), primary_key=True),
    Column("rater_id", ID, _refers_to("raters.id"), primary_key=True, index=True),
)

# Ratings


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
    Column("case_id", ID, _refers_to("cases.id"), nullable=False),
    Column("session_id", ID, _refers_to("sessions.id")),
    Column("rater_id", ID, _refers_to("raters.id"), nullable=False, index=True),
    Column("subject_id", ID, _refers_to("subjects.id")),
    Column("instrument", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("present", Integer, nullable=False),
    Column("skip_reason", WORD),
    Column("began_at", Moment, nullable=False),
    Column("mode", WORD, nullable=False, server_default="buttons"),
    Column("total", Integer),
    Column("rated_on", Date),
    Column("only_worker", Boolean, nullable=False, server_default=false()),
    Column("attachment_id", ID, _refers_to("attachments.id", ondelete="SET NULL")),
    *_once_a_meeting("drafts"),
)

draft_items = Table(
    "draft_items",
    metadata,
    Column("draft_id", ID, _refers_to("drafts.id"), primary_key=True),
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
    Column("draft_id", ID, _refers_to("drafts.id"), nullable=False, unique=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False),
    Column("worker_id", ID, _refers_to("workers.id"), nullable=False, index=True),
    Column("session_id", ID, _refers_to("sessions.id")),
    Column("rater_id", ID, _refers_to("raters.id"), nullable=False, index=True),
    Column("subject_id", ID, _refers_to("subjects.id")),
    Column("instrument", WORD, nullable=False),
    Column("mode", WORD, nullable=False),
    *(Column(f"item{number}", Integer) for number in range(1, 9)),
    Column("total", Integer, nullable=False),
    CheckConstraint(_SUM_OF_ITEMS, name="total"),
    Column("rated_at", Moment, nullable=False),
    Column("band", WORD),
    Column("only_worker", Boolean, nullable=False, server_default=false()),
    *_once_a_meeting("ratings"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ID, _refers_to("cases.id"), nullable=False, index=True),
    Column("draft_id", ID, _refers_to("drafts.id"), nullable=False),
    Column("rule", WORD, nullable=False),
    Column("level", WORD, nullable=False, server_default="alert"),
    Column("raised_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("talked_at", Moment),
    Column("later_at", Moment),
    Column("passed_to", ID, _refers_to("workers.id", ondelete="SET NULL")),
    UniqueConstraint("draft_id", "rule"),
    sqlite_autoincrement=True,
)

# What a service has loaded

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

# In and out

updates = Table(
    "updates",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", Moment, nullable=False),
    Column("parked", Boolean, nullable=False),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("person_id", ID, _refers_to("persons.id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("about", JSON, nullable=False),
    Column("priority", Integer, nullable=False, server_default="1"),
    Column("state", WORD, nullable=False),
    Column("outcome", WORD),
    Column("unsure", Boolean, nullable=False, server_default=false()),
    Column("made_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("planned_for", Moment),
    Column("lease", ID),
    Column("leased_until", Moment),
    Column("tries", Integer, nullable=False),
    Column("sent_at", Moment),
    Index("ix_letters_waiting", "state", "not_before"),
)

service = Table(
    "service",
    metadata,
    Column("name", WORD, primary_key=True),
    Column("at", Moment, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("telegram_mark", MARK, primary_key=True),
    Column("told_at", Moment, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("person_id", ID, _refers_to("persons.id"), primary_key=True),
    Column("kind", WORD, primary_key=True),
    Column("about_id", ID, primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("shows", WORD, nullable=False, server_default="trend"),
)

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("person_id", ID, _refers_to("persons.id"), primary_key=True),
    Column("rater_id", ID, _refers_to("raters.id", ondelete="SET NULL")),
    Column("session_id", ID, _refers_to("sessions.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("barred_until", Moment),
)

traces = Table(
    "traces",
    metadata,
    Column("person_id", ID, _refers_to("persons.id"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("pictured", Boolean, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

# Who did what

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
