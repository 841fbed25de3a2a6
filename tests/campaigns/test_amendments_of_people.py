"""People move, come and go after the freeze, always with a reason."""

import pytest

from pingyi.campaigns.models import Amendment, Participant
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.people import (
    add_participant,
    change_standing,
    move_participant,
    remove_participant,
)
from pingyi.campaigns.queries.universe import universe_figures
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.register import operations as register_operations


def code_of(deed, **arguments):
    with pytest.raises(Refusal) as refusal:
        deed(**arguments)
    return refusal.value.code


def test_a_person_is_moved(campaign, units, participants, office_user, now):
    member = participants["village_member"]
    amendment = move_participant(
        participant=member, unit=units["T1-2"], reason="五月已转出", by=office_user, now=now
    )
    member.refresh_from_db()
    assert (member.unit, member.standing) == (units["T1-2"], "full")
    assert (amendment.before, amendment.after) == ({"unit": "T1-1"}, {"unit": "T1-2"})
    assert (amendment.amended_by, amendment.amended_at) == (office_user, now)
    assert amendment.unit == units["T1-2"]
    assert (
        '"reason":"五月已转出"' in Entry.objects.get(kind="universe.participant_moved").body.content
    )


def test_a_leader_from_outside_becomes_a_full_member_where_they_are_moved(register, now):
    campaign = open_campaign(
        code="t2",
        name="x",
        pack_code="ganbu-ceping",
        root=register.t2,
        cut_off_on=now.date(),
        by=None,
        now=now,
    )
    outsider = campaign.participants.get(unit=None)
    village = campaign.units.get(code="T2-1")
    amendment = move_participant(
        participant=outsider, unit=village, reason="关系转入", by=None, now=now
    )
    outsider.refresh_from_db()
    assert (outsider.unit, outsider.standing) == (village, "full")
    assert amendment.before == {"unit": None}


def test_a_person_is_not_moved_to_where_they_are(units, participants, now):
    assert (
        code_of(
            move_participant,
            participant=participants["village_member"],
            unit=units["T1-1"],
            reason="x",
            by=None,
            now=now,
        )
        == "already_there"
    )


def test_a_person_of_the_register_is_added(campaign, units, register, now):
    newcomer = register_operations.register_member(
        organization=register.village, name="新来", on=now.date(), by=None, now=now
    ).person
    add = add_participant
    given = {
        "campaign": campaign,
        "person": newcomer,
        "unit": units["T1-1"],
        "by": None,
        "now": now,
    }
    assert code_of(add, standing="full", reason="", **given) == "reason_missing"
    assert code_of(add, standing="odd", reason="x", **given) == "unknown_standing"
    amendment = add(standing="probationary", reason="漏报", **given)
    added = Participant.objects.get(person=newcomer)
    assert (added.name, added.standing, added.unit) == ("新来", "probationary", units["T1-1"])
    assert amendment.participant == added
    assert code_of(add, standing="full", reason="x", **given) == "already_in"


def test_a_removed_person_is_counted_no_more_and_can_come_back(
    campaign, units, participants, register, now
):
    member = participants["village_member"]
    before = universe_figures(campaign).members
    amendment = remove_participant(participant=member, reason="已故", by=None, now=now)
    assert amendment.before == {"unit": "T1-1", "standing": "full"}
    assert universe_figures(campaign).members == before - 1
    assert (
        code_of(remove_participant, participant=member, reason="x", by=None, now=now) == "removed"
    )
    add_participant(
        campaign=campaign,
        person=register.people["village_member"],
        unit=units["T1-2"],
        standing="full",
        reason="误删",
        by=None,
        now=now,
    )
    member.refresh_from_db()
    assert (member.is_active, member.unit) == (True, units["T1-2"])
    assert Participant.objects.filter(campaign=campaign).count() == 11


def test_a_leader_from_outside_is_removed(register, now):
    campaign = open_campaign(
        code="t2",
        name="x",
        pack_code="ganbu-ceping",
        root=register.t2,
        cut_off_on=now.date(),
        by=None,
        now=now,
    )
    outsider = campaign.participants.get(unit=None)
    amendment = remove_participant(participant=outsider, reason="x", by=None, now=now)
    assert amendment.before == {"unit": None, "standing": ""}
    assert amendment.unit.code == "T2"


def test_a_standing_is_corrected(participants, now):
    person = participants["village_probationer"]
    change = change_standing
    given = {"participant": person, "by": None, "now": now}
    assert code_of(change, standing="probationary", reason="x", **given) == "already_so"
    assert code_of(change, standing="odd", reason="x", **given) == "unknown_standing"
    change(standing="full", reason="已转正", **given)
    person.refresh_from_db()
    assert person.standing == "full"
    assert Amendment.objects.get().before == {"standing": "probationary"}


def test_who_is_no_member_has_no_standing(register, now):
    campaign = open_campaign(
        code="t2",
        name="x",
        pack_code="ganbu-ceping",
        root=register.t2,
        cut_off_on=now.date(),
        by=None,
        now=now,
    )
    outsider = campaign.participants.get(unit=None)
    assert (
        code_of(
            change_standing,
            participant=outsider,
            standing="full",
            reason="x",
            by=None,
            now=now,
        )
        == "no_member"
    )


def test_only_the_office_amends(participants, units, clerk_user, now):
    assert (
        code_of(
            move_participant,
            participant=participants["village_member"],
            unit=units["T1-2"],
            reason="x",
            by=clerk_user,
            now=now,
        )
        == "not_office"
    )
    assert not Amendment.objects.exists()
