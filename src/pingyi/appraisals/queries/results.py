"""The result of a vote: answers, rates and their formulas, of the organization and its members."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pingyi.accounts.enums import Right
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine, DecidedGrade, Flag
from pingyi.appraisals.queries.counts import ballot_of, line_of
from pingyi.appraisals.queries.grades import (
    deciding_forms,
    how_many_undecided,
    not_decided,
)
from pingyi.appraisals.queries.plans import (
    needed_plan,
    outside_of,
    plan_of,
    rates_of,
    score_rule,
)
from pingyi.appraisals.rules.counting import (
    Answer,
    RateResult,
    answers_of,
    is_majority,
    most_given,
    rate_of,
)
from pingyi.appraisals.rules.identities import Line
from pingyi.appraisals.rules.scoring import Score, score_of
from pingyi.campaigns.queries import hold_all, label_of, scopes
from pingyi.campaigns.rules.pack import Quota
from pingyi.core.pieces import in_pieces

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.campaigns.models import Campaign, Participant, Round
    from pingyi.campaigns.rules.pack import AppraisalPlan, BallotForm, Item

# A count of members has a hundred lines and more.
COUNTS_AT_ONCE = 100


@dataclass(frozen=True)
class ItemResult:
    """An item with its answers and rates."""

    item: "Item"
    line: Line
    answers: list[Answer]
    rates: list[RateResult]
    # None where the ballot is not scored.
    score: Score | None = None

    @property
    def most(self) -> str:
        """The answer that most ballots gave; said where that are several, or not more than half."""
        labels = {answer.option: answer.label for answer in self.answers}
        leaders = most_given(self.line)
        if not leaders:
            return ""
        if len(leaders) > 1:
            tied = pgettext("list", ", ").join(
                labels[option] for option in labels if option in leaders
            )
            return _("equal: %(answers)s") % {"answers": tied}
        if is_majority(self.line, leaders[0]):
            return labels[leaders[0]]
        return _("%(answer)s (not more than half)") % {"answer": labels[leaders[0]]}


@dataclass(frozen=True)
class MemberResult:
    """A member with the results of all items."""

    participant: "Participant"
    items: list[ItemResult]


@dataclass(frozen=True)
class SubjectResult:
    """A subject of a signed count: the organization, or one of its members."""

    count: Count
    participant: "Participant | None"
    items: list[ItemResult]
    decided: DecidedGrade | None = None


def unit_result(count: Count) -> list[ItemResult]:
    """The items of the organization's form, in its order."""
    plan = needed_plan(count.appraisal.round)
    form = ballot_of(count)
    lines = {row.item: line_of(row) for row in count.lines.all() if row.participant_id is None}
    return [_item(plan, form, item, lines[item.code]) for item in form.items if item.code in lines]


def member_results(count: Count) -> list[MemberResult]:
    """The items of every member's row, in the order of the roster. Two queries."""
    plan = needed_plan(count.appraisal.round)
    form = ballot_of(count)
    rows = count.lines.filter(participant__isnull=False).select_related("participant")
    found = _by_subject(plan, form, rows.order_by("participant_id"))
    return [MemberResult(person, items) for person, items in found if person is not None]


def subject_results(
    round_: "Round", form: "BallotForm", counts: QuerySet[Count]
) -> Iterator[SubjectResult]:
    """All subjects of signed counts on a form, read in pieces. Three queries a piece, one
    more where grades are decided.
    """
    plan = needed_plan(round_)
    rows = CountLine.objects.select_related("participant").order_by("participant_id", "pk")
    for piece in in_pieces(counts, COUNTS_AT_ONCE):
        decided = _decided(form, piece) if form.decision else {}
        told = piece.select_related("appraisal__unit__parent")
        for count in told.prefetch_related(Prefetch("lines", rows)):
            for person, items in _by_subject(plan, form, count.lines.all()):
                key = count.appraisal_id, person.pk if person else None
                yield SubjectResult(count, person, items, decided.get(key))


def _decided(
    form: "BallotForm", counts: QuerySet[Count]
) -> dict[tuple[int, int | None], DecidedGrade]:
    """What was decided on a ballot in the appraisals of these counts, by appraisal and subject."""
    appraisals = counts.order_by().values("appraisal")
    rows = DecidedGrade.objects.filter(appraisal__in=appraisals, form=form.code)
    return {(row.appraisal_id, row.participant_id): row for row in rows}


