"""What a page of an appraisal shows of what it edits, as it is by now (ui.edits)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.appraisals.models import Count, Flag
from pingyi.appraisals.queries.counts import typed_of
from pingyi.appraisals.queries.ledger import stage_initial
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.core.seen import Content, Said

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


def stage_seen(round_: "Round", unit: "Unit", stage: str) -> Content:
    """The record of a stage in the fields of its form; empty fields where there is none yet."""
    plan = needed_plan(round_)
    fields = ["held_on", "place", "content"]
    if {each.code: each.kind for each in plan.stages}[stage] == "meeting":
        fields += [f"{n}-{each.code}" for each in plan.strata for n in ("due", "present")]
    kept = stage_initial(round_, unit, stage)
    return {name: kept.get(name) for name in fields}


def count_seen(pk: int) -> Content:
    """A count: its state, and the version of its figures."""
    row = Count.objects.select_related("appraisal__round").get(pk=pk)
    collected = f"{_('Issued')} {row.issued}, {_('Collected')} {row.collected}"
    return {
        "state": Said(_("State"), row.state, row.get_state_display()),
        "figures": Said(_("Count"), typed_of(row).seen, collected),
    }


def flag_seen(pk: int) -> Content:
    """What was decided about a flag, in the fields of the form."""
    return flag_content(Flag.objects.get(pk=pk))


def flag_content(row: Flag) -> Content:
    """The same of a row that was read."""
    return {"decision": row.decision, "decider": row.decider, "decided_on": row.decided_on}
