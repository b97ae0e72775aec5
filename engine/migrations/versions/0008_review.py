"""Review of a version: remarks and suggestions, opinions, steps seen, units consulted. Opinions never change."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("element", "field", "before")),
        sa.Column("proposal", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "state")),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        key("remark", "version_id", "version"),
        key("remark", "answers", "remark"),
        key("remark", "officer_id", "officer"),
        key("remark", "settled_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_version_id", "remark", ["version_id"])
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("opinion", "reason", "sha256")),
        sa.Column("given_at", MOMENT, nullable=False),
        key("review", "version_id", "version"),
        key("review", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_version_id", "review", ["version_id"])
    op.create_table(
        "step_seen",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        key("step_seen", "version_id", "version"),
        key("step_seen", "officer_id", "officer"),
        sa.PrimaryKeyConstraint("version_id", "officer_id", "element", name=op.f("pk_step_seen")),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("version_id", "unit_id", "asked_by")),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("asked_at", "due_at")),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "sha256")),
        key("consultation", "version_id", "version"),
        key("consultation", "unit_id", "unit"),
        key("consultation", "asked_by", "officer"),
        key("consultation", "answered_by", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("version_id", "unit_id", name=op.f("uq_consultation_version_id_unit_id")),
    )
