"""Who may do what with reviews. Each guards an operation and explains its disabled button."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.enums import CampaignState, RoundState
from pingyi.campaigns.permissions import holds, is_office
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.reviews.enums import MeetingState
from pingyi.reviews.models import Assignment, Meeting, Review
from pingyi.reviews.queries.sight import MANY, leads_of, subject_under, viewer_of
from pingyi.reviews.queries.tasks import assignments_of
from pingyi.reviews.rules.entitlement import Lead, may_review_person, may_review_unit
from pingyi.reviews.rules.visibility import within

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Round, Unit

    # Either a unit or a person, or neither where nothing was found.
    Subject = tuple[Unit | None, Participant | None]


def why_not_in_round(round_: "Round") -> Refusal | None:
    """Reviews are recorded, changed and withdrawn while the round is open (N3)."""
    if round_.campaign.state != CampaignState.OPEN:
        return Refusal(_("The campaign is closed."), code="campaign_closed")
    if round_.state == RoundState.PLANNED:
        return Refusal(
            _("“%(round)s” has not been opened yet.") % {"round": round_.name}, code="round_planned"
        )
    if round_.state == RoundState.CLOSED:
        return Refusal(
            _("“%(round)s” is closed: its reviews stand as they are.") % {"round": round_.name},
            code="round_closed",
        )
    return None


def why_not_held_on(round_: "Round", held_on: date, now: datetime) -> Refusal | None:
    """The day of a review lies inside the campaign and not in the future."""
    if held_on > day_of(now):
        return Refusal(
            _("%(day)s is still to come: a review is recorded after it was given.")
            % {"day": date_format(held_on)},
            code="in_future",
        )
    opens = [found.opens_on for found in round_.campaign.rounds.all()]
    first = min([round_.campaign.cut_off_on, *opens])
    if held_on < first:
        return Refusal(
            _("%(day)s is before the campaign, which began on %(first)s.")
            % {"day": date_format(held_on), "first": date_format(first)},
            code="before_campaign",
        )
    return None


def _assigned(
    round_: "Round", reviewers: Collection[int], subjects: "Collection[Subject]"
) -> set[tuple[int | None, int | None, int | None]]:
    """(reviewer, unit, person) of what is assigned: of the subjects, or where there are many of
    them, to the reviewers.
    """
    rows = Assignment.objects.filter(round=round_).order_by()
    found = [rows.filter(reviewer__in=reviewers)]
    if len(subjects) <= MANY:
        units = [unit.pk for unit, _person in subjects if unit is not None]
        people = [person.pk for _unit, person in subjects if person is not None]
        found = [rows.filter(unit__in=units), rows.filter(participant__in=people)]
    keys = ("reviewer_id", "unit_id", "participant_id")
    return {key for part in found for key in part.values_list(*keys)}


class Recording:
    """What decides who may record whose reviews, read once for any number of them."""

    def __init__(
        self,
        actor: Actor,
        round_: "Round",
        reviewers: "Iterable[Participant]",
        subjects: "Collection[Subject]",
    ) -> None:
        self.actor = actor
        self.round = round_
        self.reviewers = {reviewer.pk for reviewer in reviewers}
        self.assigned = _assigned(round_, self.reviewers, subjects)
        scopes = campaigns.scopes(actor, round_.campaign) if actor is not None else ()
        self.typed = {scope.path for scope in scopes if scope.role in Right.RECORD_REVIEWS.roles}

    @cached_property
    def leads(self) -> dict[int, Lead]:
        """What they lead, read when somebody asks: recording what is assigned needs it not."""
        return leads_of(self.round.campaign, self.reviewers)

    def why_not(
        self, reviewer: "Participant", unit: "Unit | None", participant: "Participant | None"
    ) -> Refusal | None:
        """Whether the actor may record that this leader reviewed this unit or person."""
        place = _place(unit, participant)
        if place is None or not self._are_current(reviewer, participant or place):
            return Refusal(
                _("Only units and members of this campaign can be reviewed, by its leaders."),
                code="not_in_campaign",
            )
        if participant is not None and participant.pk == reviewer.pk:
            return Refusal(_("Nobody reviews themselves."), code="oneself")
        if not self._is_entitled(reviewer, unit, participant, place.path):
            return Refusal(
                _(
                    "%(reviewer)s neither is assigned this review nor leads %(unit)s. "
                    "Change the assignment first."
                )
                % {"reviewer": reviewer.shown_name, "unit": place.name},
                code="not_entitled",
            )
        if not self._may_type_for(reviewer, place.path):
            return Refusal(
                _(
                    "Reviews by %(reviewer)s are recorded by themselves, or by the clerk, the "
                    "secretary or the office of their unit."
                )
                % {"reviewer": reviewer.shown_name},
                code="not_own",
            )
        return None

    def _are_current(self, *found: "Participant | Unit") -> bool:
        return all(one.is_active and one.campaign_id == self.round.campaign_id for one in found)

    def _is_entitled(
        self,
        reviewer: "Participant",
        unit: "Unit | None",
        participant: "Participant | None",
        path: str,
    ) -> bool:
        subject = (unit.pk if unit else None, participant.pk if participant else None)
        if (reviewer.pk, *subject) in self.assigned:
            return True
        lead = self.leads[reviewer.pk]
        return may_review_unit(lead, path) if unit else may_review_person(lead, path)

    def _may_type_for(self, reviewer: "Participant", path: str) -> bool:
        if self.actor is None or campaigns.is_self(self.actor, reviewer):
            return True
        homes = [*self.leads[reviewer.pk].posts]
        if reviewer.unit is not None:
            homes.append(reviewer.unit.path)
        return any(
            within(path, [top]) and any(within(home, [top]) for home in homes) for top in self.typed
        )


def _place(unit: "Unit | None", participant: "Participant | None") -> "Unit | None":
    """The unit itself, or the one the person belongs to; None unless there is one subject."""
    if (unit is None) == (participant is None):
        return None
    return unit if participant is None else participant.unit


def why_not_record(
    actor: Actor,
    round_: "Round",
    reviewer: "Participant",
    *,
    unit: "Unit | None" = None,
    participant: "Participant | None" = None,
) -> Refusal | None:
    """One review: by the reviewer, or typed for them by whoever keeps their unit's records."""
    return why_not_in_round(round_) or Recording(
        actor, round_, [reviewer], [(unit, participant)]
    ).why_not(reviewer, unit, participant)