def quota_items(plan: "AppraisalPlan", form: "BallotForm") -> set[str]:
    """Items of the form whose leading answers a quota counts."""
    return {flag.item for flag in plan.flags if isinstance(flag, Quota) and flag.form == form.code}


def _by_subject(
    plan: "AppraisalPlan", form: "BallotForm", rows: Iterable[CountLine]
) -> "list[tuple[Participant | None, list[ItemResult]]]":
    """The lines of a count by whom they are about, each with the items in the form's order."""
    found: dict[int | None, tuple[Participant | None, dict[str, Line]]] = {}
    for row in rows:
        found.setdefault(row.participant_id, (row.participant, {}))[1][row.item] = line_of(row)
    return [
        (
            person,
            [
                _item(plan, form, item, lines[item.code])
                for item in form.items
                if item.code in lines
            ],
        )
        for person, lines in found.values()
    ]


def _item(plan: "AppraisalPlan", form: "BallotForm", item: "Item", line: Line) -> ItemResult:
    options = [(option.code, option.label) for option in form.options]
    rule = score_rule(form)
    return ItemResult(
        item=item,
        line=line,
        answers=answers_of(line, options),
        rates=[rate_of(line, rate, outside=outside_of(form)) for rate in rates_of(plan, form)],
        score=score_of(line, rule) if rule is not None else None,
    )


def flagged_appraisals(actor: "User", round_: "Round") -> QuerySet[Appraisal]:
    """Appraisals with flags that nobody has decided yet, where the actor may decide them."""
    paths = [s.path for s in scopes(actor, round_.campaign) if s.role in Right.DECIDE.roles]
    undecided = Q(Exists(Flag.objects.filter(appraisal=OuterRef("pk"), decided_at=None)))
    if deciding_forms(round_):
        undecided |= Q(Exists(not_decided(round_).filter(count__appraisal=OuterRef("pk"))))
    appraisals = Appraisal.objects.filter(undecided, round=round_)
    if not hold_all(paths):
        appraisals = appraisals.filter(unit__in=round_.campaign.units.in_subtree(paths).order_by())
    return appraisals.filter(unit__is_active=True).order_by("pk")


def flags_resting_on(count: Count) -> QuerySet[Flag]:
    """The flags that a count has part in: its own, and where strata are counted apart those of the
    other counts on its form, which all of them raised together.
    """
    return Flag.objects.filter(
        appraisal=count.appraisal_id, count__form=count.form, count__state=CountState.SIGNED
    )


def open_flags(round_: "Round", appraisals: Iterable[Appraisal]) -> dict[int, list[str]]:
    """The labels of what is still to be decided in each appraisal. One query, and one where grades
    are decided.
    """
    plan = plan_of(round_)
    labels = {flag.code: label_of(flag) for flag in plan.flags} if plan else {}
    found: dict[int, list[str]] = defaultdict(list)
    among = list(appraisals)
    flags = Flag.objects.filter(appraisal__in=among, decided_at=None)
    for appraisal_id, code in flags.values_list("appraisal_id", "code"):
        found[appraisal_id].append(labels.get(code, code))
    decisions = {form.code: form.decision.label for form in deciding_forms(round_) if form.decision}
    if decisions:
        lines = not_decided(round_).filter(count__appraisal__in=among)
        waiting = lines.values_list("count__appraisal", "count__form").distinct()
        for appraisal_id, code in waiting.order_by("count__form"):
            found[appraisal_id].append(decisions[code])
    return found


def loose_ends(round_: "Round") -> list[str]:
    """Counts that nobody has signed, and what still waits for somebody's decision."""
    drafts = Count.objects.filter(appraisal__round=round_, state=CountState.DRAFT).count()
    flags = Flag.objects.filter(appraisal__round=round_, decided_at=None).count()
    grades = how_many_undecided(round_)
    said = [
        (drafts, ngettext("%(n)d count is not signed", "%(n)d counts are not signed", drafts)),
        (flags, ngettext("%(n)d decision is owed", "%(n)d decisions are owed", flags)),
        (grades, ngettext("%(n)d grade is not decided", "%(n)d grades are not decided", grades)),
    ]
    return [text % {"n": number} for number, text in said if number]


def records(campaign: "Campaign") -> list[str]:
    """Whether any stage of an appraisal was recorded in a campaign."""
    return [_("appraisals")] if Appraisal.objects.filter(round__campaign=campaign).exists() else []
