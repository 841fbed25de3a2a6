"""Rows in the other township: what whoever belongs to the first one never sees."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import Grant, User
from pingyi.appraisals.enums import CountState
from pingyi.appraisals.models import Appraisal, Count, CountLine, Flag, Opinion, StageRecord
from pingyi.bulletins.models import Bulletin
from pingyi.campaigns.models import (
    Amendment,
    Exemption,
    FormerParticipant,
    Participant,
    ParticipantCharge,
    ParticipantPost,
    Round,
    Unit,
)
from pingyi.commitments.models import Commitment
from pingyi.organizations.models import Organization, Person
from pingyi.organizations.rules.identity import check_digit
from pingyi.rectification.enums import ItemState
from pingyi.rectification.models import Item, Source
from pingyi.reviews.models import Assignment, Publication, Review, Sign
from pingyi.rosters.operations import import_rows
from tests.appraisals.conftest import HELD_ON
from tests.cast import FOUNDED

MEMBERS = 4
Elsewhere = Callable[[int], None]


@pytest.fixture
def elsewhere(first_round: Round, units: dict[str, Unit], now: datetime) -> Elsewhere:
    """Call it with how many branches there are to be below the other township, each with members
    and with one of everything that can happen to them.
    """
    there: list[Unit] = []

    def grow(branches: int) -> None:
        numbers = range(len(there), branches)
        organizations = _register(numbers, now)
        made = _units(first_round, units["T2"], organizations, now)
        people = _people(first_round, made, now)
        _done(first_round, made, people, now)
        _accounts(numbers, organizations, now)
        there.extend(made)

    return grow


def _register(numbers: range, now: datetime) -> list[Organization]:
    named = {
        number: [
            (_name(number * MEMBERS + n), _identity(number * MEMBERS + n)) for n in range(MEMBERS)
        ]
        for number in numbers
    }
    code = "T2-{:04d}".format
    sheets: dict[str, list[Any]] = {
        "organizations": [
            (code(n), f"远处{n}村党支部", "branch", "grassroots", "rural", "T2", FOUNDED)
            for n in numbers
        ],
        "members": [
            (*person, None, None, code(n), "full", FOUNDED) for n in numbers for person in named[n]
        ],
        "posts": [
            (*named[n][0], code(n), "支部书记", "grassroots_secretary", FOUNDED, None)
            for n in numbers
        ],
        "charges": [(*named[n][0], code(n), FOUNDED, None) for n in numbers],
    }
    places = import_rows(sheets=sheets, scope=None, effective_on=FOUNDED, by=None, now=now)
    return [places[code(n)] for n in numbers]


def _name(serial: int) -> str:
    """Different for each: the digits as they are written on cheques."""
    return "远" + "".join("零壹贰叁肆伍陆柒捌玖"[int(digit)] for digit in str(serial))


def _identity(serial: int) -> str:
    """Of nobody (area 000000 does not exist), and of none of the cast, who were born in 1970."""
    first = f"000000{1950 + serial // 500}0101{serial % 500:03d}"
    return first + check_digit(first)


def _units(
    round_: Round, top: Unit, organizations: list[Organization], now: datetime
) -> list[Unit]:
    taken = top.children.count()
    return Unit.objects.bulk_create(
        Unit(
            campaign=round_.campaign, organization=place, parent=top, depth=top.depth + 1,
            path=f"{top.path}{taken + at:05d}/", code=place.code, name=place.name,
            kind=place.kind, level=place.level, sector="rural", since=now,
        )
        for at, place in enumerate(organizations, start=1)
    )  # fmt: skip


def _people(round_: Round, units: list[Unit], now: datetime) -> dict[int, list[Participant]]:
    homes = {unit.organization_id: unit for unit in units}
    persons = Person.objects.filter(memberships__organization__in=homes).order_by("pk")
    where = dict(persons.values_list("pk", "memberships__organization"))
    made = Participant.objects.bulk_create(
        Participant(
            campaign=round_.campaign, person=person, name=person.name, standing="full",
            unit=homes[where[person.pk]], since=now,
        )
        for person in persons
    )  # fmt: skip
    found: dict[int, list[Participant]] = {}
    for person in made:
        assert person.unit_id is not None
        found.setdefault(person.unit_id, []).append(person)
    leaders = [(unit, found[unit.pk][0]) for unit in units]
    ParticipantPost.objects.bulk_create(
        ParticipantPost(
            participant=leader, unit=unit, title="支部书记", category="grassroots_secretary",
            role="secretary",
        )
        for unit, leader in leaders
    )  # fmt: skip
    ParticipantCharge.objects.bulk_create(
        ParticipantCharge(participant=leader, unit=unit) for unit, leader in leaders
    )
    return found


def _done(
    round_: Round, units: list[Unit], people: dict[int, list[Participant]], now: datetime
) -> None:
    """Each leader has reviewed two of the members and their branch; one is exempt."""
    reviews, assignments, exemptions, changed, former = [], [], [], [], []
    for unit in units:
        leader, *members = people[unit.pk]
        plain = {"round": round_, "reviewer": leader}
        text = {"form": "meeting", "held_on": HELD_ON, "place": "村部", "recorded_at": now}
        words = {part: f"{unit.name}{part}" for part in ("achievements", "problems", "direction")}
        subjects: list[dict[str, Any]] = [{"participant": each} for each in members]
        assignments += [Assignment(source="affiliation", **plain, **each) for each in subjects]
        done = [*subjects[:-1], {"unit": unit}]
        placed = {"counted_in": unit, "has_signs": True}
        reviews += [Review(**plain, **placed, **text, **words, **each) for each in done]
        exempt = {"reason": "外出务工", "exempted_at": now, "participant": members[-1]}
        exemptions += [
            Exemption(round=round_, duty=duty, **exempt) for duty in ("review", "appraisal")
        ]
        changed.append(
            Amendment(
                campaign=round_.campaign, kind="participant_added", unit=unit,
                participant=members[-1], reason="漏报补列", amended_at=now,
            )
        )  # fmt: skip
        former.append(
            FormerParticipant(
                participant=members[0], since=now, until=now, unit=unit, standing="probationary",
                is_active=True,
            )
        )  # fmt: skip
    Assignment.objects.bulk_create(assignments)
    made = Review.objects.bulk_create(reviews)
    Sign.objects.bulk_create(Sign(review=each, kind="thin", part="problems") for each in made)
    Exemption.objects.bulk_create(exemptions)
    Amendment.objects.bulk_create(changed)
    FormerParticipant.objects.bulk_create(former)
    _published(round_, units, made, now)
    _appraised(round_, units, people, now)


def _published(round_: Round, units: list[Unit], reviews: list[Review], now: datetime) -> None:
    made = Publication.objects.bulk_create(
        Publication(
            round=round_, unit=unit, scope="unit", way="meeting", published_on=HELD_ON,
            published_at=now,
        )
        for unit in units
    )  # fmt: skip
    of_unit = {publication.unit_id: publication.pk for publication in made}
    through = Publication.reviews.through
    through.objects.bulk_create(
        through(publication_id=of_unit[review.unit_id], review_id=review.pk)
        for review in reviews
        if review.unit_id is not None
    )


def _appraised(
    round_: Round, units: list[Unit], people: dict[int, list[Participant]], now: datetime
) -> None:
    appraisals = Appraisal.objects.bulk_create(
        Appraisal(round=round_, unit=unit, begun_at=now) for unit in units
    )
    StageRecord.objects.bulk_create(
        StageRecord(
            appraisal=each, stage="opinions", held_on=HELD_ON, content="征求意见", recorded_at=now
        )
        for each in appraisals
    )
    figures = {"due": 9, "present": 9, "issued": 9, "collected": 9, "valid": 9}
    counts = Count.objects.bulk_create(
        Count(
            appraisal=each, form=form, state=CountState.SIGNED, counted_on=HELD_ON,
            scrutineer="甲", teller="乙", recorded_at=now, signed_at=now, **figures,
        )
        for each in appraisals
        for form in ("annex4", "annex5")
    )  # fmt: skip
    CountLine.objects.bulk_create(
        CountLine(count=count, participant=person, item="overall", votes={"satisfied": 9})
        for count in counts
        if count.form == "annex5"
        for person in people[count.appraisal.unit_id][:-1]
    )
    Flag.objects.bulk_create(
        Flag(appraisal=each, code="unit_below_60", raised_at=now) for each in appraisals
    )
    _put_right(appraisals, now)
    _told(round_, units, now)


def _told(round_: Round, units: list[Unit], now: datetime) -> None:
    """Of each unit a draft, and a bulletin that was published to it."""
    plain = {"campaign_id": round_.campaign_id, "round": round_, "scope": "unit", "text": "甲"}
    once = {"approver": "乙", "approved_at": now, "published_on": HELD_ON, "published_at": now}
    Commitment.objects.bulk_create(
        Commitment(
            campaign_id=round_.campaign_id, unit=unit, kind="common", text="丙", due_on=HELD_ON,
            state=state, published_on=HELD_ON, proposed_at=now,
        )
        for unit in units
        for state in ("proposed", "published")
    )  # fmt: skip
    Bulletin.objects.bulk_create(
        Bulletin(
            unit=unit, top=unit, number=2000 + 2 * unit.pk + at, kind="bulletin",
            title=f"{unit.name}通报", state=state, written_at=now, **plain, **more,
        )
        for unit in units
        for at, (state, more) in enumerate([("draft", {}), ("published", once)])
    )  # fmt: skip


def _put_right(appraisals: list[Appraisal], now: datetime) -> None:
    """Of each unit an item in every state, from an opinion; a second opinion waits."""
    opinions = Opinion.objects.bulk_create(
        Opinion(appraisal=each, text=text, recorded_at=now)
        for each in appraisals
        for text in (*ItemState.values, "很好")
    )
    plan = {
        "responsible": "甲",
        "measure": "乙",
        "due_on": HELD_ON,
        "outcome": "丙",
        "evidence": "丁",
    }
    items = Item.objects.bulk_create(
        Item(
            campaign_id=each.appraisal.round.campaign_id, number=1000 + each.pk,
            unit=each.appraisal.unit, problem=each.text, state=each.text, registered_on=HELD_ON,
            registered_at=now, closed_on=HELD_ON, **plan,
        )
        for each in opinions
        if each.text in ItemState.values
    )  # fmt: skip
    taken = (each for each in opinions if each.text in ItemState.values)
    Source.objects.bulk_create(
        Source(item=item, opinion=opinion, taken_at=now)
        for item, opinion in zip(items, taken, strict=True)
    )


def _accounts(numbers: range, organizations: list[Organization], now: datetime) -> None:
    users = User.objects.bulk_create(
        User(username=f"far-{number}", name=f"远{number}", created_at=now) for number in numbers
    )
    Grant.objects.bulk_create(
        Grant(user=user, role=Role.CLERK, organization=place, granted_at=now)
        for user, place in zip(users, organizations, strict=True)
    )
