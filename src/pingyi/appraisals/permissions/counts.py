"""Who begins, types, signs, voids, opens again a counted vote, and what its figures lack (N8)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pingyi.accounts.enums import Right
from pingyi.accounts.queries import Actor
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Count, SealedVote
from pingyi.appraisals.permissions.units import why_not_record_stage
from pingyi.appraisals.queries.boxes import boxes_at
from pingyi.appraisals.queries.counts import ballot_of, count_of, figures_of, lines_of, rows_of
from pingyi.appraisals.queries.grades import grades_of
from pingyi.appraisals.queries.plans import blank_counts, form_of, needed_plan
from pingyi.appraisals.queries.results import flags_resting_on
from pingyi.appraisals.queries.sealed import lines_of_tally
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.rules.identities import Figures, Line, Problem, Row, is_void, problems_of
from pingyi.ballots.queries import tally_of_box
from pingyi.campaigns.permissions import holds
from pingyi.campaigns.queries import forms_at
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit

# An identity that does not hold, in words: both of its sides and the row it is about.
SENTENCES = {
    "present_above_due": gettext_lazy("Present %(right)d is more than due %(left)d."),
    "collected_unlike_sum": gettext_lazy("Collected %(left)d is not valid plus spoilt, %(right)d."),
    "line_unlike_valid": gettext_lazy(
        "%(line)s: the answers add up to %(left)d, but %(right)d ballots are valid."
    ),
    "blank_is_invalid": gettext_lazy(
        "%(line)s: in this campaign a blank item is invalid; enter the %(left)d "
        "abstentions as void."
    ),
}


def why_not_count(actor: Actor, round_: "Round", unit: "Unit") -> Refusal | None:
    """A vote is counted once the stages before it have been recorded."""
    plan = needed_plan(round_)
    stage = next((each.code for each in plan.stages if each.kind == "count"), None)
    if stage is None:
        return Refusal(_("This campaign counts no ballots."), code="no_count")
    return why_not_record_stage(actor, round_, unit, stage)


def why_not_start_count(
    actor: Actor, round_: "Round", unit: "Unit", form_code: str, stratum: str = ""
) -> Refusal | None:
    """A vote is begun on a form of the campaign, and none after one that was signed; of each
    stratum by itself where the pack counts them apart.
    """
    refusal = why_not_count(actor, round_, unit)
    if refusal is not None:
        return refusal
    form = form_of(needed_plan(round_), form_code)
    if form is None:
        return Refusal(
            _("This campaign has no ballot form “%(code)s”.") % {"code": form_code},
            code="unknown_form",
        )
    if form not in forms_at(round_.campaign, unit):
        return Refusal(
            _("The ballot “%(form)s” is not for %(unit)s.")
            % {"form": form.called, "unit": unit.name},
            code="form_of_others",
        )
    if all(box.key != (form_code, stratum) for box in boxes_at(round_, unit)):
        return Refusal(
            _("Say whose ballots they are: each stratum of the panel is counted by itself.")
            if needed_plan(round_).counting.apart
            else _("In this campaign strata are not counted apart."),
            code="unknown_stratum",
        )
    appraisal = appraisal_of(round_, unit)
    latest = count_of(appraisal, form_code, stratum) if appraisal is not None else None
    if latest is not None and latest.state == CountState.SIGNED:
        return Refusal(_("This vote has been counted and signed."), code="already_counted")
    return None


def why_not_change_count(actor: Actor, count: Count) -> Refusal | None:
    """Only a draft is typed into; a signed count is opened again with a reason."""
    refusal = why_not_count(actor, count.appraisal.round, count.appraisal.unit)
    if refusal is None and count.state != CountState.DRAFT:
        return Refusal(
            _("This count is signed or void. Open it again with a reason to change it."),
            code="count_not_draft",
        )
    return refusal


def why_not_save_count(actor: Actor, count: Count, lines: Sequence[Line]) -> Refusal | None:
    """A draft is kept even where it does not add up yet, but on the form's own rows only."""
    return why_not_change_count(actor, count) or _why_not_these(count, lines)


def why_not_sign_count(actor: Actor, count: Count, now: datetime) -> Refusal | None:
    """What stands between a count as it is kept and its signature."""
    refusal = why_not_change_count(actor, count)
    if refusal is not None:
        return refusal
    figures, lines = figures_of(count), lines_of(count)
    if is_void(figures):
        return Refusal(
            _(
                "More ballots were collected (%(collected)d) than issued (%(issued)d): the vote is "
                "void and has to be held again."
            )
            % {"collected": figures.collected, "issued": figures.issued},
            code="vote_is_void",
        )
    if count.counted_on > day_of(now):
        return Refusal(
            _("The date %(day)s lies ahead.") % {"day": date_format(count.counted_on)},
            code="day_ahead",
        )
    return (
        _why_not_by(count.scrutineer, count.teller)
        or _why_not_these(count, lines)
        or _why_not_as_in_box(count, figures, lines)
        or _why_not_added_up(count, figures, lines)
    )


