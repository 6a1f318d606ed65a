"""A code for every household's door plate, where it has none

Revision 0004, after 0003. Going down leaves the codes: they may hang on doors.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LETTERS, _DIGITS = "ACDEFGHJKMNPQRTUVWXY", "34679"
_household = sa.table("household", sa.column("id", sa.BigInteger), sa.column("plate", sa.String))


def upgrade() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(_household.c.id, _household.c.plate)).all()
    taken = {plate for _, plate in rows if plate}
    for household_id, plate in rows:
        if not plate:
            code = _new(taken)
            taken.add(code)
            connection.execute(_household.update().where(_household.c.id == household_id).values(plate=code))


def downgrade() -> None:
    pass


def _new(taken: set[str]) -> str:
    while True:
        code = secrets.choice(_LETTERS) + "".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4))
        if code not in taken and any(char in _DIGITS for char in code):
            return code
