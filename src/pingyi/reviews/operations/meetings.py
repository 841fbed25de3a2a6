"""A meeting that reviews many in one sitting: draft, autosave, all saved at once (N5)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, role_text
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.reviews import permissions
from pingyi.reviews.enums import LedgerKind, MeetingState, ReviewPart
from pingyi.reviews.models import Meeting, Review
from pingyi.reviews.operations.record import LONGEST_PART, NewReview, record_many
from pingyi.reviews.queries.tasks import grid_rows

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit

Draft = Mapping[str, Mapping[str, str]]


@transaction.atomic
def begin_meeting(
    *,
    round_: "Round",
    unit: "Unit",
    reviewer: "Participant",
    form: str,
    held_on: date,
    place: str,
    themes: Sequence[str] = (),
    by: Actor,
    now: datetime,
) -> Meeting:
    """Begin a sitting at a unit; its grid is a draft until it is saved.

    Refuses a reviewer with nobody to review there (`nobody_to_review`), a round that is not open
    and a day outside the campaign.
    """
    refuse(permissions.why_not_begin_meeting(by, round_, unit, reviewer))
    refuse(permissions.why_not_held_on(round_, held_on, now))
    meeting = Meeting.objects.create(
        round=round_,
        unit=unit,
        reviewer=reviewer,
        form=form,
        held_on=held_on,
        place=place.strip(),
        themes=list(themes),
        begun_at=now,
        begun_by=by,
    )
    _note(LedgerKind.MEETING_BEGUN, meeting, by, now)
    return meeting


@transaction.atomic
def save_draft(*, meeting: Meeting, draft: Draft, by: Actor) -> Meeting:
    """Keep what has been typed so far (autosave). Drafts are no records: no ledger line."""
    meeting = _locked(meeting)
    refuse(permissions.why_not_edit_meeting(by, meeting))
    _keep(meeting, draft)
    return meeting


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting,
    draft: Draft | None = None,
    accept_signs: bool = False,
    by: Actor,
    now: datetime,
) -> list[Review]:
    """Record a review for every row in which something is written, all or none.

    Rows left blank are not reviewed at this meeting. Raises SignsFound like `record_review`;
    refuses a grid with nothing in it (`nothing_written`). On a refusal nothing changes: to keep
    the texts, save the draft first.
    """
    meeting = _locked(meeting)
    refuse(permissions.why_not_edit_meeting(by, meeting))
    if draft is not None:
        _keep(meeting, draft)
    reviews = written_rows(meeting)
    if not reviews:
        raise Refusal(_("Nothing has been written in the grid yet."), code="nothing_written")
    recorded = record_many(
        round_=meeting.round,
        reviews=reviews,
        meeting=meeting,
        accept_signs=accept_signs,
        by=by,
        now=now,
    )
    meeting.state = MeetingState.SAVED
    meeting.saved_at = now
    meeting.saved_by = by
    meeting.draft = {}
    meeting.save(update_fields=["state", "saved_at", "saved_by", "draft"])
    return recorded


@transaction.atomic
def discard_meeting(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """Give up a draft; what was typed is gone, that it was discarded stays in the ledger."""
    meeting = _locked(meeting)
    refuse(permissions.why_not_edit_meeting(by, meeting))
    meeting.state = MeetingState.DISCARDED
    meeting.draft = {}
    meeting.save(update_fields=["state", "draft"])
    _note(LedgerKind.MEETING_DISCARDED, meeting, by, now)
    return meeting


def written_rows(meeting: Meeting) -> list[NewReview]:
    """The rows of the draft in which something is written, in the order of the grid."""
    return [
        NewReview(
            reviewer=meeting.reviewer,
            unit=row.unit,
            participant=row.participant,
            form=meeting.form,
            held_on=meeting.held_on,
            place=meeting.place,
            themes=tuple(meeting.themes),
            **meeting.draft[row.key],
        )
        for row in grid_rows(meeting)
        if any(meeting.draft.get(row.key, {}).values())
    ]


def _locked(meeting: Meeting) -> Meeting:
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__campaign", "unit", "reviewer__unit")
        .get(pk=meeting.pk)
    )


def _keep(meeting: Meeting, draft: Draft) -> None:
    """Only rows of the grid and the three parts, cut where no part may go on."""
    keys = {row.key for row in grid_rows(meeting)}
    kept: dict[str, Any] = {
        key: {part: cells.get(part, "").strip()[:LONGEST_PART] for part in ReviewPart.values}
        for key, cells in draft.items()
        if key in keys
    }
    meeting.draft = {key: cells for key, cells in kept.items() if any(cells.values())}
    meeting.save(update_fields=["draft"])


def _note(kind: LedgerKind, meeting: Meeting, by: Actor, now: datetime) -> None:
    ledger.append(
        kind=kind,
        subject=f"review_meeting:{meeting.pk}",
        body={
            "round": meeting.round.code,
            "unit": meeting.unit.code,
            "reviewer": meeting.reviewer.name,
            "held_on": meeting.held_on,
            "place": meeting.place,
        },
        actor_role=role_text(by),
        now=now,
    )
