"""Alerts that are talked about, put off and passed on; loaded trajectories."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.create_table(
        "trajectories",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trajectories")),
    )
    with op.batch_alter_table("alerts", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("level", sa.String(length=24), server_default="alert", nullable=False))
        batch_op.add_column(sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("later_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("passed_to", sa.String(length=12), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_alerts_passed_to"), "workers", ["passed_to"], ["id"], ondelete="SET NULL"
        )
