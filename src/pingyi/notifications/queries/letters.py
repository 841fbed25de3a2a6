"""Letters to addresses."""

from datetime import datetime

from pingyi.notifications.models import Letter


def letters_to(address: str, since: datetime) -> int:
    """How many were written to an address since a moment."""
    return Letter.objects.filter(address=address, written_at__gt=since).count()
