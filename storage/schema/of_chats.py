"""In and out: updates, letters, and what stands in chats and on a lent phone."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, Table, false

from storage.schema.columns import BY_BYTES, ID, MARK, WORD, Moment, metadata, refers_to

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
    Column("key", BY_BYTES, nullable=False, unique=True),
    Column("person_id", ID, refers_to("persons.id"), nullable=False),
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
    Index("ix_letters_of_person", "person_id", "state", "not_before"),
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
    Column("person_id", ID, refers_to("persons.id"), primary_key=True),
    Column("kind", WORD, primary_key=True),
    Column("about_id", ID, primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("shows", WORD, nullable=False, server_default="trend"),
)

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("person_id", ID, refers_to("persons.id"), primary_key=True),
    Column("rater_id", ID, refers_to("raters.id", ondelete="SET NULL")),
    Column("session_id", ID, refers_to("sessions.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("barred_until", Moment),
)

traces = Table(
    "traces",
    metadata,
    Column("person_id", ID, refers_to("persons.id"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("pictured", Boolean, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
