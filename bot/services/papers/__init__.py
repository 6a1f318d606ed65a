"""What is printed: door plates, cards, handbooks, ledgers and tables, each loaded into a frozen value."""
