"""What people look at: cards, lists, the ledger pages."""