def why_not_speak_for(actor: Actor, reviewer: "Participant", unit: "Unit") -> Refusal | None:
    """Whether the actor is this leader, or keeps the records of both the leader and the unit."""
    if campaigns.is_self(actor, reviewer):
        return None
    if holds(actor, unit, Right.RECORD_REVIEWS) and holds(
        actor, campaigns.home_unit(reviewer), Right.RECORD_REVIEWS
    ):
        return None
    return Refusal(
        _("Only %(reviewer)s, or whoever records for them, can do this.")
        % {"reviewer": reviewer.shown_name},
        code="not_own",
    )


def why_not_begin_meeting(
    actor: Actor, round_: "Round", unit: "Unit", reviewer: "Participant"
) -> Refusal | None:
    """A sitting at a unit: by a leader who has something to review there."""
    refusal = why_not_in_round(round_) or why_not_speak_for(actor, reviewer, unit)
    if refusal is not None:
        return refusal
    lead = leads_of(round_.campaign, [reviewer.pk])[reviewer.pk]
    assigned = assignments_of(round_).filter(reviewer=reviewer)
    inside = assigned.filter(subject_under([unit.path]))
    if may_review_person(lead, unit.path) or inside.exists():
        return None
    return Refusal(
        _("%(reviewer)s has nobody to review in %(unit)s.")
        % {"reviewer": reviewer.shown_name, "unit": unit.name},
        code="nobody_to_review",
    )


