"""Letters to addresses."""

from datetime import datetime

from pingyi.notifications.models import Letter


def letters_about(key: str, since: datetime) -> int:
    """How many whose keys begin so were written since a moment."""
    return Letter.objects.filter(key__startswith=key, written_at__gt=since).count()


def letters_to(address: str, since: datetime) -> int:
    """How many were written to an address since a moment."""
    return Letter.objects.filter(address=address, written_at__gt=since).count()
