"""Messages that go on with what their speaker has just told

Revision 0009, after 0008.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INDEXED = ("matter_id", "report_id", "user_id")


def upgrade() -> None:
    op.create_table(
        "continuation",
        sa.Column("id", _key, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("media_group_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("report_id", _key, nullable=True),
        sa.Column("matter_id", _key, nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("besides", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("base_count", sa.Integer(), nullable=True),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_continuation_matter_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_continuation_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_continuation")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_continuation_chat_id_message_id")),
    )
    with op.batch_alter_table("continuation", schema=None) as batch_op:
        for column in _INDEXED:
            batch_op.create_index(batch_op.f(f"ix_continuation_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("continuation")
