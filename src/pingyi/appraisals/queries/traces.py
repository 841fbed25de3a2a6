"""What stands under the frozen people of a record of the register."""

from django.utils.translation import gettext as _

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Count, Flag


def traces(person_id: int) -> list[tuple[str, str]]:
    """Signed counts and flags, for the comparison of two records. Two counts."""
    signed = Count.objects.filter(state=CountState.SIGNED)
    found = [
        (_("Graded in signed counts"), signed.filter(lines__participant__person_id=person_id)),
        (_("Flags"), Flag.objects.filter(participant__person_id=person_id)),
    ]
    return [(label, str(rows.distinct().count() or "")) for label, rows in found]
