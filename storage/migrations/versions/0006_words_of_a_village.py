"""A village's own words, what was heard lately, and corrected readings

Revision 0006, after 0005.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "village_word",
        sa.Column("id", _big(), nullable=False),
        sa.Column("branch_id", _big(), nullable=False),
        sa.Column("word", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("meaning", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("household_id", _big(), nullable=True),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("urgency", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("taught_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("taught_by_id", _big(), nullable=True),
        sa.Column("taught_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("forgotten_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["unit.id"], name=op.f("fk_village_word_branch_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_village_word_household_id")
        ),
        sa.ForeignKeyConstraint(["taught_by_id"], ["person.id"], name=op.f("fk_village_word_taught_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_word")),
        sa.UniqueConstraint("branch_id", "word", name=op.f("uq_village_word_branch_id_word")),
    )
    op.create_table(
        "heard_message",
        sa.Column("id", _big(), nullable=False),
        sa.Column("branch_id", _big(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["unit.id"], name=op.f("fk_heard_message_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heard_message")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_heard_message_chat_id_message_id")),
    )
    op.create_table(
        "reading_correction",
        sa.Column("id", _big(), nullable=False),
        sa.Column("branch_id", _big(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("speaker", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("read_as", sa.JSON(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("corrected_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("corrected_by_id", _big(), nullable=True),
        sa.Column("corrected_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("what", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["unit.id"], name=op.f("fk_reading_correction_branch_id")),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"], ["person.id"], name=op.f("fk_reading_correction_corrected_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_correction")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_reading_correction_chat_id_message_id")),
    )
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)
    op.create_index("ix_heard_message_lately", "heard_message", ["branch_id", "sent_at"], unique=False)
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "words_mark", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=sa.text("''")
            )
        )


_INDEXES = (
    ("village_word", ["branch_id"]),
    ("village_word", ["household_id"]),
    ("village_word", ["taught_by_id"]),
    ("heard_message", ["telegram_id"]),
    ("reading_correction", ["branch_id"]),
    ("reading_correction", ["corrected_by_id"]),
)


def downgrade() -> None:
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("words_mark")
    op.drop_table("reading_correction")
    op.drop_table("heard_message")
    op.drop_table("village_word")
