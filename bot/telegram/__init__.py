"""The way in and out of Telegram: intake and dispatch of updates, and the sender.

getUpdates or webhook ─▶ intake ─▶ inbox (committed) ─▶ dispatch ─▶ handlers, one transaction each
outbox ─▶ scheduler.deliver ─▶ sender ─▶ sendMessage, editMessageText, …
"""
