"""Rules that hold by any path: history is append-only; who edited a version neither appraises nor recognises it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("event", "appraisal", "version_editor")

EDITED = """EXISTS (
    SELECT 1 FROM version_editor
    WHERE version_editor.version_id = {version} AND version_editor.officer_id = {officer}
)"""
APPRAISES = EDITED.format(version="NEW.version_id", officer="NEW.officer_id")
RECOGNISES = EDITED.format(version="NEW.id", officer="(SELECT signer_id FROM decision WHERE id = NEW.decision_id)")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )
    op.execute(
        f"CREATE TRIGGER appraisal_own_work BEFORE INSERT ON appraisal WHEN {APPRAISES} "
        "BEGIN SELECT RAISE(ABORT, 'own-work'); END"
    )
    op.execute(
        "CREATE TRIGGER version_own_work BEFORE UPDATE OF decision_id ON version "
        f"WHEN NEW.decision_id IS NOT NULL AND {RECOGNISES} BEGIN SELECT RAISE(ABORT, 'own-work'); END"
    )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE FUNCTION appraisal_by_editor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {APPRAISES} THEN "
        "RAISE EXCEPTION 'own-work' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE FUNCTION recognition_by_editor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {RECOGNISES} THEN "
        "RAISE EXCEPTION 'own-work' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER appraisal_own_work BEFORE INSERT ON appraisal "
        "FOR EACH ROW EXECUTE FUNCTION appraisal_by_editor()"
    )
    op.execute(
        "CREATE TRIGGER version_own_work BEFORE UPDATE OF decision_id ON version "
        "FOR EACH ROW WHEN (NEW.decision_id IS NOT NULL) EXECUTE FUNCTION recognition_by_editor()"
    )
