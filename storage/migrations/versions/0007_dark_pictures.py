"""Remember on which ground pictures are looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dark_pictures", sa.Boolean(), server_default=sa.false(), nullable=False))
