"""What a leader owes in a round, and what was said last time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.queries import accounts_of
from pingyi.campaigns import queries as campaigns
from pingyi.campaigns.doors import SUBJECTS
from pingyi.core.lookups import checked
from pingyi.organizations.enums import PostRole
from pingyi.organizations.queries import called
from pingyi.reviews.enums import DUTY, MeetingState
from pingyi.reviews.models import Assignment, Meeting, Review
from pingyi.reviews.queries.coverage import is_reviewed, latest_reviews, reviewed_among
from pingyi.reviews.queries.sight import assignments_about, subject_under

if TYPE_CHECKING:
    from pingyi.campaigns.models import Campaign, Participant, Round, Unit


@dataclass(frozen=True, slots=True)
class Task:
    """One subject to be reviewed, with the direction set last time."""

    assignment: Assignment
    # The review that was written last.
    review_id: int | None
    last: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the subject has been reviewed."""
        return self.review_id is not None

    @property
    def subject(self) -> str:
        """Name of the unit or person."""
        return str(self.assignment.unit or self.assignment.participant)


@dataclass(frozen=True, slots=True)
class UnitTasks:
    """The tasks in one unit: the unit itself first, then its people; those missing on top."""

    unit: "Unit"
    tasks: list[Task]

    @property
    def missing(self) -> int:
        """How many are still to be reviewed."""
        return sum(not task.is_done for task in self.tasks)

    @property
    def missing_units(self) -> int:
        """Whether the organization itself is still to be reviewed, as a number."""
        return sum(not task.is_done and task.assignment.unit is not None for task in self.tasks)

    @property
    def done(self) -> int:
        """How many have been reviewed."""
        return len(self.tasks) - self.missing


def assignments_of(round_: "Round") -> QuerySet[Assignment]:
    """Who must review whom in the round, with names."""
    # Through the round, which each of them then has without reading it along. Seven tables and the
    # keys looked for: PostgreSQL orders eight as it likes, and of more begins with the first.
    return round_.assignments.select_related(
        "reviewer", "unit__campaign", "participant__unit__campaign"
    )


def tasks_of(participant: "Participant", round_: "Round") -> list[UnitTasks]:
    """What this person owes in the round, by unit; units with somebody missing first.

    The exempt are left out. Six queries whatever the size.
    """
    mine = list(
        assignments_of(round_)
        .filter(reviewer=participant)
        .exclude(campaigns.is_exempt("unit", round_, DUTY, "unit_id"))
        .exclude(campaigns.is_exempt("participant", round_, DUTY, "participant_id"))
    )
    units = latest_reviews("unit", [a.unit_id for a in mine if a.unit_id], round_)
    people = latest_reviews(
        "participant", [a.participant_id for a in mine if a.participant_id], round_
    )
    last = last_directions(round_, mine)
    groups: dict[int, UnitTasks] = {}
    for assignment in mine:
        unit = _place_of(assignment.unit, assignment.participant)
        review = units.get(assignment.unit_id) or people.get(assignment.participant_id)
        task = Task(
            assignment, review, last.get((assignment.unit_id, assignment.participant_id), "")
        )
        groups.setdefault(unit.pk, UnitTasks(unit, [])).tasks.append(task)
    for group in groups.values():
        group.tasks.sort(key=lambda task: (task.is_done, task.assignment.participant_id or 0))
    return sorted(groups.values(), key=lambda group: (group.missing == 0, group.unit.path))


def still_owed(round_: "Round", reviewer: "Participant") -> QuerySet[Assignment]:
    """The reviews that this person still has to give: of those neither reviewed nor exempt."""
    return _left(assignments_of(round_).filter(reviewer=reviewer), round_)


def assigned_in(round_: "Round", unit: "Unit") -> dict[int | None, int]:
    """How many reviews each leader was given in a unit and below, by the key of the leader."""
    of_round = Assignment.objects.filter(checked("round_id", round_.pk))
    inside = assignments_about(of_round, [unit.path], round_.campaign).order_by()
    return dict(inside.values_list("reviewer_id").annotate(number=Count("pk")))


