"""What stands under the frozen people of a record of the register."""

from django.utils.translation import gettext as _

from pingyi.reviews.models import Assignment, Review


def traces(person_id: int) -> list[tuple[str, str]]:
    """Reviews and assignments, for the comparison of two records. Three counts."""
    reviews = Review.objects.standing()
    found = [
        (_("Reviews written"), reviews.filter(reviewer__person_id=person_id)),
        (_("Reviews received"), reviews.filter(participant__person_id=person_id)),
        (_("To review"), Assignment.objects.filter(reviewer__person_id=person_id)),
    ]
    return [(label, str(rows.count() or "")) for label, rows in found]
