"""Offers of matters, numbers they had before, the problem ledger, and words that are waited for

Revision 0005, after 0004.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXT, _MOMENT = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_behalf_of", _TEXT(), nullable=True))
        batch_op.add_column(sa.Column("unnamed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("review_at", _MOMENT(), nullable=True))
        for name in ("merged_into_id", "split_from_id"):
            batch_op.add_column(sa.Column(name, _key(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_matter_{name}"), [name], unique=False)
            batch_op.create_foreign_key(batch_op.f(f"fk_matter_{name}"), "matter", [name], ["id"])
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.alter_column("unnamed", server_default=None)
    op.create_table(
        "matter_offer",
        sa.Column("id", _key(), nullable=False),
        _reference("matter_offer", "matter_id", "matter.id"),
        _reference("matter_offer", "to_person_id", "person.id", optional=True),
        _reference("matter_offer", "to_branch_id", "unit.id", optional=True),
        _reference("matter_offer", "by_person_id", "person.id", optional=True),
        sa.Column("by_name", _TEXT(), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=False),
        sa.Column("answer_by", _MOMENT(), nullable=False),
        sa.Column("answer", _TEXT(), nullable=True),
        sa.Column("answered_at", _MOMENT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_offer")),
    )
    for name in ("matter_id", "to_person_id", "to_branch_id", "by_person_id", "answer"):
        op.create_index(op.f(f"ix_matter_offer_{name}"), "matter_offer", [name], unique=False)
    op.create_table(
        "former_number",
        sa.Column("id", _key(), nullable=False),
        _reference("former_number", "branch_id", "unit.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _reference("former_number", "matter_id", "matter.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_number")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_former_number_branch_id_number")),
    )
    op.create_index(op.f("ix_former_number_matter_id"), "former_number", ["matter_id"], unique=False)
    op.create_table(
        "awaited_words",
        sa.Column("id", _key(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        _reference("awaited_words", "matter_id", "matter.id"),
        sa.Column("verb", _TEXT(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", _MOMENT(), nullable=False),
        sa.Column("expires_at", _MOMENT(), nullable=False),
        sa.Column("ended_at", _MOMENT(), nullable=True),
        sa.Column("ended_by", _TEXT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_words")),
    )
    for name in ("matter_id", "user_id"):
        op.create_index(op.f(f"ix_awaited_words_{name}"), "awaited_words", [name], unique=False)


def downgrade() -> None:
    for table in ("awaited_words", "former_number", "matter_offer"):
        op.drop_table(table)
    with op.batch_alter_table("matter", schema=None) as batch_op:
        for name in ("split_from_id", "merged_into_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_matter_{name}"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_matter_{name}"))
            batch_op.drop_column(name)
        for name in ("review_at", "unnamed", "on_behalf_of"):
            batch_op.drop_column(name)


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _reference(table: str, name: str, target: str, *, optional: bool = False) -> sa.Column[int]:
    foreign = sa.ForeignKey(target, name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, _key(), foreign, nullable=optional)
