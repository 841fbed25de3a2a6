"""Decided grades beside what the vote proposes (ADR 0036)."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, CountLine, DecidedGrade
from pingyi.appraisals.queries.plans import plan_of
from pingyi.appraisals.queries.stages import appraisal_of
from pingyi.appraisals.queries.whole import whole_at
from pingyi.appraisals.rules.whole import proposed
from pingyi.campaigns.queries import people_on
from pingyi.core.seen import Content, Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pingyi.campaigns.models import Participant, Round, Unit
    from pingyi.campaigns.rules.pack import BallotForm


@dataclass(frozen=True)
class Graded:
    """A subject of a ballot: what the vote proposes for it, and what was decided."""

    participant: "Participant | None"
    proposed: str
    votes: str
    decided: DecidedGrade | None

    @property
    def key(self) -> int | None:
        """The key of the person; None for the organization."""
        return self.participant.pk if self.participant else None


def deciding_forms(round_: "Round") -> "list[BallotForm]":
    """The ballots on whose subjects somebody decides a grade."""
    plan = plan_of(round_)
    return [form for form in plan.forms if form.decision] if plan is not None else []


def grade_labels(form: "BallotForm") -> dict[str, str]:
    """What the grades of a ballot are called, by code, in the order of the pack."""
    return {each.code: each.label for each in form.decision.grades} if form.decision else {}


def subjects_of(appraisal: Appraisal | None, form: "BallotForm") -> list[Graded]:
    """Everybody on a ballot that is counted, with proposal and grade; nobody before that."""
    whole = whole_at(appraisal, form) if appraisal is not None else None
    if appraisal is None or whole is None:
        return []
    decided = {row.participant_id: row for row in grades_of(appraisal, form.code)}
    overall = next(item.code for item in form.items if item.overall)
    options = {option.code: option.label for option in form.options if not option.outside}
    named = grade_labels(form)
    people: list[Participant | None] = [None]
    if form.subject == "member":
        people = [*people_on(form, appraisal.unit)]
    found = []
    for person in people:
        row = (person.pk if person else None, overall)
        boxes = [one for one in whole.boxes if row in one.lines]
        lines = [one.lines[row] for one in boxes]
        leading = proposed(lines, [one.weight for one in boxes], list(options))
        votes = [
            f"{label} {sum(line.votes.get(code, 0) for line in lines)}"
            for code, label in options.items()
        ]
        grade = leading if leading in named else ""
        found.append(Graded(person, grade, "\u3000".join(votes), decided.get(row[0])))
    return found


@dataclass(frozen=True)
class GradeRow:
    """A subject with both grades in words."""

    subject: Graded
    proposed: str
    grade: str


@dataclass(frozen=True)
class Decided:
    """What was decided on a ballot that is counted: grades, how many of each, who waits."""

    form: "BallotForm"
    rows: list[GradeRow]
    totals: str
    undecided: int


def decisions_of(appraisal: Appraisal) -> list[Decided]:
    """Of each ballot that is counted and on whose subjects somebody decides a grade."""
    found = []
    for form in deciding_forms(appraisal.round):
        subjects, labels = subjects_of(appraisal, form), grade_labels(form)
        rows = [
            GradeRow(one, labels.get(one.proposed, ""), labels[one.decided.grade])
            for one in subjects
            if one.decided
        ]
        if subjects:
            given = totals([one.decided.grade for one in subjects if one.decided], form)
            found.append(Decided(form, rows, given, len(subjects) - len(rows)))
    return found


def grades_of(appraisal: Appraisal, form_code: str) -> QuerySet[DecidedGrade]:
    """What was decided on a ballot."""
    return DecidedGrade.objects.filter(appraisal=appraisal, form=form_code)


def grades_seen(round_: "Round", unit: "Unit", form: "BallotForm") -> Content:
    """What was decided on a ballot and what the vote proposes, as the page shows it."""
    labels = grade_labels(form)
    appraisal = appraisal_of(round_, unit)
    return {
        f"subject-{one.key or 0}": Said(
            one.participant.shown_name if one.participant else unit.name,
            [one.proposed, one.votes, one.decided.grade, one.decided.reason]
            if one.decided
            else [one.proposed, one.votes],
            labels.get(one.decided.grade, "") if one.decided else "",
        )
        for one in subjects_of(appraisal, form)
    }


def totals(grades: "Iterable[str]", form: "BallotForm") -> str:
    """How many got each grade of a ballot, each with its name."""
    given = Counter(grades)
    return "\u3000".join(f"{label} {given[code]}" for code, label in grade_labels(form).items())


def given_in(round_: "Round", form: "BallotForm", units: "QuerySet[Unit]") -> str:
    """How many got each grade of a ballot at these units. No query where none is decided."""
    if form.decision is None:
        return ""
    rows = DecidedGrade.objects.filter(
        appraisal__round=round_, appraisal__unit__in=units.order_by(), form=form.code
    )
    return totals(rows.order_by().values_list("grade", flat=True), form)


def not_decided(round_: "Round") -> QuerySet[CountLine]:
    """Lines of signed counts about whom a grade is to be decided and is not: one a subject, where
    strata are counted apart one for each.
    """
    forms = deciding_forms(round_)
    decided = DecidedGrade.objects.filter(
        Q(participant=OuterRef("participant")) | Q(participant=None),
        appraisal=OuterRef("count__appraisal"),
        form=OuterRef("count__form"),
    )
    overall = Q(pk__in=[])
    for form in forms:
        item = next(item.code for item in form.items if item.overall)
        overall |= Q(count__form=form.code, item=item)
    lines = CountLine.objects.filter(
        overall, count__state=CountState.SIGNED, count__appraisal__round=round_
    )
    return lines.exclude(Exists(decided)).order_by()


def how_many_undecided(round_: "Round") -> int:
    """Subjects of signed counts without the grade that is to be decided. No query where none is."""
    if not deciding_forms(round_):
        return 0
    subjects = not_decided(round_).values_list("count__appraisal", "count__form", "participant")
    return subjects.distinct().count()
