"""The field of work of a procedure, to find it by."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("procedure") as table:
        table.add_column(sa.Column("field_of_work", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("procedure") as table:
        table.alter_column("field_of_work", server_default=None)
