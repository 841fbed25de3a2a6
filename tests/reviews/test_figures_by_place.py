"""Figures read from an index of places are those that counting heads finds, after every deed."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from pingyi.campaigns.models import Participant, Round, Unit
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.people import (
    add_participant,
    change_standing,
    move_participant,
    remove_participant,
)
from pingyi.campaigns.operations.units import move_unit
from pingyi.reviews.models import Review
from pingyi.reviews.operations.consequences import withdraw_review
from pingyi.reviews.queries.course import course_of
from pingyi.reviews.queries.coverage import coverage, coverage_of
from pingyi.reviews.queries.texts import supervision_signs
from pingyi.reviews.rules.coverage import Figures

DULL = {"direction": "", "problems": "", "accept_signs": True}
Look = Callable[[], None]


def heads(round_: Round, unit: Unit) -> Figures:
    """People below a unit, looked at one by one."""
    found = Figures()
    for person in round_.campaign.participants.filter(is_active=True, unit__isnull=False):
        assert person.unit
        if person.unit.path.startswith(unit.path):
            done = person.reviews.filter(round=round_, withdrawn_at=None).exists()
            spared = person.exemptions.filter(round=round_, revoked_at=None).exists()
            found += Figures(int(done), int(spared and not done), int(not done and not spared))
    return found


def dull_reviews(round_: Round, unit: Unit) -> int:
    """Standing reviews with signs below a unit, looked at one by one."""
    found = 0
    for review in Review.objects.filter(round=round_, withdrawn_at=None):
        place = review.unit or (review.participant and review.participant.unit)
        assert place
        found += place.path.startswith(unit.path) and review.signs.exists()
    return found


@pytest.fixture
def look(first_round: Round, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Compares what all ways find for every unit: for a few subtrees, for all of them one by one,
    and for all where the figures of the parts are added up.
    """

    def same() -> None:
        units = list(first_round.campaign.units.all())
        people = {unit.code: heads(first_round, unit) for unit in units}
        signs = {unit.code: dull_reviews(first_round, unit) for unit in units}
        for few, parts in ((50, 50), (0, 50), (0, 0)):
            monkeypatch.setattr("pingyi.campaigns.queries.FEW", few)
            monkeypatch.setattr("pingyi.campaigns.queries.below.FEW", parts)
            told = coverage_of(first_round, units[1:] if few else units)
            whole = coverage(first_round, [unit.path for unit in units[1:]] if few else None)
            found = supervision_signs(first_round, units)
            for unit in units:
                done = whole.of(unit).units.done + people[unit.code].done
                assert course_of(first_round, [unit.path]).total() == done, unit.code
                assert found.get(unit.pk, 0) == signs[unit.code], unit.code
                if unit.pk in told:
                    assert told[unit.pk].people == people[unit.code], unit.code
                    assert whole.of(unit).people == people[unit.code], unit.code
        monkeypatch.undo()

    return same


def test_they_stay_right_whoever_is_moved_removed_or_brought_back(
    look: Look, first_round: Round, record, units: dict[str, Unit], participants, register, now
) -> None:
    why = {"reason": "漏报", "by": None, "now": now}
    member: Participant = participants["village_member"]
    stale = Participant.objects.select_related("unit").get(pk=member.pk)
    look()
    record("village_secretary", "village_member", **DULL)
    look()
    record("t1_leader", "T1-1", 1, **DULL)
    look()
    move_participant(participant=member, unit=units["T2-1"], **why)
    look()
    member.refresh_from_db()
    assert record("t2_village_secretary", "village_member", 2, **DULL).counted_in == units["T2-1"]
    look()
    # Read before the move was committed, recorded after it: counted where they are by now.
    participants["village_member"] = stale
    assert record("village_secretary", "village_member", 2, **DULL).counted_in == units["T2-1"]
    look()
    exempt(round_=first_round, duty="review", participant=member, **why)
    look()
    remove_participant(participant=member, **why)
    look()
    add_participant(
        campaign=first_round.campaign, person=register.people["village_member"],
        unit=units["T1-2"], standing="full", **why,
    )  # fmt: skip
    look()
    change_standing(participant=participants["village_probationer"], standing="full", **why)
    look()
    move_unit(unit=units["T1-1"], parent=units["T2"], **why)
    look()


def test_they_stay_right_when_a_review_is_withdrawn(
    look: Look, record, units: dict[str, Unit], now
) -> None:
    one = record("village_secretary", "village_member", **DULL)
    two = record("t1_leader", "T1-1", 1, **DULL)
    for review in (one, two):
        withdraw_review(review=review, reason="录错", by=None, now=now)
        look()


def test_a_review_of_a_unit_cannot_be_counted_elsewhere(record, units: dict[str, Unit]) -> None:
    review = record("t1_leader", "T1-1")
    for place in (None, units["T1-2"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(counted_in=place)
