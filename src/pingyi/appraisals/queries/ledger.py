"""The ledger of appraisals: one line a signed count (N10)."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pingyi.appraisals.enums import DUTY, CountState
from pingyi.appraisals.models import Count, Flag, StageRecord
from pingyi.appraisals.models.appraisal import Appraisal
from pingyi.appraisals.queries.boxes import boxes_of
from pingyi.appraisals.queries.counts import figures_of, line_of
from pingyi.appraisals.queries.coverage import is_counted
from pingyi.appraisals.queries.grades import deciding_forms, not_decided
from pingyi.appraisals.queries.plans import needed_plan, outside_of, rates_of, score_rule
from pingyi.appraisals.queries.scores import point_text
from pingyi.appraisals.rules.counting import rate_of
from pingyi.appraisals.rules.scoring import score_of, total_of
from pingyi.campaigns.queries import is_exempt, label_of
from pingyi.core.fractions import percent_text
from pingyi.core.pieces import in_pieces

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm


@dataclass(frozen=True)
class LedgerLine:
    """A signed count in the columns of the ledger."""

    unit_name: str
    form_title: str
    counted_on: date
    sums: tuple[int, int, int, int, int, int]
    rates: str
    scrutineer: str
    teller: str
    flags: str


def is_in_state(round_: "Round", state: str) -> Q:
    """Of units: whether the appraisal is counted, begun but not counted, exempt without either, or
    none of these (`none`); or whether something found in it waits for a decision (`undecided`).
    """
    begun = Appraisal.objects.filter(round=round_, unit=OuterRef("pk"))
    counted = is_counted(
        round_, Count.objects.filter(appraisal__round=round_, appraisal__unit=OuterRef("pk"))
    )
    if state == "counted":
        return counted
    if state == "undecided":
        flags = Flag.objects.filter(appraisal__round=round_, appraisal__unit=OuterRef("pk"))
        waiting = Q(Exists(flags.filter(decided_at=None)))
        if deciding_forms(round_):
            grades = not_decided(round_).filter(count__appraisal__unit=OuterRef("pk"))
            waiting |= Q(Exists(grades))
        return waiting
    if state == "begun":
        return Q(Exists(begun)) & ~counted
    exempt = Q(is_exempt("unit", round_, DUTY))
    return ~Q(Exists(begun)) & (exempt if state == "exempt" else ~exempt)


def signed_counts(round_: "Round", units: "QuerySet[Unit]") -> "QuerySet[Count]":
    """All signed counts of the units, in the order of the tree."""
    counts = Count.objects.filter(
        appraisal__round=round_, appraisal__unit__in=units, state=CountState.SIGNED
    )
    return counts.order_by("appraisal__unit__path", "form", "pk")


def ledger_lines(round_: "Round", counts: "QuerySet[Count]") -> Iterator[LedgerLine]:
    """Signed counts as lines of the ledger, read in pieces. Three queries a piece."""
    plan = needed_plan(round_)
    boxes = {box.key: box for box in boxes_of(plan, plan.forms)}
    labels = {flag.code: label_of(flag) for flag in plan.flags}
    for piece in in_pieces(counts):
        for count in piece.select_related("appraisal__unit").prefetch_related("lines", "flags"):
            box = boxes[count.form, count.stratum]
            form = box.form
            yield LedgerLine(
                unit_name=count.appraisal.unit.name,
                form_title=box.title,
                counted_on=count.counted_on,
                sums=astuple(figures_of(count)),
                rates=_("; ").join(_rates(plan, form, count)),
                scrutineer=count.scrutineer,
                teller=count.teller,
                flags=_("; ").join(
                    dict.fromkeys(labels.get(flag.code, flag.code) for flag in count.flags.all())
                ),
            )


def _rates(plan: "AppraisalPlan", form: "BallotForm", count: Count) -> Iterator[str]:
    """The rates of the items asked of the unit as a whole, with their bands; its score."""
    rule = score_rule(form)
    if rule is not None and form.subject == "organization":
        total = total_of(
            {row.item: score_of(line_of(row), rule).value for row in count.lines.all()}, rule
        )
        yield f"{rule.label} {point_text(total.value)} {total.band}".rstrip()
    for row in count.lines.all():
        item = next(item for item in form.items if item.code == row.item)
        if not item.overall or row.participant_id is not None:
            continue
        line = line_of(row)
        for rate in rates_of(plan, form):
            result = rate_of(line, rate, outside=outside_of(form))
            if result.value is not None:
                shown = percent_text(result.value * 100)
                words = f"{rate.label} {result.numerator}/{result.denominator} = {shown}%"
                yield f"{words} {result.band}".rstrip()


def stage_initial(round_: "Round", unit: "Unit", stage: str) -> dict[str, Any]:
    """What the form of a stage shows when its record is corrected."""
    record = (
        StageRecord.objects.filter(appraisal__round=round_, appraisal__unit=unit, stage=stage)
        .select_related("appraisal")
        .first()
    )
    if record is None:
        return {}
    found: dict[str, Any] = {
        "held_on": record.held_on,
        "place": record.place,
        "content": record.content,
    }
    for row in record.appraisal.panel.all():
        found[f"due-{row.stratum}"] = row.due
        found[f"present-{row.stratum}"] = row.present
    return found
