"""Commitments in sight, those of a subject, and how many of the public ones were kept (N15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pingyi.accounts.enums import Right
from pingyi.campaigns.queries import hold_all, pack_of, participant_of, scopes
from pingyi.commitments.enums import CommitmentState, Fulfilment
from pingyi.commitments.models import Commitment
from pingyi.commitments.rules.workflow import PUBLIC

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Participant, Unit

NAMED = ("unit__campaign", "unit__parent__campaign", "participant__unit")


@dataclass(frozen=True)
class Rate:
    """How many of the public commitments were kept as a whole (承诺兑现率)."""

    kept: int
    public: int


def paths_of(actor: "User", campaign: "Campaign", right: Right) -> list[str]:
    """The subtrees in which the actor has a right."""
    return [scope.path for scope in scopes(actor, campaign) if scope.role in right.roles]


def commitments_visible_to(actor: "User", campaign: "Campaign") -> QuerySet[Commitment]:
    """All of the units over whose records the actor reads; one's own; and what is public in the
    units one belongs to.
    """
    every = Commitment.objects.filter(campaign=campaign)
    reads = paths_of(actor, campaign, Right.READ_APPRAISALS)
    if hold_all(reads):
        return every.select_related(*NAMED)
    units = campaign.units.order_by()
    belongs = {scope.unit.pk for scope in scopes(actor, campaign)}
    ways = [
        every.filter(unit__in=units.in_subtree(reads)),
        every.filter(unit__in=belongs, state__in=PUBLIC),
    ]
    if (me := participant_of(actor, campaign)) is not None:
        ways.append(Commitment.objects.filter(participant=me))
    # Each by its own index; one `or` of them would read every commitment of the campaign.
    first, *others = (rows.order_by().values("pk") for rows in ways)
    return Commitment.objects.select_related(*NAMED).filter(pk__in=first.union(*others))


def commitments_of(unit: "Unit | None", participant: "Participant | None") -> QuerySet[Commitment]:
    """The public commitments of a member, or of an organization itself, as reviews show them."""
    found = Commitment.objects.filter(state__in=PUBLIC).order_by("due_on", "pk")
    if participant is not None:
        return found.filter(participant=participant)
    return found.filter(unit=unit, participant=None)


def own_commitments(participant: "Participant") -> QuerySet[Commitment]:
    """Everything that a member promised in the campaign."""
    found = Commitment.objects.filter(participant=participant).order_by("due_on", "pk")
    return found.select_related(*NAMED)


def wall_of(unit: "Unit") -> QuerySet[Commitment]:
    """What is public in a unit: the organization first, then its members by name."""
    found = Commitment.objects.filter(unit=unit, state__in=PUBLIC)
    return found.select_related("participant", "unit").order_by(
        "participant__initials", "participant__name", "due_on", "pk"
    )


def rate_of(commitments: QuerySet[Commitment]) -> Rate:
    """How many of the public ones among these were kept as a whole. One query."""
    counts = commitments.order_by().aggregate(
        public=Count("pk", filter=Q(state__in=PUBLIC)),
        kept=Count("pk", filter=Q(fulfilment=Fulfilment.WHOLE)),
    )
    return Rate(counts["kept"], counts["public"])


def kinds_of(campaign: "Campaign") -> dict[str, str]:
    """What the pack calls the kinds of commitments, by code; nothing where it has none."""
    return {kind.code: kind.label for kind in pack_of(campaign).commitments}


def narrowed(found: QuerySet[Commitment], state: str) -> QuerySet[Commitment]:
    """Those in a state; all where the word is none."""
    return found.filter(state=state) if state in CommitmentState.values else found


def called(kinds: dict[str, str], found: "Iterable[Commitment]") -> "list[tuple[Commitment, str]]":
    """Commitments with what their kinds are called."""
    return [(each, kinds.get(each.kind, each.kind)) for each in found]


def records(campaign: "Campaign") -> list[str]:
    """Whether anybody made a commitment in a campaign."""
    made = Commitment.objects.filter(campaign=campaign).exists()
    return [_("public commitments")] if made else []
