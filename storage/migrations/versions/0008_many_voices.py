"""Those who tell the same matter, its occurrences, whom it accuses, what was explained and whether it lasted

Revision 0008, after 0007.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXT, _MOMENT = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
_NEW = ("voices", "reporter_said", "recurs", "accused_ids", "explanation", "explained_at")
_LOOKED_BACK = ("looked_back_at", "lasted")


def upgrade() -> None:
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voices", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("reporter_said", _TEXT(), nullable=True))
        for name in ("recurs", "accused_ids"):
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("explanation", _TEXT(), nullable=True))
        batch_op.add_column(sa.Column("explained_at", _MOMENT(), nullable=True))
        batch_op.add_column(sa.Column("looked_back_at", _MOMENT(), nullable=True))
        batch_op.add_column(sa.Column("lasted", sa.Boolean(), nullable=True))
    with op.batch_alter_table("matter", schema=None) as batch_op:
        for name in ("voices", "recurs", "accused_ids"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("may_delete", sa.Boolean(), nullable=True))
    op.create_table(
        "co_reporter",
        sa.Column("id", _key(), nullable=False),
        _reference("matter_id", "matter.id"),
        _reference("person_id", "person.id", optional=True),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("name", _TEXT(), nullable=False),
        _reference("household_id", "household.id", optional=True),
        sa.Column("joined_at", _MOMENT(), nullable=False),
        _reference("merged_id", "matter.id", optional=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("text", _TEXT(), nullable=False),
        sa.Column("said", _TEXT(), nullable=True),
        sa.Column("said_at", _MOMENT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_reporter")),
        sa.UniqueConstraint("matter_id", "telegram_id", name=op.f("uq_co_reporter_matter_id_telegram_id")),
    )
    for name in ("matter_id", "person_id", "telegram_id", "household_id", "merged_id"):
        op.create_index(op.f(f"ix_co_reporter_{name}"), "co_reporter", [name], unique=False)


def downgrade() -> None:
    op.drop_table("co_reporter")
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.drop_column("may_delete")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        for name in reversed((*_NEW, *_LOOKED_BACK)):
            batch_op.drop_column(name)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(name: str, target: str, *, optional: bool = False) -> sa.Column[int]:
    foreign = sa.ForeignKey(target, name=op.f(f"fk_co_reporter_{name}"))
    return sa.Column(name, _key(), foreign, nullable=optional)