def given_by_nobody(round_: "Round") -> int:
    """How many still owed there are for which nobody is chosen."""
    of_nobody = round_.assignments.filter(reviewer=None).order_by()
    # Most often there is none, which is asked sooner than who of them is left.
    return _left(of_nobody, round_).count() if of_nobody.exists() else 0


def given_without_account(round_: "Round") -> "list[Participant]":
    """Whoever was chosen by hand for what is still owed, and cannot sign in. Few: secretaries who
    follow from the register are counted where accounts are made.
    """
    chosen = round_.assignments.filter(changed_at__isnull=False, reviewer__isnull=False)
    if not chosen.exists():
        return []
    keys = set(_left(chosen, round_).order_by().values_list("reviewer_id", flat=True))
    people = list(
        round_.campaign.participants.filter(pk__in=keys).select_related("unit").order_by("pk")
    )
    accounts = accounts_of([one.person_id for one in people if one.person_id is not None])
    return [one for one in people if one.person_id not in accounts]


def _left(owed: QuerySet[Assignment], round_: "Round") -> QuerySet[Assignment]:
    """Those of neither reviewed nor exempt subjects."""
    for subject in SUBJECTS:
        field = f"{subject}_id"
        owed = owed.exclude(campaigns.is_exempt(subject, round_, DUTY, field))
        owed = owed.exclude(is_reviewed(subject, round_, of=field))
    return owed


def next_owed(reviewer: "Participant", round_: "Round", near: "Unit | None") -> Assignment | None:
    """Whom this person owes next: first the unit and the people where the last one belongs."""
    owed = still_owed(round_, reviewer)
    here = Q(unit=near) | Q(participant__unit=near)
    return owed.order_by(Case(When(here, then=0), default=1), "id").first()


def _place_of(unit: "Unit | None", participant: "Participant | None") -> "Unit":
    place = unit if participant is None else participant.unit
    if place is None:
        raise ValueError(f"{participant} is a member nowhere and cannot be reviewed")
    return place


def last_directions(
    round_: "Round", assignments: Collection[Assignment]
) -> dict[tuple[int | None, int | None], str]:
    """The direction set for each subject in the round before, by (unit, participant)."""
    rows = (
        Review.objects.standing()
        .filter(round__campaign=round_.campaign_id, round__position__lt=round_.position)
        .filter(
            Q(unit__in=[a.unit_id for a in assignments if a.unit_id])
            | Q(participant__in=[a.participant_id for a in assignments if a.participant_id])
        )
        .order_by("round__position", "held_on", "id")
        .values_list("unit_id", "participant_id", "direction")
    )
    return {(unit_id, participant_id): direction for unit_id, participant_id, direction in rows}


def last_review(unit: "Unit | None", participant: "Participant | None") -> Review | None:
    """The latest standing review of a subject in the campaign."""
    return (
        Review.objects.standing()
        .filter(unit=unit, participant=participant)
        .select_related("round", "reviewer")
        .order_by("-held_on", "-id")
        .first()
    )


def open_meetings(participant: "Participant", round_: "Round") -> QuerySet[Meeting]:
    """Sittings this person began and has not saved yet."""
    return Meeting.objects.filter(
        round=round_, reviewer=participant, state=MeetingState.DRAFT
    ).select_related("unit")


def loose_ends(round_: "Round") -> list[str]:
    """Sittings that were begun and not saved: what was typed there is no review yet."""
    drafts = Meeting.objects.filter(round=round_, state=MeetingState.DRAFT).count()
    said = ngettext("%(n)d meeting is not saved", "%(n)d meetings are not saved", drafts)
    return [said % {"n": drafts}] if drafts else []


def records(campaign: "Campaign") -> list[str]:
    """Whether reviews were recorded in a campaign, sittings begun, or tasks given to others."""
    changed = Assignment.objects.filter(round__campaign=campaign, changed_at__isnull=False)
    found = [
        (_("changed review tasks"), changed),
        (_("reviews"), Review.objects.filter(round__campaign=campaign)),
        (_("review meetings"), Meeting.objects.filter(round__campaign=campaign)),
    ]
    return [words for words, rows in found if rows.exists()]


