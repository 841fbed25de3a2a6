"""What a page of reviews shows of what it edits, as it is by now (ui.edits)."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.core.seen import Content, Said
from pingyi.reviews.enums import ReviewPart
from pingyi.reviews.models import Assignment, Meeting, Review
from pingyi.reviews.queries.tasks import grid_rows


def review_seen(pk: int) -> Content:
    """What became of a review, in the field of its form, and whether it still counts."""
    row = Review.objects.get(pk=pk)
    return {"text": row.follow_up, **_withdrawn(row)}


def review_said(pk: int) -> Content:
    """The same where no form has that field."""
    row = Review.objects.get(pk=pk)
    return {"follow_up": Said(_("What became of it"), row.follow_up), **_withdrawn(row)}


def _withdrawn(row: Review) -> Content:
    return {"withdrawn": Said(_("Withdrawn"), row.withdrawn_at)}


def assignment_seen(pk: int) -> Content:
    """Who reviews instead, and why, in the fields of the form."""
    row = Assignment.objects.get(pk=pk)
    return {"reviewer": str(row.reviewer_id or ""), "reason": row.reason}


def handed_over_seen(assignments: Iterable[Assignment]) -> Content:
    """The reviews that somebody still has to give, to be handed over together."""
    found = list(assignments)
    names = _(", ").join(str(row.unit or row.participant) for row in found)
    said = Said(_("Reviews still to be given"), sorted(row.pk for row in found), names or "—")
    return {"assignments": said}


def meeting_seen(pk: int) -> Content:
    """A sitting with what is written in its grid."""
    row = Meeting.objects.select_related("round__campaign", "unit", "reviewer").get(pk=pk)
    cells = {
        each.key: Said(each.subject, row.draft.get(each.key, {}), _words(row.draft.get(each.key)))
        for each in grid_rows(row)
    }
    return {"state": Said(_("State"), row.state, row.get_state_display()), **cells}


def _words(cells: dict[str, str] | None) -> str:
    return " / ".join((cells or {}).get(part, "") or "—" for part in ReviewPart.values)


def published_seen(reviews: Iterable[Review]) -> Content:
    """The reviews that are offered or ticked: what became of each, and where it was published."""
    return {
        str(row.pk): Said(
            str(row.participant or row.unit),
            [row.follow_up, *sorted(one.pk for one in row.publications.all())],
            _(", ").join(date_format(one.published_on) for one in row.publications.all())
            or row.follow_up
            or "—",
        )
        for row in reviews
    }
