"""A case: whose it is, whom it is about, who rates in it, and what happened."""

from sqlalchemy import Boolean, Column, Date, LargeBinary, String, Table, UniqueConstraint, false, true

from storage.schema.columns import ID, WORD, Moment, found_by, metadata, refers_to

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
    Column("case_id", ID, refers_to("cases.id"), primary_key=True),
    Column("worker_id", ID, refers_to("workers.id"), primary_key=True, index=True),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

case_tags = Table(
    "case_tags",
    metadata,
    Column("case_id", ID, refers_to("cases.id"), primary_key=True),
    Column("tag_id", ID, refers_to("tags.id"), primary_key=True, index=True),
)

case_packs = Table(
    "case_packs",
    metadata,
    Column("case_id", ID, refers_to("cases.id"), primary_key=True),
    Column("code", WORD, primary_key=True),
)

case_offers = Table(
    "case_offers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("from_id", ID, refers_to("workers.id"), nullable=False),
    Column("to_id", ID, refers_to("workers.id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("answered_at", Moment),
)

subjects = Table(
    "subjects",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
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
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("band", WORD, nullable=False),
    Column("person_id", ID, refers_to("persons.id", ondelete="SET NULL"), index=True),
    Column("added_at", Moment, nullable=False),
    Column("own_subject_id", ID, refers_to("subjects.id", ondelete="SET NULL")),
    Column("guessed_by", ID, refers_to("raters.id")),
    Column("own_phone", Boolean, nullable=False, server_default=true()),
    Column("language", String(8)),
    Column("ended_at", Moment),
    UniqueConstraint("case_id", "person_id"),
    found_by("raters", "own_subject_id"),
    found_by("raters", "guessed_by"),
)

rater_subjects = Table(
    "rater_subjects",
    metadata,
    Column("rater_id", ID, refers_to("raters.id"), primary_key=True),
    Column("subject_id", ID, refers_to("subjects.id"), primary_key=True, index=True),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("rater_id", ID, refers_to("raters.id"), nullable=False, index=True),
    Column("worker_id", ID, refers_to("workers.id"), nullable=False),
    Column("band", WORD, nullable=False),
    Column("new_place", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

events = Table(
    "events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("subject_id", ID, refers_to("subjects.id", ondelete="SET NULL")),
    Column("worker_id", ID, refers_to("workers.id"), nullable=False),
    Column("kind", WORD, nullable=False),
    Column("turn", WORD, nullable=False),
    Column("in_reach", WORD),
    Column("day", Date, nullable=False),
    Column("words_sealed", LargeBinary),
    Column("noted_at", Moment, nullable=False),
    found_by("events", "subject_id"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ID, refers_to("cases.id"), nullable=False, index=True),
    Column("worker_id", ID, refers_to("workers.id"), nullable=False),
    Column("decided", WORD, nullable=False),
    Column("at", Moment, nullable=False),
)
