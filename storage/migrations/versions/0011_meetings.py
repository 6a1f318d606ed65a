"""Meetings: what is planned, who came, what was said

Revision 0011, after 0010. Sessions of before were told in the chat, so none of them has a rule.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sqlmodel.sql.sqltypes.UTCDateTime()
_TEXT = sqlmodel.sql.sqltypes.AutoString()
_SOURCE = ("chat_id", "message_id")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _table(name: str, *columns: sa.schema.SchemaItem, indexed: tuple[str, ...] = ()) -> None:
    op.create_table(
        name,
        sa.Column("id", _KEY, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        for column in indexed:
            batch_op.create_index(op.f(f"ix_{name}_{column}"), [column], unique=False)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    with op.batch_alter_table("activity_session", schema=None) as batch_op:
        for column in _SOURCE:
            batch_op.alter_column(column, existing_type=sa.BigInteger(), nullable=True)
        batch_op.alter_column("act_index", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("rule", _TEXT, nullable=False, server_default=""))
        batch_op.add_column(sa.Column("planned_as", _TEXT, nullable=True))
        batch_op.add_column(sa.Column("starts_at", _TIME, nullable=True))
        batch_op.add_column(sa.Column("moved_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agenda_fixed_at", _TIME, nullable=True))
        batch_op.add_column(sa.Column("opened_at", _TIME, nullable=True))
        batch_op.add_column(sa.Column("closed_at", _TIME, nullable=True))
        batch_op.add_column(sa.Column("told_participants", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("board_notice_id", _KEY, nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_unique_constraint(op.f("uq_activity_session_planned_as"), ["planned_as"])
        batch_op.create_foreign_key(
            op.f("fk_activity_session_board_notice_id_notice"), "notice", ["board_notice_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_activity_session_board_notice_id"), ["board_notice_id"], unique=False)
    op.execute("UPDATE activity_session SET told_participants = participants")
    with op.batch_alter_table("activity_session", schema=None) as batch_op:
        batch_op.alter_column("rule", existing_type=_TEXT, server_default=None)
        batch_op.alter_column("version", existing_type=sa.Integer(), server_default=None)
    _table(
        "attendance",
        sa.Column("session_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("how", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("at", _TIME, nullable=True),
        sa.Column("by_person_id", _KEY, nullable=True),
        sa.Column("asked_at", _TIME, nullable=True),
        _reference("attendance", "session_id", "activity_session"),
        _reference("attendance", "person_id", "person"),
        _reference("attendance", "by_person_id", "person"),
        _unique("attendance", "session_id", "person_id"),
        indexed=("session_id", "person_id", "by_person_id"),
    )
    _table(
        "agenda_item",
        sa.Column("session_id", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("matter_id", _KEY, nullable=True),
        sa.Column("why", _TEXT, nullable=False),
        sa.Column("text", _TEXT, nullable=False),
        sa.Column("dropped_at", _TIME, nullable=True),
        sa.Column("decision", _TEXT, nullable=False),
        sa.Column("decided_at", _TIME, nullable=True),
        _reference("agenda_item", "session_id", "activity_session"),
        _reference("agenda_item", "matter_id", "matter"),
        _unique("agenda_item", "session_id", "position"),
        indexed=("session_id", "matter_id"),
    )
    _table(
        "meeting_words",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", _KEY, nullable=False),
        sa.Column("what", _TEXT, nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        _reference("meeting_words", "session_id", "activity_session"),
        indexed=("user_id", "session_id"),
    )
    _table(
        "hub_report",
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("study", _TEXT, nullable=False),
        sa.Column("duties", _TEXT, nullable=False),
        sa.Column("plan", _TEXT, nullable=False),
        sa.Column("reported_at", _TIME, nullable=False),
        _reference("hub_report", "unit_id", "unit"),
        _reference("hub_report", "person_id", "person"),
        _unique("hub_report", "unit_id", "month"),
        indexed=("person_id",),
    )
    _table(
        "dues_tick",
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("ticked_at", _TIME, nullable=False),
        _reference("dues_tick", "person_id", "person"),
        _unique("dues_tick", "person_id", "month"),
    )
    _table(
        "member_kind",
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("set_at", _TIME, nullable=False),
        sa.Column("by_person_id", _KEY, nullable=True),
        _reference("member_kind", "person_id", "person"),
        _reference("member_kind", "by_person_id", "person"),
        _unique("member_kind", "person_id"),
        indexed=("by_person_id",),
    )


def downgrade() -> None:
    tables = ("member_kind", "dues_tick", "hub_report", "meeting_words", "agenda_item", "attendance")
    for name in tables:
        op.drop_table(name)
    # What was planned and never told has no source; nothing before this revision knows such sessions.
    op.execute("DELETE FROM activity_session WHERE chat_id IS NULL")
    with op.batch_alter_table("activity_session", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_activity_session_board_notice_id"))
        batch_op.drop_constraint(op.f("fk_activity_session_board_notice_id_notice"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_activity_session_planned_as"), type_="unique")
        for column in (
            "version",
            "board_notice_id",
            "told_participants",
            "closed_at",
            "opened_at",
            "agenda_fixed_at",
            "moved_from",
            "starts_at",
            "planned_as",
            "rule",
        ):
            batch_op.drop_column(column)
        batch_op.alter_column("act_index", existing_type=sa.Integer(), nullable=False)
        for column in _SOURCE:
            batch_op.alter_column(column, existing_type=sa.BigInteger(), nullable=False)
