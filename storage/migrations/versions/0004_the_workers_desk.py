"""The worker's desk: who answers how, what is planned, noted, shared and closed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"

SUM_OF_ITEMS = "item1 IS NULL OR total = item1" + "".join(f" + COALESCE(item{each}, 0)" for each in range(2, 9))


def upgrade() -> None:
    _new_tables()
    _new_columns()
    _fill()


def _new_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=True),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=True),
        sa.Column("about_id", sa.String(length=12), nullable=True),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_case_id"), ["case_id"], unique=False)

    op.create_table(
        "packs",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_packs")),
    )
    op.create_table(
        "case_packs",
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_packs_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "code", name=op.f("pk_case_packs")),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_tags_team_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("team_id", "name", name=op.f("uq_tags_team_id_name")),
    )
    op.create_table(
        "traces",
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("pictured", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_traces_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "message_id", name=op.f("pk_traces")),
    )
    with op.batch_alter_table("traces", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_traces_at"), ["at"], unique=False)

    op.create_table(
        "case_offers",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("from_id", sa.String(length=12), nullable=False),
        sa.Column("to_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_offers_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_id"], ["workers.id"], name=op.f("fk_case_offers_from_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["to_id"], ["workers.id"], name=op.f("fk_case_offers_to_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_offers")),
    )
    with op.batch_alter_table("case_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_offers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_offers_to_id"), ["to_id"], unique=False)

    op.create_table(
        "case_tags",
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("tag_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_tags_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_case_tags_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "tag_id", name=op.f("pk_case_tags")),
    )
    with op.batch_alter_table("case_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_tags_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=12), nullable=True),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("turn", sa.String(length=24), nullable=False),
        sa.Column("in_reach", sa.String(length=24), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_events_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_events_subject_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name=op.f("fk_events_worker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_case_id"), ["case_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plans_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name=op.f("fk_plans_worker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_case_id"), ["case_id"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("decided", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reviews_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name=op.f("fk_reviews_worker_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_case_id"), ["case_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=12), nullable=False),
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.Column("worker_id", sa.String(length=12), nullable=False),
        sa.Column("band", sa.String(length=24), nullable=False),
        sa.Column("new_place", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rater_id"], ["raters.id"], name=op.f("fk_attachments_rater_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["workers.id"], name=op.f("fk_attachments_worker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_case_id"), ["case_id"], unique=False)

    op.create_table(
        "hand_overs",
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.Column("session_id", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("barred_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_hand_overs_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rater_id"], ["raters.id"], name=op.f("fk_hand_overs_rater_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_hand_overs_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_hand_overs")),
    )
    op.create_table(
        "plan_raters",
        sa.Column("plan_id", sa.String(length=12), nullable=False),
        sa.Column("rater_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_raters_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rater_id"], ["raters.id"], name=op.f("fk_plan_raters_rater_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "rater_id", name=op.f("pk_plan_raters")),
    )
    with op.batch_alter_table("plan_raters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_raters_rater_id"), ["rater_id"], unique=False)


def _new_columns() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ending", sa.String(length=24), nullable=True))

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mode", sa.String(length=24), server_default="buttons", nullable=False))
        batch_op.add_column(sa.Column("total", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rated_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("only_worker", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("attachment_id", sa.String(length=12), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_drafts_attachment_id"), "attachments", ["attachment_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("raters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_subject_id", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("guessed_by", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("own_phone", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("language", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_raters_guessed_by"), "raters", ["guessed_by"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_raters_own_subject_id"), "subjects", ["own_subject_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("item5", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("item6", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("item7", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("item8", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("band", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("only_worker", sa.Boolean(), server_default=sa.false(), nullable=False))
        for item in ("item1", "item2", "item3", "item4"):
            batch_op.alter_column(item, existing_type=sa.Integer(), nullable=True)
        if op.get_context().dialect.name == "postgresql":
            batch_op.drop_constraint(batch_op.f("ck_ratings_total"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_ratings_total"), SUM_OF_ITEMS)

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_id", sa.String(length=12), nullable=True))
        batch_op.create_index(batch_op.f("ix_sessions_group_id"), ["group_id"], unique=False)

    with op.batch_alter_table("subjects", schema=None) as batch_op:
        batch_op.add_column(sa.Column("born_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("band_known_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("workers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pin_mark", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("away_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("away_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("quiet_begins", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("quiet_ends", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True))


def _fill() -> None:
    """A rating is about somebody of the age they have now."""
    raters = _table("raters", "id", "band")
    subjects = _table("subjects", "id", "band", "added_at", "band_known_at")
    op.execute(subjects.update().values(band_known_at=subjects.c.added_at))
    ratings = _table("ratings", "rater_id", "subject_id", "band")
    of_subject = sa.select(subjects.c.band).where(subjects.c.id == ratings.c.subject_id).scalar_subquery()
    of_rater = sa.select(raters.c.band).where(raters.c.id == ratings.c.rater_id).scalar_subquery()
    op.execute(ratings.update().values(band=sa.func.coalesce(of_subject, of_rater)))


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) for each in columns))
