"""Roll-calls: the households asked for, and what is known of each

Revision 0012, after 0011.
"""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