def meetings_of(campaign: "Campaign") -> QuerySet[Meeting]:
    """Every sitting of a campaign, with what its page shows."""
    return Meeting.objects.filter(round__campaign=campaign).select_related(
        "round__campaign", "unit", "reviewer__unit"
    )


def leaders_over(campaign: "Campaign", path: str) -> "QuerySet[Participant]":
    """People who hold a leader post at a unit or above it, or are in charge of one of these."""
    line = [*campaigns.ancestor_paths(path), path]
    units = campaign.units.active().filter(path__in=line).order_by()
    # From the units, by posts and by charges; one `or` of them would ask everybody.
    posts = units.filter(posts__role__in=PostRole.values).values("posts__participant")
    charges = units.filter(charges__isnull=False).values("charges__participant")
    leaders = posts.union(charges)
    return (
        campaign.participants.active().filter(pk__in=leaders).select_related("unit").order_by("id")
    )


def leaders_named(campaign: "Campaign", text: str) -> "QuerySet[Participant]":
    """Leaders anywhere in the campaign by name, pinyin or initials; nobody for no text."""
    if not text:
        return campaign.participants.none()
    posts = Q(posts__role__in=PostRole.values)
    led = posts | Q(charges__isnull=False)
    leaders = campaign.participants.active().filter(led, called(text))
    return leaders.select_related("unit").order_by("name", "id").distinct()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a meeting's grid: key `p12` for a person, `u3` for a unit, their name and where they
    belong; whether the reviewer owes them a review, or only may give one.
    """

    key: str
    unit: "Unit | None"
    participant: "Participant | None"
    is_done: bool
    is_owed: bool
    subject: str

    @property
    def place(self) -> "Unit":
        """The unit itself, or where the person is a member."""
        return _place_of(self.unit, self.participant)


def grid_rows(meeting: Meeting) -> list[Row]:
    """Who can be reviewed in a sitting: the units and people of the subtree that the reviewer is
    assigned, and the members of the unit itself. Branch by branch, those with somebody owed first;
    in each what is still owed, then who may be reviewed, then who has been. Five queries.
    """
    round_ = meeting.round
    inside = subject_under([meeting.unit.path])
    assigned = assignments_of(round_).filter(inside, reviewer=meeting.reviewer_id)
    units = {a.unit.pk: a.unit for a in assigned if a.unit is not None}
    people = {a.participant.pk: a.participant for a in assigned if a.participant is not None}
    owed = set(people)
    for member in meeting.unit.members.active().select_related("unit"):
        people.setdefault(member.pk, member)
    people.pop(meeting.reviewer_id, None)
    is_exempt = campaigns.is_exempt("participant", round_, DUTY)
    shown = round_.campaign.participants.filter(pk__in=people.keys()).order_by()
    exempt = set(shown.filter(is_exempt).values_list("pk", flat=True))
    done_units = reviewed_among("unit", units.keys(), round_)
    done_people = reviewed_among("participant", people.keys(), round_)
    names = campaigns.names_together(people.values())
    rows = [
        Row(f"u{id_}", unit, None, id_ in done_units, True, str(unit))
        for id_, unit in units.items()
    ]
    rows += [
        Row(f"p{id_}", None, person, id_ in done_people, id_ in owed, names[id_])
        for id_, person in people.items()
        if id_ not in exempt
    ]
    return _branch_by_branch(rows)


def _branch_by_branch(rows: list[Row]) -> list[Row]:
    def urgency(row: Row) -> tuple[bool, bool]:
        return row.is_done, not row.is_owed

    first: dict[int, tuple[bool, bool]] = {}
    for row in rows:
        key = row.place.pk
        first[key] = min(first.get(key, urgency(row)), urgency(row))
    return sorted(
        rows,
        key=lambda row: (
            first[row.place.pk],
            row.place.path,
            urgency(row),
            row.participant is not None,
        ),
    )
