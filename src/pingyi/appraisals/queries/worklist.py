"""What a branch has to do next in its appraisal, and which flags wait for a decision."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.enums import Right
from pingyi.appraisals.models import Appraisal
from pingyi.appraisals.queries.plans import plan_of
from pingyi.appraisals.queries.results import flagged_appraisals, open_flags
from pingyi.appraisals.queries.stages import steps_of
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import forms_at, is_usual, label_of, scopes
from pingyi.core.clock import due_state
from pingyi.ui.doors import LINES_SHOWN, Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Round


def worklist(actor: "User", round_: "Round | None", today: date) -> Worklist:
    """Owed: the next stage of the branches one answers for. Waiting: flags not decided yet."""
    if round_ is None:
        return Worklist()
    flagged = flagged_appraisals(actor, round_)
    shown = list(flagged.select_related("unit")[:LINES_SHOWN])
    return Worklist(
        list(_stages(actor, round_, today)),
        list(_flags(round_, shown)),
        also_waiting=flagged.count() - LINES_SHOWN if len(shown) == LINES_SHOWN else 0,
        all_waiting=_undecided(round_),
    )


def _undecided(round_: "Round") -> str:
    units = reverse("appraisals:units", args=[round_.campaign.code, round_.code])
    return f"{units}?state=undecided"


def _stages(actor: "User", round_: "Round", today: date) -> Iterator[Item]:
    """The branch a branch secretary answers for, with its next stage; where the pack says which
    units are judged, every unit of one's own among them.
    """
    plan = plan_of(round_)
    if round_.state != RoundState.OPEN or plan is None:
        return
    labels = {stage.code: label_of(stage) for stage in plan.stages}
    kinds = {stage.code: stage.kind for stage in plan.stages}
    usual = is_usual(round_.campaign)
    roles = (Right.CONVENE if usual else Right.RECORD_APPRAISALS).roles
    for scope in scopes(actor, round_.campaign):
        if scope.role not in roles or not forms_at(round_.campaign, scope.unit):
            continue
        step = next((step for step in steps_of(round_, scope.unit) if step.is_next), None)
        if step is not None:
            codes = [round_.campaign.code, round_.code, scope.unit.code]
            yield Item(
                _("Appraisal: %(stage)s") % {"stage": labels[step.code]},
                scope.unit.name,
                round_.closes_on,
                due_state(round_.closes_on, today),
                _page_of(codes, step.code, kinds[step.code]),
                _("Continue"),
            )


def _page_of(codes: list[str], stage: str, kind: str) -> str:
    """Where the stage is done: its record, or beside its ballots what is to be counted."""
    if kind == "count":
        return reverse("appraisals:unit", args=codes)
    return reverse("appraisals:stage", args=[*codes, stage])


def _flags(round_: "Round", appraisals: Sequence[Appraisal]) -> Iterator[Item]:
    """One line a unit with everything to be decided there."""
    waiting = open_flags(round_, appraisals)
    codes = [round_.campaign.code, round_.code]
    for appraisal in appraisals:
        labels, unit = waiting[appraisal.pk], appraisal.unit
        what = ngettext(
            "Decide on %(n)d point: %(flags)s", "Decide on %(n)d points: %(flags)s", len(labels)
        )
        yield Item(
            what % {"n": len(labels), "flags": "、".join(dict.fromkeys(labels))},
            unit.name,
            None,
            "todo",
            reverse("appraisals:result", args=[*codes, unit.code]) + "#flags",
            _("Decide"),
        )