def why_not_declare_void(actor: Actor, count: Count) -> Refusal | None:
    """A vote is void where more ballots were collected than issued (rulebook §1)."""
    refusal = why_not_change_count(actor, count)
    if refusal is None and not is_void(figures_of(count)):
        return Refusal(
            _("A vote is void only if more ballots were collected than issued."),
            code="vote_is_good",
        )
    return refusal


def _why_not_by(scrutineer: str, teller: str) -> Refusal | None:
    """Who counts is watched by another person (rulebook 4: both sign the count)."""
    if not scrutineer or not teller:
        return Refusal(_("Name the scrutineer and the teller."), code="unsigned")
    if "".join(scrutineer.split()) == "".join(teller.split()):
        return Refusal(
            _(
                "The scrutineer watches the teller: name two people. Two of one name are told "
                "apart by an addition."
            ),
            code="same_person",
        )
    return None


def _why_not_as_in_box(count: Count, figures: Figures, lines: Sequence[Line]) -> Refusal | None:
    """What a sealed box counted is signed as it was counted, to the last ballot."""
    vote = SealedVote.objects.filter(count=count).first()
    sums = tally_of_box(vote.box) if vote is not None else None
    if vote is None or sums is None:
        return None
    counted = (vote.handed_out, sums.collected, sums.valid, sums.spoilt)
    typed = (figures.issued, figures.collected, figures.valid, figures.spoilt)
    by_row = {line.row: (dict(line.votes), line.abstained, line.void) for line in lines}
    boxed = {
        line.row: (dict(line.votes), line.abstained, line.void) for line in lines_of_tally(sums)
    }
    if counted == typed and by_row == boxed:
        return None
    return Refusal(
        _("The figures are not those of the sealed box. Put them back as they were counted."),
        code="unlike_the_box",
    )


def _why_not_these(count: Count, lines: Sequence[Line]) -> Refusal | None:
    """Lines about an item, answer or person that the form does not have (any more)."""
    form, rows = ballot_of(count), rows_of(count)
    items = {item.code for item in form.items}
    options = {option.code for option in form.options}
    for line in lines:
        if line.item not in items:
            return Refusal(
                _("The form has no item “%(code)s”.") % {"code": line.item}, code="unknown_item"
            )
        if not options.issuperset(line.votes):
            return Refusal(_("The form has no such answer."), code="unknown_option")
        if line.row not in rows:
            return Refusal(
                _("This person is not among the members to be appraised here."),
                code="unknown_member",
            )
    return None


def _why_not_added_up(count: Count, figures: Figures, lines: Sequence[Line]) -> Refusal | None:
    """Every row that is missing, then every identity that does not hold, each in words."""
    rows = rows_of(count)
    typed = {line.row for line in lines}
    missing = [row for key, row in rows.items() if key not in typed]
    if missing:
        return Refusal(
            _("Some items have not been counted yet."), code="lines_missing", details=missing
        )
    plan = needed_plan(count.appraisal.round)
    problems = problems_of(
        figures,
        lines,
        self_vote=plan.counting.self_vote,
        blank_counts=blank_counts(plan),
    )
    if not problems:
        return None
    return Refusal(
        _("The figures do not add up yet."),
        code="identities",
        details=[_problem_sentence(problem, rows) for problem in problems],
    )


def _problem_sentence(problem: Problem, rows: Mapping[Row, str]) -> str:
    """An identity that does not hold, with its figures and what to look at."""
    identity = problem.identity
    line = identity.row and rows[identity.row]
    values = {"left": problem.left, "right": problem.right, "line": line}
    return str(SENTENCES[identity.code]) % values


def why_not_reopen_count(actor: Actor, count: Count) -> Refusal | None:
    """A signed count is opened again by those who decide, while nothing was decided on it."""
    refusal = why_not_count(actor, count.appraisal.round, count.appraisal.unit)
    if refusal is not None:
        return refusal
    if not holds(actor, count.appraisal.unit, Right.DECIDE):
        return Refusal(
            _(
                "Only the office, the clerk or the township secretary can open a signed count "
                "again."
            ),
            code="not_a_decider",
        )
    if count.state != CountState.SIGNED:
        return Refusal(_("This count is not signed."), code="count_not_signed")
    decided = flags_resting_on(count).filter(decided_at__isnull=False).exists()
    if decided or grades_of(count.appraisal, count.form).exists():
        return Refusal(
            _("A decision rests on this count; it can no longer be changed."),
            code="count_decided",
        )
    return None
