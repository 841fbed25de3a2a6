"""Writing letters to addresses, in the transaction of whatever they tell of."""

from datetime import datetime

from pingyi.notifications.models import Letter
from pingyi.notifications.models.letter import LONGEST_REFERENCE
from pingyi.notifications.models.message import LONGEST_SUBJECT


def write_letter(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    answers_to: str = "",
    enclosure: tuple[str, str] = ("", ""),
) -> int:
    """Write to an address, once for a key; at once, as it answers somebody. Its number.

    `enclosure` is who makes what goes with it (doors.ENCLOSURES), and by which key.
    """
    made = Letter.objects.create(
        key=key,
        address=to,
        subject=subject[:LONGEST_SUBJECT],
        text=text,
        answers_to=answers_to if len(answers_to) <= LONGEST_REFERENCE else "",
        enclosure=enclosure[0],
        enclosed=enclosure[1],
        not_before=now,
        written_at=now,
    )
    return made.pk
