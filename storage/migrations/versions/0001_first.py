"""The tables that the house began with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("label_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("check_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_table(
        "groups",
        sa.Column("telegram_mark", sa.String(length=64), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("telegram_mark", name=op.f("pk_groups")),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("telegram_mark", sa.String(length=64), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("telegram_mark", name=op.f("uq_persons_telegram_mark")),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    op.create_table(
        "updates",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
    )
    op.create_table(
        "wrong_codes",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("telegram_mark", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_codes")),
    )
    op.create_index(op.f("ix_wrong_codes_at"), "wrong_codes", ["at"], unique=False)
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_letters_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_letters_key")),
    )
    op.create_index(op.f("ix_letters_person_id"), "letters", ["person_id"], unique=False)
    op.create_index("ix_letters_waiting", "letters", ["state", "not_before"], unique=False)
    op.create_table(
        "places",
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("about_id", sa.String(length=12), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_places_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "kind", "about_id", name=op.f("pk_places")),
    )
    op.create_table(
        "raters",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("band", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_raters_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_raters_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raters")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_raters_case_id_person_id")),
    )
    op.create_index(op.f("ix_raters_case_id"), "raters", ["case_id"], unique=False)
    op.create_index(op.f("ix_raters_person_id"), "raters", ["person_id"], unique=False)
    op.create_table(
        "subjects",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("band", sa.String(length=24), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_subjects_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subjects")),
    )
    op.create_index(op.f("ix_subjects_case_id"), "subjects", ["case_id"], unique=False)
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=True),
        sa.Column("deputy_id", sa.String(length=12), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["workers.id"], name=op.f("fk_workers_deputy_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_workers_person_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_workers_team_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
        sa.UniqueConstraint("code", name=op.f("uq_workers_code")),
        sa.UniqueConstraint("person_id", name=op.f("uq_workers_person_id")),
    )
    op.create_table(
        "case_workers",
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_workers_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["workers.id"], name=op.f("fk_case_workers_worker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "worker_id", name=op.f("pk_case_workers")),
    )
    op.create_index(op.f("ix_case_workers_worker_id"), "case_workers", ["worker_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=True),
        sa.Column("rater_id", sa.String(length=12), nullable=True),
        sa.Column("link_mark", sa.String(length=64), nullable=False),
        sa.Column("code_mark", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rater_id"], ["raters.id"], name=op.f("fk_invitations_rater_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["workers.id"], name=op.f("fk_invitations_worker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_mark", name=op.f("uq_invitations_code_mark")),
        sa.UniqueConstraint("link_mark", name=op.f("uq_invitations_link_mark")),
    )
    op.create_index(op.f("ix_invitations_rater_id"), "invitations", ["rater_id"], unique=False)
    op.create_index(op.f("ix_invitations_worker_id"), "invitations", ["worker_id"], unique=False)
    op.create_table(
        "rater_subjects",
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["rater_id"], ["raters.id"], name=op.f("fk_rater_subjects_rater_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_rater_subjects_subject_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rater_id", "subject_id", name=op.f("pk_rater_subjects")),
    )
    op.create_index(op.f("ix_rater_subjects_subject_id"), "rater_subjects", ["subject_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sessions_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name=op.f("fk_sessions_worker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_case_id"), "sessions", ["case_id"], unique=False)
    op.create_index(
        "uq_sessions_one_open",
        "sessions",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("session_id", sa.String(length=12), nullable=True),
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=12), nullable=True),
        sa.Column("instrument", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("skip_reason", sa.String(length=24), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rater_id"], ["raters.id"], name=op.f("fk_drafts_rater_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_drafts_session_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_drafts_subject_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_rater_id"), "drafts", ["rater_id"], unique=False)
    op.create_index(
        "uq_drafts_about_subject", "drafts", ["session_id", "rater_id", "subject_id", "instrument"], unique=True
    )
    op.create_index(
        "uq_drafts_own",
        "drafts",
        ["session_id", "rater_id", "instrument"],
        unique=True,
        sqlite_where=sa.text("subject_id IS NULL"),
        postgresql_where=sa.text("subject_id IS NULL"),
    )
    op.create_table(
        "session_raters",
        sa.Column("session_id", sa.String(length=12), nullable=False),
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["rater_id"], ["raters.id"], name=op.f("fk_session_raters_rater_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_session_raters_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "rater_id", name=op.f("pk_session_raters")),
    )
    op.create_index(op.f("ix_session_raters_rater_id"), "session_raters", ["rater_id"], unique=False)
    op.create_table(
        "draft_items",
        sa.Column("draft_id", sa.String(length=12), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_draft_items_score")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_items_draft_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft_id", "item", name=op.f("pk_draft_items")),
    )
    op.create_table(
        "ratings",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("draft_id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("session_id", sa.String(length=12), nullable=True),
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=12), nullable=True),
        sa.Column("instrument", sa.String(length=24), nullable=False),
        sa.Column("mode", sa.String(length=24), nullable=False),
        sa.Column("item1", sa.Integer(), nullable=False),
        sa.Column("item2", sa.Integer(), nullable=False),
        sa.Column("item3", sa.Integer(), nullable=False),
        sa.Column("item4", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("total = item1 + item2 + item3 + item4", name=op.f("ck_ratings_total")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ratings_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_ratings_draft_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rater_id"], ["raters.id"], name=op.f("fk_ratings_rater_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_ratings_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_ratings_subject_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name=op.f("fk_ratings_worker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_ratings_draft_id")),
    )
    op.create_index(op.f("ix_ratings_rater_id"), "ratings", ["rater_id"], unique=False)
    op.create_index(op.f("ix_ratings_worker_id"), "ratings", ["worker_id"], unique=False)
    op.create_index(
        "uq_ratings_about_subject", "ratings", ["session_id", "rater_id", "subject_id", "instrument"], unique=True
    )
    op.create_index(
        "uq_ratings_own",
        "ratings",
        ["session_id", "rater_id", "instrument"],
        unique=True,
        sqlite_where=sa.text("subject_id IS NULL"),
        postgresql_where=sa.text("subject_id IS NULL"),
    )
