"""Appraisal: rounds, ballots, verdicts; points

Revision 0015, after 0014.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sqlmodel.sql.sqltypes.AutoString()
_TIME = sqlmodel.sql.sqltypes.UTCDateTime()
_INDEXES = (
    ("appraisal_round", "branch_id"),
    ("ballot_count", "subject_id"),
    ("ballot_paper", "household_id"),
    ("ballot_paper", "subject_id"),
    ("ballot_paper", "voter_id"),
    ("ballot_words", "round_id"),
    ("ballot_words", "subject_id"),
    ("point_exchange", "branch_id"),
    ("point_exchange", "person_id"),
    ("point_goods", "branch_id"),
    ("verdict", "branch_id"),
)


def upgrade() -> None:
    op.create_table(
        "appraisal_round",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("opened_at", _TIME, nullable=True),
        sa.Column("closes_at", _TIME, nullable=True),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.Column("ended_by", _TEXT, nullable=False),
        _refers("appraisal_round", "branch_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_round")),
        _once("appraisal_round", "branch_id", "kind", "planned_for"),
    )
    op.create_table(
        "ballot_paper",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("round_id", _KEY, nullable=False),
        sa.Column("subject_id", _KEY, nullable=False),
        sa.Column("household_id", _KEY, nullable=True),
        sa.Column("voter_id", _KEY, nullable=True),
        sa.Column("cast", sa.Boolean(), nullable=False),
        _refers("ballot_paper", "round_id", "appraisal_round"),
        _refers("ballot_paper", "subject_id", "person"),
        _refers("ballot_paper", "household_id", "household"),
        _refers("ballot_paper", "voter_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_paper")),
        _once("ballot_paper", "round_id", "household_id", "subject_id"),
        _once("ballot_paper", "round_id", "voter_id", "subject_id"),
    )
    op.create_table(
        "ballot_count",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", _TEXT, nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        _refers("ballot_count", "round_id", "appraisal_round"),
        _refers("ballot_count", "subject_id", "person"),
        sa.PrimaryKeyConstraint("round_id", "subject_id", "choice", name=op.f("pk_ballot_count")),
    )
    op.create_table(
        "ballot_words",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_id", _KEY, nullable=False),
        sa.Column("subject_id", _KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _refers("ballot_words", "round_id", "appraisal_round"),
        _refers("ballot_words", "subject_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_words")),
    )
    op.create_table(
        "words_to_add",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("paper_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", _TIME, nullable=False),
        _refers("words_to_add", "paper_id", "ballot_paper"),
        sa.PrimaryKeyConstraint("user_id", "paper_id", name=op.f("pk_words_to_add")),
    )
    op.create_table(
        "verdict",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", _TEXT, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("entered_by_id", _KEY, nullable=True),
        sa.Column("entered_at", _TIME, nullable=False),
        _refers("verdict", "branch_id", "unit"),
        _refers("verdict", "person_id", "person"),
        _refers("verdict", "entered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        _once("verdict", "person_id", "year"),
    )
    _points()
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_point_entry_account", "point_entry", ["person_id", "day"])
    op.create_index("ix_point_entry_branch", "point_entry", ["branch_id", "day"])


def _points() -> None:
    op.create_table(
        "point_entry",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("key", _TEXT, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("source", _TEXT, nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        _refers("point_entry", "branch_id", "unit"),
        _refers("point_entry", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entry")),
        _once("point_entry", "key"),
    )
    op.create_table(
        "point_goods",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("removed_at", _TIME, nullable=True),
        _refers("point_goods", "branch_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_goods")),
    )
    op.create_table(
        "point_exchange",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("goods", _TEXT, nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("answer", _TEXT, nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.Column("answered_by_id", _KEY, nullable=True),
        _refers("point_exchange", "branch_id", "unit"),
        _refers("point_exchange", "person_id", "person"),
        _refers("point_exchange", "answered_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_exchange")),
    )
    op.create_table(
        "point_bulletin",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("branch_id", _KEY, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_at", _TIME, nullable=False),
        sa.Column("answer", _TEXT, nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        _refers("point_bulletin", "branch_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_bulletin")),
        _once("point_bulletin", "branch_id", "first"),
    )


def downgrade() -> None:
    for table in (
        "point_bulletin",
        "point_exchange",
        "point_goods",
        "point_entry",
        "verdict",
        "words_to_add",
        "ballot_words",
        "ballot_count",
        "ballot_paper",
        "appraisal_round",
    ):
        op.drop_table(table)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))
