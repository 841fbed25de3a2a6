"""Leader reviews: who owes whom, meetings, coverage, the ledger of reviews."""
