"""Find letters of a person or of a cause, and what hangs on a case, without reading everybody's."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"

ALWAYS_THERE = (("attachments", "rater_id"), ("drafts", "case_id"), ("ratings", "case_id"), ("sessions", "worker_id"))
MOSTLY_EMPTY = (
    ("drafts", "attachment_id"),
    ("drafts", "subject_id"),
    ("events", "subject_id"),
    ("raters", "guessed_by"),
    ("raters", "own_subject_id"),
    ("ratings", "subject_id"),
)


def upgrade() -> None:
    op.create_index("ix_letters_of_person", "letters", ["person_id", "state", "not_before"])
    op.drop_index("ix_letters_person_id", table_name="letters")
    for table, column in ALWAYS_THERE:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table, column in MOSTLY_EMPTY:
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=there, postgresql_where=there)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("letters", "key", type_=sa.String(80, collation="C"), existing_nullable=False)
