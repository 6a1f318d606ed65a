"""Roll-calls: the households asked for, who is asked, what is known of each, and all that was said

Revision 0012, after 0011.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXT, _MOMENT = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "roll_call",
        sa.Column("id", _key(), nullable=False),
        _reference("roll_call", "branch_id", "unit.id"),
        sa.Column("title", _TEXT(), nullable=False),
        sa.Column("scope", _TEXT(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("status", _TEXT(), nullable=False),
        sa.Column("household_ids", sa.JSON(), nullable=False),
        _reference("roll_call", "asked_by_id", "person.id", optional=True),
        sa.Column("asked_by_name", _TEXT(), nullable=False),
        sa.Column("asked_at", _MOMENT(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", _MOMENT(), nullable=True),
        sa.Column("completed_at", _MOMENT(), nullable=True),
        sa.Column("closed_at", _MOMENT(), nullable=True),
        sa.Column("closed_by_name", _TEXT(), nullable=True),
        _reference("roll_call", "receiver_id", "person.id", optional=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("next_call_at", _MOMENT(), nullable=True),
        sa.Column("show_at", _MOMENT(), nullable=True),
        sa.Column("shown_at", _MOMENT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
        sa.UniqueConstraint(
            "branch_id", "chat_id", "message_id", name=op.f("uq_roll_call_branch_id_chat_id_message_id")
        ),
    )
    op.create_table(
        "roll_call_household",
        sa.Column("id", _key(), nullable=False),
        _reference("roll_call_household", "roll_call_id", "roll_call.id"),
        _reference("roll_call_household", "household_id", "household.id"),
        sa.Column("state", _TEXT(), nullable=False),
        sa.Column("state_at", _MOMENT(), nullable=True),
        _reference("roll_call_household", "by_id", "person.id", optional=True),
        sa.Column("by_name", _TEXT(), nullable=True),
        sa.Column("source", _TEXT(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("neighbours_asked_at", _MOMENT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_household")),
        sa.UniqueConstraint(
            "roll_call_id", "household_id", name=op.f("uq_roll_call_household_roll_call_id_household_id")
        ),
    )
    op.create_table(
        "roll_call_ask",
        sa.Column("id", _key(), nullable=False),
        _reference("roll_call_ask", "roll_call_id", "roll_call.id"),
        _reference("roll_call_ask", "person_id", "person.id"),
        sa.Column("role", _TEXT(), nullable=False),
        sa.Column("household_ids", sa.JSON(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        _reference("roll_call_ask", "notice_id", "notice.id", optional=True),
        sa.Column("asked_at", _MOMENT(), nullable=False),
        sa.Column("shown", _TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_ask")),
        sa.UniqueConstraint(
            "roll_call_id", "person_id", "role", name=op.f("uq_roll_call_ask_roll_call_id_person_id_role")
        ),
    )
    op.create_table(
        "roll_call_event",
        sa.Column("id", _key(), nullable=False),
        _reference("roll_call_event", "roll_call_id", "roll_call.id"),
        _reference("roll_call_event", "household_id", "household.id", optional=True),
        sa.Column("at", _MOMENT(), nullable=False),
        sa.Column("kind", _TEXT(), nullable=False),
        sa.Column("state", _TEXT(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("source", _TEXT(), nullable=True),
        sa.Column("clears", sa.Boolean(), nullable=False),
        _reference("roll_call_event", "by_id", "person.id", optional=True),
        sa.Column("by_user_id", sa.BigInteger(), nullable=True),
        sa.Column("by_name", _TEXT(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("note", _TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call_event")),
    )
    for table, columns in _INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    for table in reversed(_INDEXED):
        op.drop_table(table)


_INDEXED = {
    "roll_call": ("asked_by_id", "receiver_id"),
    "roll_call_household": ("household_id", "by_id"),
    "roll_call_ask": ("person_id", "notice_id"),
    "roll_call_event": ("roll_call_id", "household_id", "by_id"),
}


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(table: str, name: str, target: str, *, optional: bool = False) -> sa.Column[int]:
    foreign = sa.ForeignKey(target, name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, _key(), foreign, nullable=optional)
