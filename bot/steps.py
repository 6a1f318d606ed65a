"""What time does, in its order: the steps of the cycle and of the night."""

from __future__ import annotations

from bot.services.announce_party_day import announce
from bot.services.ask_silent import follow_up
from bot.services.audit_sums import audit
from bot.services.escalate_matters import escalate
from bot.services.keep_heard import erase_heard
from bot.services.look_back import look_back
from bot.services.offer_matter import lapse
from bot.services.offer_removal import tell_failures
from bot.services.problem_ledger import wake
from bot.services.promises import run_promises
from bot.services.remind_visits import remind
from bot.services.run_leaves import run_leaves
from bot.services.send_digests import digest
from scheduler.cycle import Step, once

CYCLE = (
    Step("leave", run_leaves),
    Step("escalate", escalate),
    Step("offers", lapse),
    Step("ledger", wake),
    Step("promises", run_promises),
    Step("remind", remind),
    Step("party day", announce),
    Step("digest", digest),
    Step("follow up", follow_up),
    Step("look back", look_back),
    Step("removals", tell_failures),
)
NIGHTLY = (Step("audit", once(audit)), Step("erase heard", once(erase_heard)))
