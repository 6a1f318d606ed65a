"""Sessions from plan to minutes: agenda, reminders, sign-in, report cards, and what groups report."""
