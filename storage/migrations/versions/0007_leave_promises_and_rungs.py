"""Leave and cover, promises, and the levels of the ladder

Revision 0007, after 0006. The first deadline of matters raised before is not known: it is the present one.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sqlmodel.sql.sqltypes.UTCDateTime()
_TEXT = sqlmodel.sql.sqltypes.AutoString()


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("substitute_id", _KEY, nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("begun_at", _TIME, nullable=True),
        sa.Column("ended_at", _TIME, nullable=True),
        _reference("leave", "person_id", "person"),
        _reference("leave", "substitute_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_leave_person_id"), ["person_id"], unique=False)
        batch_op.create_index(op.f("ix_leave_substitute_id"), ["substitute_id"], unique=False)
    op.create_table(
        "lent_matter",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("leave_id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=False),
        sa.Column("returned_at", _TIME, nullable=True),
        _reference("lent_matter", "leave_id", "leave"),
        _reference("lent_matter", "matter_id", "matter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lent_matter")),
    )
    with op.batch_alter_table("lent_matter", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_lent_matter_leave_id"), ["leave_id"], unique=False)
        batch_op.create_index(op.f("ix_lent_matter_matter_id"), ["matter_id"], unique=False)
    op.create_table(
        "promise",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("reminded_at", _TIME, nullable=True),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        _reference("promise", "matter_id", "matter"),
        _reference("promise", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint(
            "chat_id", "message_id", "matter_id", name=op.f("uq_promise_chat_id_message_id_matter_id")
        ),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_promise_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(op.f("ix_promise_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step_level", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("first_solve_by", _TIME, nullable=True))
        batch_op.add_column(sa.Column("remind_at", _TIME, nullable=True))
    op.execute("UPDATE matter SET first_solve_by = solve_by")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.alter_column("step_level", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.drop_column("remind_at")
        batch_op.drop_column("first_solve_by")
        batch_op.drop_column("step_level")
    op.drop_table("promise")
    op.drop_table("lent_matter")
    op.drop_table("leave")
