"""Who is here: teams, everybody with a phone, workers, and how somebody comes in."""

from sqlalchemy import Boolean, Column, LargeBinary, String, Table, UniqueConstraint, false

from storage.schema.columns import ID, MARK, WORD, Moment, metadata, refers_to

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
    Column("team_id", ID, refers_to("teams.id"), nullable=False),
    Column("code", String(24), nullable=False, unique=True),
    Column("role", WORD, nullable=False),
    Column("person_id", ID, refers_to("persons.id", ondelete="SET NULL"), unique=True),
    Column("deputy_id", ID, refers_to("workers.id", ondelete="SET NULL")),
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
    Column("team_id", ID, refers_to("teams.id"), nullable=False),
    Column("name", String(40), nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("team_id", "name"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("worker_id", ID, refers_to("workers.id"), index=True),
    Column("rater_id", ID, refers_to("raters.id"), index=True),
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
