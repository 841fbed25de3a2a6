"""A vote as it was typed: its form, its rows, its figures for the rules."""

from typing import TYPE_CHECKING

from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.rules.identities import SUMS, Figures, Line, Row, Typed
from pingyi.campaigns.queries import people_on
from pingyi.organizations.enums import Standing

if TYPE_CHECKING:
    from pingyi.campaigns.models import Participant, Unit
    from pingyi.campaigns.rules.pack import BallotForm


def count_of(appraisal: Appraisal, form_code: str, stratum: str = "") -> Count | None:
    """The latest numbered vote on a form, or of a stratum counted apart, as it stands."""
    standing = appraisal.counts.exclude(state=CountState.REOPENED)
    return standing.filter(form=form_code, stratum=stratum).order_by("-number").first()


def ballot_of(count: Count) -> "BallotForm":
    """The ballot form of a vote: one is begun on a form of the campaign only."""
    forms = needed_plan(count.appraisal.round).forms
    return next(form for form in forms if form.code == count.form)


def figures_of(count: Count) -> Figures:
    """The sums of a vote, for the rules."""
    return Figures(**{name: getattr(count, name) for name in SUMS})


def lines_of(count: Count) -> list[Line]:
    """The lines of a vote, for the rules."""
    return [line_of(row) for row in count.lines.all()]


def typed_of(count: Count) -> Typed:
    """The vote as it is kept."""
    return Typed(
        count.number,
        figures_of(count),
        lines_of(count),
        count.scrutineer,
        count.teller,
        count.counted_on.isoformat(),
    )


def line_of(row: CountLine) -> Line:
    """A line, for the rules."""
    return Line(row.item, row.votes, row.abstained, row.void, row.participant_id)


def graded_members(count: Count) -> list["Participant"]:
    """The members with a row in a count."""
    return members_on(ballot_of(count), count.appraisal.unit)


def members_on(form: "BallotForm", unit: "Unit") -> list["Participant"]:
    """Whom a ballot of a unit names, as the pack says it."""
    return list(people_on(form, unit))


def quota_base(count: Count) -> int:
    """Of how many people a quota is a share: the full members, or where the pack says who has a
    row, all who have one.
    """
    return quota_base_of(ballot_of(count), count.appraisal.unit)


def quota_base_of(form: "BallotForm", unit: "Unit") -> int:
    """The same of a ballot at a unit."""
    if form.people is not None:
        return people_on(form, unit).count()
    return unit.members.active().filter(standing=Standing.FULL).count()


def rows_of(count: Count) -> dict[Row, str]:
    """What has to be counted, row by row: its name on the form."""
    form = ballot_of(count)
    subjects: list[tuple[int | None, str]] = [(None, "")]
    if form.subject == "member":
        subjects = [(person.pk, f"{person.shown_name} · ") for person in graded_members(count)]
    return {
        (key, item.code): f"{subject}{item.label}"
        for key, subject in subjects
        for item in form.items
    }
