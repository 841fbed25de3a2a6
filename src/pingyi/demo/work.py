"""What has happened in the invented county so far: reviews given, ballots counted, flags open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from pingyi.appraisals import operations as appraisals
from pingyi.appraisals import queries as appraisal_queries
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns.operations import exempt_many
from pingyi.campaigns.queries import gaps_of, reporting_units, subtree
from pingyi.core.clock import day_of
from pingyi.demo.county import MODEL_CODE
from pingyi.demo.texts import Writer
from pingyi.reviews import operations as reviews
from pingyi.reviews.enums import DUTY
from pingyi.reviews.operations import NewReview

if TYPE_CHECKING:
    from pingyi.appraisals.models import Appraisal, Count
    from pingyi.campaigns.models import Round, Unit
    from pingyi.reviews.models import Assignment

# Shares of branches that have held their review meeting, dealt out over the units.
DILIGENCE = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.3, 0.1]
CARELESS = 0.02


@dataclass(frozen=True)
class Days:
    """When things happen, counted back from today."""

    today: date

    @property
    def cut_off(self) -> date:
        """The universe is frozen."""
        return self.today - timedelta(days=21)

    @property
    def first(self) -> tuple[date, date]:
        """The first round is under way."""
        return self.today - timedelta(days=16), self.today + timedelta(days=8)

    @property
    def second(self) -> tuple[date, date]:
        """The second round comes in half a year."""
        return self.today + timedelta(days=160), self.today + timedelta(days=184)

    @property
    def due(self) -> dict[tuple[str, str], date]:
        """Until when units and county report, by round and tier."""
        return {
            ("first", "unit"): self.first[1] - timedelta(days=3),
            ("first", "county"): self.first[1] - timedelta(days=1),
            ("second", "county"): self.second[1] - timedelta(days=1),
        }


def record_reviews(round_: "Round", *, random: Random, now: datetime) -> None:
    """Reviews of every reporting unit: the model township complete, others on their way."""
    writer = Writer(random)
    waiting = _assignments(round_)
    new: list[NewReview] = []
    for index, unit in enumerate(reporting_units(round_.campaign)):
        mine = [each for path, each in waiting if path.startswith(unit.path)]
        complete = unit.code == MODEL_CODE
        share = 1.0 if complete else DILIGENCE[index % len(DILIGENCE)]
        chosen = _held(mine, share, random)
        new += [_review(round_, each, writer, random, complete, now) for each in chosen]
    reviews.record_many(round_=round_, reviews=new, accept_signs=True, by=None, now=now)


def exempt_some(round_: "Round", *, random: Random, now: datetime) -> None:
    """A few members are excused with a reason: long illness, away for work."""
    reasons = ["长期卧病在家", "外出务工，已书面请假", "到外地随子女居住"]
    gaps = [gap for gap in gaps_of(round_) if gap.participant_id and gap.duty == DUTY]
    chosen = random.sample(gaps, min(len(gaps), 180))
    for index, reason in enumerate(reasons):
        exempt_many(
            round_=round_, gaps=chosen[index :: len(reasons)], reason=reason, by=None, now=now
        )


def hold_appraisals(round_: "Round", *, random: Random, now: datetime, most: int) -> None:
    """Appraisals of some branches outside the model township: some counted, some half-way."""
    writer = Writer(random)
    held = 0
    for unit in reporting_units(round_.campaign).exclude(code=MODEL_CODE):
        for branch in subtree(unit).exclude(sector="").order_by("path")[:1]:
            if held == most:
                return
            _appraise(round_, branch, writer, random, now, whole=held % 4 != 3)
            held += 1


def _assignments(round_: "Round") -> "list[tuple[str, Assignment]]":
    """Every assignment that has a reviewer, with the path where its subject stands."""
    rows = round_.assignments.filter(reviewer__isnull=False).select_related(
        "reviewer", "unit", "participant__unit"
    )
    found = []
    for each in rows:
        unit = each.participant.unit if each.participant is not None else each.unit
        if unit is not None:
            found.append((unit.path, each))
    return found


def _held(assignments: "Iterable[Assignment]", share: float, random: Random) -> "list[Assignment]":
    """Whole branches have met or not; in those that have, hardly anybody was away."""
    if share == 1:
        return list(assignments)
    met: dict[int | None, bool] = {}
    chosen = []
    for each in assignments:
        branch = each.unit_id or (each.participant.unit_id if each.participant else None)
        met.setdefault(branch, random.random() < share)
        if met[branch] and random.random() < 0.97:
            chosen.append(each)
    return chosen


def _review(
    round_: "Round",
    assignment: "Assignment",
    writer: Writer,
    random: Random,
    complete: bool,
    now: datetime,
) -> NewReview:
    reviewer, subject = assignment.reviewer, assignment.participant
    assert reviewer is not None  # noqa: S101  filtered in _assignments
    branch = assignment.unit or (subject.unit if subject else None)
    meeting = subject is not None and branch is not None and reviewer.unit_id == branch.pk
    return NewReview(
        reviewer=reviewer,
        unit=assignment.unit,
        participant=subject,
        form="meeting" if meeting else random.choice(["on_site", "individual", "inspection"]),
        held_on=_day(round_, random, now),
        place=f"{branch.name.removesuffix('党支部')}会议室"
        if meeting and branch
        else "镇政府会议室",
        themes=tuple(random.sample(["anniversary", "five_year_plan", "party_life_meeting"], 1)),
        **writer.parts(careless=not complete and random.random() < CARELESS),
    )


def _day(round_: "Round", random: Random, now: datetime) -> date:
    span = (day_of(now) - round_.opens_on).days
    return round_.opens_on + timedelta(days=random.randint(0, max(span, 0)))


def _appraise(
    round_: "Round", unit: "Unit", writer: Writer, random: Random, now: datetime, *, whole: bool
) -> None:
    day = _day(round_, random, now)
    for stage, content in (
        ("opinions", "发放征求意见表40份，收回36份，意见集中在道路、饮水和公开栏。"),
        ("self_check", "对照承诺逐条自查，列出问题4条，已明确责任人。"),
    ):
        appraisals.record_stage(
            round_=round_, unit=unit, stage=stage, held_on=day, content=content, by=None, now=now
        )
    if not whole:
        return
    present = {"members": 12, "masses": 15, "clients": random.choice([0, 3, 4]), "deputies": 2}
    record = appraisals.record_meeting(
        round_=round_,
        unit=unit,
        stage="meeting",
        held_on=day,
        place=f"{unit.name.removesuffix('党支部')}会议室",
        content="书记报告工作，代表提问后无记名投票，当场计票并宣布结果。",
        panel={code: (number + 1, number) for code, number in present.items()},
        by=None,
        now=now,
    )
    for text in writer.opinions():
        appraisals.add_opinion(appraisal=record.appraisal, text=text, by=None, now=now)
    liked = random.choice([0.93, 0.95, 0.9, 0.88, 0.55])
    for form in appraisal_queries.needed_plan(round_).forms:
        _count(record.appraisal, form.code, sum(present.values()), liked, random, now)


def _count(
    appraisal: "Appraisal",
    form: str,
    present: int,
    liked: float,
    random: Random,
    now: datetime,
) -> None:
    day = day_of(now)
    count = appraisals.start_count(
        round_=appraisal.round, unit=appraisal.unit, form=form, counted_on=day, by=None, now=now
    )
    spoilt = random.choice([0, 0, 1])
    valid = present - spoilt
    appraisals.save_count(
        count=count,
        figures=Figures(present + 4, present, present, present, valid, spoilt),
        lines=_lines(count, valid, liked, random),
        scrutineer="监票人（虚构）",
        teller="计票人（虚构）",
        counted_on=day,
        by=None,
        now=now,
    )
    appraisals.sign_count(count=count, by=None, now=now)


def _lines(count: "Count", valid: int, liked: float, random: Random) -> list[Line]:
    plan = appraisal_queries.needed_plan(count.appraisal.round)
    form = next(form for form in plan.forms if form.code == count.form)
    members: list[int | None] = [None]
    if form.subject == "member":
        members = [person.pk for person in appraisal_queries.graded_members(count)]
    weights = [liked * 0.6, liked * 0.25, liked * 0.15, 1 - liked]
    lines = []
    for member in members:
        for item in form.items:
            abstained = random.choice([0, 0, 0, 1])
            drawn = random.choices(form.options, weights, k=valid - abstained)
            votes = {option.code: drawn.count(option) for option in form.options}
            lines.append(Line(item.code, votes, abstained, 0, member))
    return lines
