"""Keep a phone shut whose rater was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    with op.batch_alter_table("hand_overs", schema=None) as batch_op:
        batch_op.alter_column("rater_id", existing_type=sa.VARCHAR(length=12), nullable=True)
        batch_op.alter_column("session_id", existing_type=sa.VARCHAR(length=12), nullable=True)
        batch_op.drop_constraint(batch_op.f("fk_hand_overs_session_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_hand_overs_rater_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_hand_overs_session_id"), "sessions", ["session_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_hand_overs_rater_id"), "raters", ["rater_id"], ["id"], ondelete="SET NULL"
        )
