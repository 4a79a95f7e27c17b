"""Remember how a worker looks at a meeting's pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shows", sa.String(length=24), server_default="trend", nullable=False))
