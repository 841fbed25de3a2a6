from pingyi.ledger.models.entry import Body, Entry, Head

__all__ = ["Body", "Entry", "Head"]
