"""The dictionary of what versions name, and which procedures are examples to learn with."""

import sqlalchemy as sa
from alembic import op

from bpmn.folding import search_key
from bpmn.terms import terms_of

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    term = op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "text", "key")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_term_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    fill(op.get_bind(), term)
    op.create_index("ix_term_version_id", "term", ["version_id"])
    op.create_index("ix_term_kind", "term", ["kind", "key"])
    with op.batch_alter_table("procedure") as table:
        table.add_column(sa.Column("example", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("procedure") as table:
        table.alter_column("example", server_default=None)


def fill(bind: sa.Connection, term: sa.Table) -> None:
    """Read the terms of the versions that are there, one version at a time."""
    for (version,) in bind.execute(sa.text("SELECT id FROM version ORDER BY id")).all():
        source = bind.execute(sa.text("SELECT source FROM version WHERE id = :id"), {"id": version}).scalar_one()
        rows = [
            {"version_id": version, "kind": str(kind), "text": text, "key": search_key(text)}
            for kind, texts in terms_of(source.encode()).items()
            for text in sorted(texts)
        ]
        if rows:
            bind.execute(sa.insert(term), rows)
