"""Waivers: append-only; who edited a version waives nothing in it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = ("version_id", "sha256", "code", "element")
EDITED = """EXISTS (
    SELECT 1 FROM version_editor
    WHERE version_editor.version_id = NEW.version_id AND version_editor.officer_id = NEW.officer_id
)"""


def upgrade() -> None:
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_waiver_officer_id_officer")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_waiver_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint(*KEY, name=op.f("uq_waiver_" + "_".join(KEY))),
    )
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER waiver_no_{verb.lower()} BEFORE {verb} ON waiver "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
    op.execute(
        f"CREATE TRIGGER waiver_own_work BEFORE INSERT ON waiver WHEN {EDITED} "
        "BEGIN SELECT RAISE(ABORT, 'own-work'); END"
    )


def _postgresql() -> None:
    op.execute(
        f"CREATE FUNCTION waiver_by_editor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {EDITED} THEN "
        "RAISE EXCEPTION 'own-work' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER waiver_append_only BEFORE UPDATE OR DELETE ON waiver "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER waiver_own_work BEFORE INSERT ON waiver FOR EACH ROW EXECUTE FUNCTION waiver_by_editor()"
    )
