"""Occasions for a visit, households away, and the household's side of a visit

Revision 0013, after 0012.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sqlmodel.sql.sqltypes.AutoString()
_TIME = sqlmodel.sql.sqltypes.UTCDateTime()
_INDEXES = (
    ("household_away", "household_id"),
    ("health_line", "household_id"),
    ("health_line", "person_id"),
    ("occasion", "household_id"),
    ("occasion", "matter_id"),
    ("occasion", "report_id"),
    ("spot_check", "branch_id"),
    ("spot_check", "person_id"),
)


def upgrade() -> None:
    op.create_table(
        "household_away",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("household_id", _KEY, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("told_by_id", _KEY, nullable=True),
        sa.Column("told_by_name", _TEXT, nullable=False),
        sa.Column("told_at", _TIME, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        _refers("household_away", "household_id", "household"),
        _refers("household_away", "told_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_away")),
    )
    op.create_table(
        "health_line",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("visit_id", _KEY, nullable=False),
        sa.Column("household_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("temperature", sa.Float(), nullable=True),
        sa.Column("fever", sa.Boolean(), nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("kept_at", _TIME, nullable=False),
        _refers("health_line", "visit_id", "visit"),
        _refers("health_line", "household_id", "household"),
        _refers("health_line", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_line")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_health_line_visit_id")),
    )
    op.create_table(
        "occasion",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("household_id", _KEY, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("told_by_name", _TEXT, nullable=False),
        sa.Column("told_by_id", _KEY, nullable=True),
        sa.Column("told_at", _TIME, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_by", sa.Date(), nullable=False),
        sa.Column("matter_id", _KEY, nullable=True),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("ended_by", _TEXT, nullable=True),
        sa.Column("report_id", _KEY, nullable=True),
        _refers("occasion", "branch_id", "unit"),
        _refers("occasion", "household_id", "household"),
        _refers("occasion", "told_by_id", "person"),
        _refers("occasion", "matter_id", "matter"),
        _refers("occasion", "report_id", "report"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasion")),
        sa.UniqueConstraint(
            "chat_id",
            "message_id",
            "household_id",
            "kind",
            name=op.f("uq_occasion_chat_id_message_id_household_id_kind"),
        ),
    )
    op.create_table(
        "spot_check",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("visit_id", _KEY, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("household_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("asked_user_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("answer", _TEXT, nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("cancelled_at", _TIME, nullable=True),
        _refers("spot_check", "visit_id", "visit"),
        _refers("spot_check", "branch_id", "unit"),
        _refers("spot_check", "household_id", "household"),
        _refers("spot_check", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_spot_check_visit_id")),
    )
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_occasion_waiting", "occasion", ["branch_id", "ended_at"])
    op.create_index("ix_spot_check_household", "spot_check", ["household_id", "asked_at"])


def downgrade() -> None:
    for table in ("spot_check", "occasion", "health_line", "household_away"):
        op.drop_table(table)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
