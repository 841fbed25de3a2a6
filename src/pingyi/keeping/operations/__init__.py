"""Backing up, restoring, sealing keys."""

from pingyi.keeping.operations.daily import back_up_daily

__all__ = ["back_up_daily"]
