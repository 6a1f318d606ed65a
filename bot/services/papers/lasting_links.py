"""Who answers for which households until further notice: what hangs on a door outlasts a leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotPossible
from bot.domain.preset import Preset
from bot.secrets import Secrets, WrongKey
from storage.queries.papers import lasting_links
from storage.tables import Household, Person


class Links:
    """The links of a branch from both their ends, as they stand on a day; none of those lent for a leave.

    households: all that somebody answers for, by key.
    """

    def __init__(self, pairs: Sequence[tuple[Household, Person]]) -> None:
        self._of_member: dict[int, dict[int, Household]] = defaultdict(dict)
        self._of_household: dict[int, dict[int, Person]] = defaultdict(dict)
        self.households: dict[int, Household] = {}
        for household, person in pairs:
            self.households[household.id or 0] = household
            self._of_member[person.id or 0][household.id or 0] = household
            self._of_household[household.id or 0][person.id or 0] = person

    @classmethod
    async def load(cls, session: AsyncSession, branch_id: int, day: date) -> Links:
        """Those of a branch."""
        return cls(await lasting_links(session, branch_id, day))

    def households_of(self, person: Person) -> Sequence[Household]:
        """The households that a member answers for."""
        return tuple(self._of_member.get(person.id or 0, {}).values())

    def members_of(self, household: Household) -> Sequence[Person]:
        """Those who answer for a household, the longest linked first."""
        return tuple(self._of_household.get(household.id or 0, {}).values())


def phone_shown(person: Person, preset: Preset, secrets: Secrets, phones: bool | None) -> str:
    """A member's number as a paper shows it; empty when it is not known, or not to be shown.

    phones: whether numbers are printed at all; null: as the unit has decided.

    Raises:
        NotPossible: it was encrypted with another key.
    """
    if person.phone_encrypted is None or person.name in preset.papers.unlisted:
        return ""
    if not (preset.papers.phones if phones is None else phones):
        return ""
    try:
        number = secrets.decrypt_phone(person.phone_encrypted)
    except WrongKey:
        raise NotPossible("papers.wrong_key") from None
    # Read out and dialled in threes and fours.
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 and number[0] == "1" else number
