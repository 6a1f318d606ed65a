"""Occasions for a visit, households away, and the household's side of a visit

Revision 0013, after 0012.
"""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
