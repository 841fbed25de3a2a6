"""What is done for all rooms at once."""

from pingyi.web.operations.remind import remind_daily

__all__ = ["remind_daily"]
