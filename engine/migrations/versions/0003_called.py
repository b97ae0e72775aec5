"""A definition keeps the versions of the procedures that it calls."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("definition") as table:
        table.add_column(sa.Column("called", sa.JSON(), nullable=False, server_default="{}"))
