"""Single weeks of a weekly meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    op.create_table(
        "left_out_weeks",
        sa.Column("plan_id", sa.String(length=12), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_left_out_weeks_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "week", name=op.f("pk_left_out_weeks")),
    )
