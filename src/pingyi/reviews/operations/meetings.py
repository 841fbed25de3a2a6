"""A meeting that reviews many in one sitting: draft, autosave, all saved at once (N5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.queries import Actor, signature
from pingyi.campaigns import queries as campaigns
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.reviews import permissions
from pingyi.reviews.enums import LedgerKind, MeetingState, ReviewPart
from pingyi.reviews.models import Meeting, Review
from pingyi.reviews.operations.record import LONGEST_PART, NewReview, record_many
from pingyi.reviews.queries.tasks import grid_rows
from pingyi.reviews.rules.drafts import Cells, Merged, merge, shape

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit

Draft = Mapping[str, Cells]
Seen = Mapping[str, str]
NOTHING_SEEN: Seen = {}


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
    round_ = campaigns.round_held(round_)
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
def save_draft(*, meeting: Meeting, draft: Draft, seen: Seen = NOTHING_SEEN, by: Actor) -> Merged:
    """Keep what has been typed so far (autosave). Drafts are no records: no ledger line.

    `seen` gives for each row the version it was begun from (rules.drafts). Rows that somebody else
    has changed too stay as they are kept; they are named in what it gives.
    """
    meeting = _locked(meeting)
    refuse(permissions.why_not_edit_meeting(by, meeting))
    return _keep(meeting, draft, seen)


@transaction.atomic
@ledger.lines_last()
def save_meeting(
    *,
    meeting: Meeting,
    draft: Draft | None = None,
    seen: Seen = NOTHING_SEEN,
    accept_signs: bool = False,
    by: Actor,
    now: datetime,
) -> list[Review]:
    """Record a review for every row in which something is written, all or none.

    Rows left blank are not reviewed at this meeting. Raises SignsFound like `record_review`;
    refuses a grid with nothing in it (`nothing_written`), and rows that are no longer as they were
    `seen` (`changed_meanwhile`, with what is kept). On a refusal nothing changes: to
    keep the texts, save the draft first.
    """
    meeting = _locked(meeting)
    refuse(permissions.why_not_edit_meeting(by, meeting))
    if draft is not None:
        merged = _keep(meeting, draft, seen)
        # Refused, nothing of it is kept.
        refuse(why_changed(meeting, replace(merged, taken=[])))
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
    _note(LedgerKind.MEETING_SAVED, meeting, by, now)
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
    """The sitting as it is now, for one deed alone; its round stays open."""
    campaigns.round_held(meeting.round)
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__campaign", "unit", "reviewer__unit")
        .get(pk=meeting.pk)
    )


def _keep(meeting: Meeting, draft: Draft, seen: Seen) -> Merged:
    """Only rows of the grid and the three parts, cut where no part may go on."""
    keys = {row.key for row in grid_rows(meeting)}
    typed = {key: shape(cells, LONGEST_PART) for key, cells in draft.items() if key in keys}
    merged = merge(meeting.draft, typed, seen)
    meeting.draft = merged.draft
    meeting.save(update_fields=["draft"])
    return merged


class ChangedMeanwhile(Refusal):
    """Rows of a grid that are not as they were seen; `merged` says which, and what is kept."""

    def __init__(self, sentence: str, merged: Merged, details: Sequence[str] = ()) -> None:
        super().__init__(sentence, code="changed_meanwhile", details=details)
        self.merged = merged


def why_changed(meeting: Meeting, merged: Merged) -> ChangedMeanwhile | None:
    """What is kept by now in rows that were seen otherwise: nothing is recorded unseen."""
    told = {*merged.changed, *merged.unseen}
    rows = [row for row in grid_rows(meeting) if row.key in told] if told else []
    if not rows:
        return None
    sentence = ngettext(
        "%(count)d row was changed elsewhere since you opened the grid: in another window, or by "
        "somebody else. What is kept stands below. Save again: where you wrote too, yours counts.",
        "%(count)d rows were changed elsewhere since you opened the grid: in another window, or by "
        "somebody else. What is kept stands below. Save again: where you wrote too, yours counts.",
        len(rows),
    )
    details = [
        "".join((row.subject, _(": "), _words(merged.draft.get(row.key, {})))) for row in rows
    ]
    return ChangedMeanwhile(sentence % {"count": len(rows)}, merged, details)


def why_not_kept(merged: Merged) -> ChangedMeanwhile | None:
    """Rows that the autosave leaves as they are kept, to be compared when all is saved."""
    count = len(merged.changed)
    if not count:
        return None
    sentence = ngettext(
        "%(count)d row was changed elsewhere meanwhile and is not kept as you typed it. Save, and "
        "you can compare both.",
        "%(count)d rows were changed elsewhere meanwhile and are not kept as you typed them. Save, "
        "and you can compare both.",
        count,
    )
    return ChangedMeanwhile(sentence % {"count": count}, merged)


def _words(cells: Mapping[str, str]) -> str:
    return " / ".join(cells.get(part, "") or "—" for part in ReviewPart.values)


def _note(kind: LedgerKind, meeting: Meeting, by: Actor, now: datetime) -> None:
    ledger.append(
        kind=kind,
        subject=f"review_meeting:{meeting.pk}",
        body={
            "round": meeting.round.code,
            "unit": meeting.unit.code,
            "reviewer": meeting.reviewer.shown_name,
            "held_on": meeting.held_on,
            "place": meeting.place,
        },
        rows=[meeting],
        by=signature(by),
        now=now,
    )
