"""Everything that changes a figure, in one line each, and everything asked of a moment."""

from typing import Any

from pingyi.appraisals.models import Appraisal, Count
from pingyi.appraisals.operations.counts import reopen_count, save_count, sign_count, start_count
from pingyi.appraisals.operations.stages import record_meeting, record_stage
from pingyi.appraisals.queries import graded_members
from pingyi.appraisals.rules.identities import Line
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import all_tables
from pingyi.reviews.models import Review
from pingyi.reviews.operations.consequences import withdraw_review
from pingyi.reviews.operations.record import record_review
from tests.amending import Office
from tests.appraisals.conftest import FIGURES, GOOD, HELD_ON, MEMBER_ITEMS, PANEL, unit_lines
from tests.reviews.conftest import TEXTS

Asked = dict[str, Any]


def asked(moment: Moment) -> Asked:
    """All figures of all units, and every measure's heads with where each stands."""
    units = list(moment.round.campaign.units.all())
    tables = all_tables(moment, units)
    found: Asked = {
        unit.code: {code: table.cells for code, table in tables[unit.path].figures.items()}
        for unit in units
    }
    for name, measure in MEASURES.items():
        for round_ in moment.rounds_begun().values() if measure.by_round else [None]:
            heads = measure.heads(moment, round_).values_list("pk", "place", "column")
            found[f"{name} {round_.code if round_ else ''}"] = sorted(heads)
    return found


def of_the_tree_then(now: Asked, then: Asked) -> Asked:
    """A unit that came later stands in no table of before: all its cells are blank."""
    empty = {
        code: {
            table: dict.fromkeys(cells)  # every cell None
            for table, cells in found.items()
        }
        for code, found in now.items()
        if isinstance(found, dict)
    }
    return {**empty, **then}


class Work(Office):
    """Besides amending the universe, reviews and appraises in it."""

    def review(self, reviewer: str, **given: Any) -> None:
        subject = {"unit": None, "participant": None, **given}
        record_review(
            round_=self.campaign.rounds.get(state="open"), reviewer=self.person(reviewer),
            form="meeting", held_on=HELD_ON, place="村部", accept_signs=True,
            by=None, now=self.given["now"], **subject, **TEXTS[0],
        )  # fmt: skip

    def withdraw(self, at: int) -> None:
        standing = list(Review.objects.filter(withdrawn_at=None).order_by("pk"))
        review = standing[at % len(standing)]
        withdraw_review(review=review, reason="录错", by=None, now=self.given["now"])

    def begin(self, code: str) -> None:
        given = {"round_": self.campaign.rounds.get(state="open"), "unit": self.unit(code)}
        given |= {"held_on": HELD_ON, "content": "发放征求意见表", "by": None}
        given["now"] = self.given["now"]
        record_stage(stage="opinions", **given)
        record_stage(stage="self_check", **given)
        record_meeting(stage="meeting", place="村部", panel=PANEL, **given)

    def sign(self, code: str, form: str) -> None:
        """The form of a unit whose stages are recorded, all of its rows."""
        where = {"by": None, "now": self.given["now"]}
        appraisal = Appraisal.objects.get(round__state="open", unit__code=code)
        count = start_count(
            round_=appraisal.round, unit=appraisal.unit, form=form, counted_on=HELD_ON, **where
        )
        lines = unit_lines()
        if form == "annex5":
            people = graded_members(count)
            lines = [Line(item, GOOD, member=each.pk) for each in people for item in MEMBER_ITEMS]
        given = {"figures": FIGURES, "lines": lines, "counted_on": HELD_ON}
        count = save_count(count=count, scrutineer="周监票", teller="吴计票", **given, **where)
        sign_count(count=count, **where)

    def reopen(self, at: int) -> None:
        signed = list(Count.objects.filter(state="signed").order_by("pk"))
        count = signed[at % len(signed)]
        reopen_count(count=count, reason="录错", by=None, now=self.given["now"])

    def next_round(self) -> None:
        given = {"by": None, "now": self.given["now"]}
        close_round(round_=self.campaign.rounds.get(code="first"), **given)
        open_round(round_=self.campaign.rounds.get(code="second"), **given)
