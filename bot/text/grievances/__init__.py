"""Matters told in a message: is there one, how many, of what kind, how urgent, already mended?

`finding` puts it together. A stretch of the message (`stretches`) with trouble in it (`void`: unless it is
none) is weighed (`weighing`, `evidence`; the weights are in lexicon/weighing.toml); what weighs enough is a
matter with its `urgency`, `category`, whether it is `mended`, whom it is `about` and the words that tell it.
"""

from bot.text.grievances.finding import find_grievances
from bot.text.grievances.weighing import ASK, LIKELY, SURE

__all__ = ["ASK", "LIKELY", "SURE", "find_grievances"]
