"""What the campaign's pack says about appraisals, in the terms of the rules."""

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.appraisals.rules.counting import Band, Quorum, RateRule
from pingyi.appraisals.rules.scoring import ScoreRule, Weighed
from pingyi.campaigns.queries import called, pack_of
from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm, Item, Rate

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round


def plan_of(round_: "Round") -> AppraisalPlan | None:
    """The appraisal part of the campaign's pack, where it has one."""
    return pack_of(round_.campaign).appraisal


def needed_plan(round_: "Round") -> AppraisalPlan:
    """The appraisal part of a campaign that is known to have one."""
    plan = plan_of(round_)
    if plan is None:
        raise ValueError(f"campaign {round_.campaign.code} has no appraisal")
    return plan


def appraisal_name(round_: "Round") -> str:
    """What the campaign calls its appraisals: 群众评议, 民主测评."""
    return called(plan_of(round_)) or _("Appraisal")


def form_of(plan: AppraisalPlan, code: str) -> BallotForm | None:
    """The ballot form of this code, where the campaign has it."""
    return next((form for form in plan.forms if form.code == code), None)


def unit_forms(plan: AppraisalPlan) -> list[str]:
    """Codes of the forms on which organizations are appraised."""
    return [form.code for form in plan.forms if form.subject == "organization"]


def outside_of(form: BallotForm) -> frozenset[str]:
    """Answers outside the base of rates."""
    return frozenset(option.code for option in form.options if option.outside)


def blank_counts(plan: AppraisalPlan) -> bool:
    """Whether an item left blank counts as an abstention, or is invalid (rulebook §1)."""
    return plan.counting.blank == "abstain"


def rates_of(plan: AppraisalPlan, form: BallotForm) -> list[RateRule]:
    """The rates made of answers that stand on the form."""
    known = {option.code for option in form.options}
    return [rate_rule(rate) for rate in plan.rates if known.issuperset(rate.of)]


def rate_rule(rate: Rate) -> RateRule:
    """A rate of the pack as the rules take it."""
    bands = tuple(Band(band.at_least, band.label) for band in rate.bands)
    return RateRule(rate.code, rate.label, tuple(rate.of), rate.over, rate.formula, bands)


def quorum_of(plan: AppraisalPlan) -> Quorum | None:
    """How many of those due have to be present, where the pack asks for it."""
    counting = plan.counting
    if counting.quorum is None:
        return None
    return Quorum(counting.quorum, at_least=counting.quorum_reached == "at_least")


def score_rule(form: BallotForm) -> ScoreRule | None:
    """How the ballot is scored; None where it is not."""
    if form.scoring is None:
        return None
    return ScoreRule(
        label=form.scoring.label,
        points={each.code: each.score for each in form.options if each.score is not None},
        over=form.scoring.over,
        tree=_tree(form),
        bands=tuple(Band(band.at_least, band.label) for band in form.scoring.bands),
    )


def _tree(form: BallotForm) -> tuple[Weighed, ...]:
    """What the score is made of: groups with their items, items, or the overall item alone."""
    if form.scoring is not None and form.scoring.groups:
        return tuple(
            Weighed(
                group.code,
                group.label,
                group.weight,
                _weighed(item for item in form.items if item.group == group.code),
            )
            for group in form.scoring.groups
        )
    weighed = _weighed(form.items)
    return weighed or tuple(
        Weighed(item.code, item.label, Fraction(1)) for item in form.items if item.overall
    )


def _weighed(items: Iterable[Item]) -> tuple[Weighed, ...]:
    return tuple(
        Weighed(item.code, item.label, item.weight) for item in items if item.weight is not None
    )
