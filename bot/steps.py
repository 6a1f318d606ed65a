"""What time does, in its order: the steps of the cycle and of the night."""

from __future__ import annotations

from bot.services.appraisal.rank_members import run_points
from bot.services.appraisal.run_appraisals import run_appraisals
from bot.services.chat.keep_heard import erase_heard
from bot.services.chat.offer_removal import tell_failures
from bot.services.figures.audit_sums import audit
from bot.services.matters.ask_silent import follow_up
from bot.services.matters.escalate_matters import escalate
from bot.services.matters.look_back import look_back
from bot.services.matters.offer_matter import lapse
from bot.services.matters.problem_ledger import wake
from bot.services.matters.promises import run_promises
from bot.services.meetings.announce_sessions import announce
from bot.services.meetings.ask_absent import ask_absent, gather_reasons
from bot.services.meetings.dues import remind_of_dues
from bot.services.meetings.run_report_in import run_report_in
from bot.services.meetings.run_sessions import run_sessions
from bot.services.notices.send_digests import digest
from bot.services.privacy.retain import retain
from bot.services.rollcalls.run_calls import run_roll_calls
from bot.services.roster.run_leaves import run_leaves
from bot.services.visits.remind_visits import remind
from bot.services.visits.spot_check import ask_households
from scheduler.cycle import Step, once

CYCLE = (
    Step("leave", run_leaves),
    Step("roll-calls", run_roll_calls),
    Step("escalate", escalate),
    Step("offers", lapse),
    Step("ledger", wake),
    Step("promises", run_promises),
    Step("remind", remind),
    Step("party day", announce),
    Step("sessions", run_sessions),
    Step("absences", ask_absent),
    Step("reasons", gather_reasons),
    Step("report in", run_report_in),
    Step("dues", remind_of_dues),
    Step("digest", digest),
    Step("appraisal", run_appraisals),
    Step("points", run_points),
    Step("follow up", follow_up),
    Step("look back", look_back),
    Step("spot check", ask_households),
    Step("removals", tell_failures),
)
NIGHTLY = (
    Step("audit", once(audit)),
    Step("erase heard", once(erase_heard)),
    Step("retain", once(retain)),
)
