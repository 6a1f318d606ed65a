"""Names claimed and doubted, proposals for links, consent

Revision 0014, after 0013.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT, _TIME = sqlmodel.sql.sqltypes.AutoString(), sqlmodel.sql.sqltypes.UTCDateTime()


def upgrade() -> None:
    op.create_table(
        "name_claim",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("user_name", _TEXT, nullable=False),
        sa.Column("how", _TEXT, nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.Column("decided_by_id", _KEY, nullable=True),
        _reference("name_claim", "person_id", "person"),
        _reference("name_claim", "decided_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_claim")),
    )
    for name in ("person_id", "user_id"):
        op.create_index(op.f(f"ix_name_claim_{name}"), "name_claim", [name], unique=False)
    op.create_table(
        "wrong_code",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    op.create_index("ix_wrong_code_user", "wrong_code", ["user_id", "at"], unique=False)
    op.create_table(
        "link_proposal",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("household_ids", sa.JSON(), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("from_person_id", _KEY, nullable=True),
        sa.Column("removing", sa.Boolean(), nullable=False),
        sa.Column("way", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.Column("asked_by_id", _KEY, nullable=True),
        sa.Column("passed_over", sa.JSON(), nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("decided_at", _TIME, nullable=True),
        _reference("link_proposal", "branch_id", "unit"),
        _reference("link_proposal", "person_id", "person"),
        _reference("link_proposal", "from_person_id", "person"),
        _reference("link_proposal", "asked_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_proposal")),
    )
    for name in ("branch_id", "person_id", "from_person_id"):
        op.create_index(op.f(f"ix_link_proposal_{name}"), "link_proposal", [name], unique=False)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", _TEXT, nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("note", existing_type=_TEXT, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("note")
    for table in ("link_proposal", "wrong_code", "name_claim"):
        op.drop_table(table)


def _reference(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
