"""A save of a draft is known by a key of the page that sent it, so that it is made once."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft_change", sa.Column("key", sa.Text(), nullable=True))
    op.create_index("ix_draft_change_key", "draft_change", ["version_id", "key"], unique=True)
