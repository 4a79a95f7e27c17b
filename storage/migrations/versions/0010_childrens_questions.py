"""The children's questions, chosen for somebody older."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    with op.batch_alter_table("subjects", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_as_child", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_choice", sa.Boolean(), server_default=sa.false(), nullable=False))
