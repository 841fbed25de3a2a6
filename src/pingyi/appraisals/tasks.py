"""The ledger of appraisals and the results of a round as files (N10)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.appraisals.exports import ledger_table, ledger_title, results_table
from pingyi.appraisals.models import CountLine
from pingyi.appraisals.queries.grades import given_in
from pingyi.appraisals.queries.ledger import ledger_lines, signed_counts
from pingyi.appraisals.queries.plans import form_of, needed_plan, plan_of
from pingyi.appraisals.queries.results import subject_results
from pingyi.appraisals.queries.units import readable_units
from pingyi.campaigns.queries import rounds_visible_to
from pingyi.downloads.doors import Asked, Document
from pingyi.ui.downloads import file_name

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round
    from pingyi.campaigns.models.universe import UnitQuerySet

KINDS = ("xlsx", "pdf")


def ledger(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """All signed counts in sight, one line each, as xlsx or pdf."""
    if asked.place["kind"] not in KINDS:
        raise Http404(_("There is no such document."))
    round_, units = _in_sight(actor, asked)
    counts = signed_counts(round_, units)
    return Document(
        title=ledger_title(round_),
        name=_name(round_, ledger_title(round_), kind=asked.place["kind"]),
        page=_page(round_),
        count=counts.count,
        table=lambda: ledger_table(round_, ledger_lines(round_, counts)),
    )


def results(actor: "User", asked: Asked, now: datetime) -> Document:  # noqa: ARG001  the door gives it
    """All results in sight on one ballot form, a line for each subject, as xlsx alone: too wide to
    print.
    """
    round_, units = _in_sight(actor, asked)
    plan = needed_plan(round_)
    form = form_of(plan, asked.place["form_code"])
    if form is None:
        raise Http404(_("This campaign has no such ballot form."))
    counts = signed_counts(round_, units).filter(form=form.code)
    subjects = CountLine.objects.filter(count__in=counts.order_by(), item=form.items[0].code)
    return Document(
        title=_("Results of a round: {form}").format(form=form.title),
        name=_name(round_, form.annex, _("results")),
        page=_page(round_),
        count=subjects.count,
        table=lambda: results_table(
            round_, form, plan, subject_results(round_, form, counts), given_in(round_, form, units)
        ),
    )


def _in_sight(actor: "User", asked: Asked) -> "tuple[Round, UnitQuerySet]":
    code, round_code = asked.place["campaign_code"], asked.place["round_code"]
    round_ = rounds_visible_to(actor, code).filter(code=round_code).first()
    if round_ is None or plan_of(round_) is None:
        raise Http404(_("This campaign has no appraisal."))
    units = readable_units(actor, round_)
    if units is None:
        raise Http404(_("You read no appraisal in this campaign."))
    return round_, units


def _name(round_: "Round", *what: str, kind: str = "xlsx") -> str:
    return file_name(round_.campaign.name, *what, round_.name, kind=kind)


def _page(round_: "Round") -> str:
    return reverse("appraisals:units", args=[round_.campaign.code, round_.code])
