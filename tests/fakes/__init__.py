"""Stand-ins for the two things tests must not wait for: Telegram and time."""
