"""Calendars of units with what was known when; pauses of a case's clock; who was told of lateness."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

KNOWN = sa.text("dropped_id IS NULL")
UNFINISHED = sa.text("finished_at IS NULL")
OVERDUE = sa.text("state = 'open' AND escalated_at IS NOT NULL")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _loads()
    _days()
    _hours_and_rules()
    _pauses()
    _columns()


def _loads() -> None:
    op.create_table(
        "calendar_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("loaded_by", sa.Integer(), nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("last_instance_id", sa.Integer(), nullable=False),
        sa.Column("done_instance_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_load")),
    )
    op.create_index(
        "ix_calendar_load_open", "calendar_load", ["id"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )
    op.add_column("calendar_year", sa.Column("load_id", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "INSERT INTO calendar_load (document, loaded_by, loaded_at, last_instance_id, done_instance_id, changed, "
        "finished_at) SELECT '', 0, MIN(loaded_at), 0, 0, 0, MIN(loaded_at) FROM calendar_year HAVING COUNT(*) > 0"
    )
    op.execute("UPDATE calendar_year SET load_id = (SELECT MIN(id) FROM calendar_load)")


def _days() -> None:
    """Give every day a unit, a source and the load that it is known from; the old days are the first load's."""
    days = sa.table("calendar_day", sa.column("day", sa.Date), sa.column("working", sa.Boolean), sa.column("name"))
    old = op.get_bind().execute(sa.select(days.c.day, days.c.working, days.c.name)).all()
    op.drop_table("calendar_day")
    new = op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Date(), nullable=True),
        *_dated("calendar_day"),
    )
    op.create_index(
        "ix_calendar_day_known",
        "calendar_day",
        ["unit_code", "day"],
        unique=True,
        sqlite_where=KNOWN,
        postgresql_where=KNOWN,
    )
    if old:
        rows = [{"unit_code": "", "day": d, "working": w, "name": n, "source": "", "load_id": 1} for d, w, n in old]
        op.bulk_insert(new, rows)


def _hours_and_rules() -> None:
    op.create_table(
        "calendar_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("sessions", sa.JSON(), nullable=False),
        *_dated("calendar_hours"),
    )
    op.create_table(
        "calendar_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("leadership_days", sa.Integer(), nullable=False),
        *_dated("calendar_rule"),
    )


def _dated(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("dropped_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["load_id"], ["calendar_load.id"], name=op.f(f"fk_{table}_load_id_calendar_load")),
        sa.ForeignKeyConstraint(
            ["dropped_id"], ["calendar_load.id"], name=op.f(f"fk_{table}_dropped_id_calendar_load")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _pauses() -> None:
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_pause_instance_id_instance")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_pause_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_instance_id"), "pause", ["instance_id"])


def _columns() -> None:
    op.add_column("instance", sa.Column("clock", sa.Text(), nullable=False, server_default="running"))
    op.add_column("instance", sa.Column("clock_element", sa.Text(), nullable=True))
    op.add_column("instance", sa.Column("paused_minutes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("instance", sa.Column("extended_at", MOMENT, nullable=True))
    op.add_column("instance", sa.Column("extended_to", MOMENT, nullable=True))
    op.add_column("task", sa.Column("paused_at", MOMENT, nullable=True))
    op.add_column("task", sa.Column("escalated_at", MOMENT, nullable=True))
    op.add_column("task", sa.Column("leadership_at", MOMENT, nullable=True))
    op.create_index("ix_task_overdue", "task", ["escalated_at", "id"], sqlite_where=OVERDUE, postgresql_where=OVERDUE)
    op.add_column("timer", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE instance SET clock = 'paused' WHERE paused_at IS NOT NULL")
    op.execute(
        "UPDATE task SET paused_at = (SELECT paused_at FROM instance WHERE instance.id = task.instance_id) "
        "WHERE state = 'open' AND kind = 'receive'"
    )
    op.execute(
        "INSERT INTO pause (instance_id, task_id, element, name, mode, from_at) "
        "SELECT instance_id, id, element, name, '', opened_at FROM task "
        "WHERE state = 'open' AND kind = 'receive' AND paused_at IS NOT NULL"
    )