def why_not_edit_meeting(actor: Actor, meeting: Meeting) -> Refusal | None:
    """A draft is changed, saved and discarded by those who may begin it."""
    if meeting.state != MeetingState.DRAFT:
        return Refusal(_("This meeting is no longer a draft."), code="not_a_draft")
    return why_not_in_round(meeting.round) or why_not_speak_for(
        actor, meeting.reviewer, meeting.unit
    )


def why_not_read_coverage(actor: Actor, unit: "Unit") -> Refusal | None:
    """Who is reviewed and who is missing is for those who keep or lead the unit."""
    if actor is None or within(unit.path, viewer_of(actor, unit.campaign).keeps):
        return None
    return Refusal(
        _("Coverage is open to those who keep the records of this unit or lead it."),
        code="not_a_keeper",
    )


def why_not_derive(actor: Actor, round_: "Round") -> Refusal | None:
    """Assignments are derived and changed by the office, until the round is closed."""
    if not is_office(actor, round_.campaign):
        return Refusal(_("Only the campaign office can do this."), code="not_office")
    return _why_not_before_end(round_)


def why_not_reassign(actor: Actor, assignment: Assignment) -> Refusal | None:
    """By the office, clerk or secretary above the subject; nobody chooses their own reviewer."""
    place = _place(assignment.unit, assignment.participant)
    if place is None or not holds(actor, place, Right.RECORD_REVIEWS):
        return Refusal(
            _("Only the office, the clerk or the secretary of this unit can change the reviewer."),
            code="not_clerk",
        )
    participant = assignment.participant
    if participant is not None and campaigns.is_self(actor, participant):
        return Refusal(_("Nobody chooses their own reviewer."), code="oneself")
    return _why_not_before_end(assignment.round)


def may_hand_over(actor: Actor, assignments: "Iterable[Assignment]") -> list[Assignment]:
    """Those of these whose reviewer the actor may change; their own is for others."""
    return [row for row in assignments if why_not_reassign(actor, row) is None]


def why_not_hand_over(
    former: "Participant", assignments: "Collection[Assignment]"
) -> Refusal | None:
    """Only what a leader still has to review can be handed over."""
    if assignments:
        return None
    return Refusal(
        _("%(name)s has nothing left that could be handed over.") % {"name": former.shown_name},
        code="nothing_owed",
    )


def _why_not_before_end(round_: "Round") -> Refusal | None:
    return None if round_.state == RoundState.PLANNED else why_not_in_round(round_)


def why_not_follow_up(actor: Actor, review: Review) -> Refusal | None:
    """What became of a review: written by the reviewer or the keepers of the subject's records."""
    if review.withdrawn_at is not None:
        return _withdrawn()
    if actor is None or campaigns.is_self(actor, review.reviewer):
        return None
    place = _place(review.unit, review.participant)
    if place is not None and holds(actor, place, Right.PUBLISH_REVIEWS):
        return None
    return Refusal(
        _("Only the reviewer, or whoever keeps the records of this unit, can do this."),
        code="not_keeper",
    )


def why_not_withdraw(actor: Actor, review: Review) -> Refusal | None:
    """A wrong review is withdrawn, with a reason, by those who may record it, in its round."""
    if review.withdrawn_at is not None:
        return _withdrawn()
    # Who is a member nowhere is in nobody's keeping: then the reviewer's keepers decide alone.
    place = _place(review.unit, review.participant) or campaigns.home_unit(review.reviewer)
    return why_not_in_round(review.round) or why_not_speak_for(actor, review.reviewer, place)


def why_not_publish(actor: Actor, unit: "Unit") -> Refusal | None:
    """Reviews of a unit and below are made known by the keepers of its records (N6)."""
    if holds(actor, unit, Right.PUBLISH_REVIEWS):
        return None
    return Refusal(
        _("Only the office, the clerk or the secretary of this unit can publish its reviews."),
        code="not_keeper",
    )


def _withdrawn() -> Refusal:
    return Refusal(_("This review has been withdrawn."), code="withdrawn")
