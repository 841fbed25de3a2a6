"""What people wrote on their ballots, what was decided on flags: from there it is followed up."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from pingyi.appraisals.models import Appraisal, Flag, Opinion
from pingyi.appraisals.queries.plans import plan_of
from pingyi.campaigns.queries import hold_all, label_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Round


def opinions_below(campaign: "Campaign", paths: Iterable[str]) -> QuerySet[Opinion]:
    """The opinions recorded in the appraisals of these subtrees, with unit and round."""
    found = Opinion.objects.filter(appraisal__in=_appraisals(campaign, paths))
    return found.select_related("appraisal__unit", "appraisal__round")


def decisions_below(campaign: "Campaign", paths: Iterable[str]) -> QuerySet[Flag]:
    """The flags of these subtrees about which a named person or meeting decided, with unit, round
    and whom they are about.
    """
    found = Flag.objects.filter(
        appraisal__in=_appraisals(campaign, paths), decided_at__isnull=False
    )
    return found.select_related("appraisal__unit", "appraisal__round__campaign", "participant")


def _appraisals(campaign: "Campaign", paths: Iterable[str]) -> QuerySet[Appraisal]:
    """Units first, then their appraisals: of what lies elsewhere nothing is read."""
    paths = list(paths)
    found = Appraisal.objects.filter(round__in=campaign.rounds.order_by()).order_by()
    if hold_all(paths):
        return found
    return found.filter(unit__in=campaign.units.in_subtree(paths).order_by())


def flag_labels(round_: "Round") -> dict[str, str]:
    """What the pack calls its flags, by code."""
    plan = plan_of(round_)
    return {flag.code: label_of(flag) for flag in plan.flags} if plan else {}
