"""Names of households in a message: people as neighbours call them, full names, addresses.

`finding` puts together what the others see: `called` those called by kinship or trade, `full` full names,
`doors` addresses, `listed` odd names that stand in lists beside plain ones; `bot.text.homes` what only its
place in the sentence shows. The words they go by are in `words`.
"""

from bot.text.names.finding import names
from bot.text.names.kinds import Name, NameKind
from bot.text.names.words import compound_surnames, is_no_name, kinship, sure_surname, surnames

__all__ = [
    "Name",
    "NameKind",
    "compound_surnames",
    "is_no_name",
    "kinship",
    "names",
    "sure_surname",
    "surnames",
]
