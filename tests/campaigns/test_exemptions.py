"""Gaps explained with a reason."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from pingyi.campaigns.models import Exemption
from pingyi.campaigns.operations.exemptions import exempt, exempt_many, revoke_exemption
from pingyi.campaigns.operations.opening import close_campaign
from pingyi.campaigns.operations.people import remove_participant
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.campaigns.operations.units import remove_unit
from pingyi.campaigns.queries.gaps import Gap, duty_label
from pingyi.campaigns.queries.rounds import exemptions_visible_to, is_exempt
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry


def give(round_, now, *, by=None, reason="长期外出", duty="review", **subject):
    return exempt(round_=round_, duty=duty, reason=reason, by=by, now=now, **subject)


def exempt_units(round_, duty):
    return keys(round_.campaign.units.filter(is_exempt("unit", round_, duty)))


def exempt_people(round_, duty):
    return keys(round_.campaign.participants.filter(is_exempt("participant", round_, duty)))


def keys(rows):
    return set(rows.values_list("pk", flat=True))


def refusal_of(round_, now, **given):
    with pytest.raises(Refusal) as refusal:
        give(round_, now, **given)
    return refusal.value.code


def gap(unit=None, participant=None):
    where = unit or participant.unit
    return Gap(
        "review",
        unit.pk if unit else None,
        participant.pk if participant else None,
        (unit or participant).name,
        where.name,
        where.path,
        where.pk,
    )


def test_a_person_is_exempt_with_a_reason(first_round, participants, clerk_user, now):
    member = participants["village_member"]
    exemption = give(first_round, now, by=clerk_user, reason="  因病住院 ", participant=member)
    assert (exemption.reason, exemption.exempted_by, exemption.exempted_at) == (
        "因病住院",
        clerk_user,
        now,
    )
    assert exempt_people(first_round, "review") == {member.pk}
    assert exempt_people(first_round, "appraisal") == set()
    body = Entry.objects.get(kind="exemption.granted").body.content
    assert f'"subject":"participant:{member.pk}"' in body


def test_a_unit_is_exempt_with_a_reason(first_round, units, now):
    give(first_round, now, unit=units["T1-1"])
    assert exempt_units(first_round, "review") == {units["T1-1"].pk}
    assert '"subject":"unit:T1-1"' in Entry.objects.get(kind="exemption.granted").body.content


def test_reasons_are_needed_and_fit(first_round, units, now):
    assert refusal_of(first_round, now, unit=units["T1"], reason=" ") == "reason_missing"
    assert refusal_of(first_round, now, unit=units["T1"], reason="长" * 301) == "too_long"


def test_what_is_exempt_is_not_exempt_twice(first_round, units, participants, now):
    give(first_round, now, unit=units["T1"])
    assert refusal_of(first_round, now, unit=units["T1"]) == "already_exempt"
    give(first_round, now, participant=participants["t2_member"])
    assert refusal_of(first_round, now, participant=participants["t2_member"]) == "already_exempt"


def test_what_no_room_asks_for_is_not_exempt(first_round, units, now):
    with override("en"), pytest.raises(Refusal) as refusal:
        give(first_round, now, unit=units["T1"], duty="patrol")
    assert refusal.value.code == "unknown_duty"
    assert str(refusal.value) == (
        "“patrol” is nothing that is owed in a round. Owed are: Review, Appraisal."
    )
    gaps = [gap(units["T1-1"]), replace(gap(units["T1-2"]), duty="patrol")]
    with pytest.raises(Refusal) as refusal:
        exempt_many(round_=first_round, gaps=gaps, reason="学校停课放假", by=None, now=now)
    assert refusal.value.code == "unknown_duty"
    assert not Exemption.objects.exists()


def test_an_exemption_names_a_duty_of_a_room_that_may_be_gone(first_round, units, now):
    exemption = give(first_round, now, unit=units["T1"])
    Exemption.objects.filter(pk=exemption.pk).update(duty="patrol")
    assert duty_label("patrol", first_round.campaign) == "patrol"
    with pytest.raises(IntegrityError, match="exemption_names_a_duty"), transaction.atomic():
        Exemption.objects.filter(pk=exemption.pk).update(duty="")


def test_an_exemption_has_one_subject(first_round, units, participants, now):
    with pytest.raises(ValueError, match="one subject"):
        give(first_round, now)
    with pytest.raises(ValueError, match="one subject"):
        give(first_round, now, unit=units["T1"], participant=participants["t2_member"])


def test_a_clerk_exempts_only_in_the_own_subtree(
    first_round, units, participants, clerk_user, inspector_user, now
):
    assert refusal_of(first_round, now, by=clerk_user, unit=units["T2-1"]) == "not_clerk"
    outside = participants["t2_member"]
    assert refusal_of(first_round, now, by=clerk_user, participant=outside) == "not_clerk"
    assert refusal_of(first_round, now, by=inspector_user, unit=units["T1"]) == "not_clerk"


def test_nothing_is_exempt_in_a_closed_round_or_campaign(campaign, first_round, units, now):
    close_round(round_=first_round, by=None, now=now)
    assert refusal_of(first_round, now, unit=units["T1"]) == "round_closed"
    second = open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    close_round(round_=second, by=None, now=now)
    close_campaign(campaign=campaign, by=None, now=now)
    assert refusal_of(first_round, now, unit=units["T1"]) == "campaign_closed"


def test_removed_units_and_people_cannot_be_exempt(first_round, units, participants, now):
    for key in ("t2_secretary", "t2_village_secretary", "t2_member"):
        remove_participant(participant=participants[key], reason="误列", by=None, now=now)
    remove_unit(unit=units["T2-1"], reason="误列", by=None, now=now)
    assert refusal_of(first_round, now, unit=units["T2-1"]) == "removed"
    assert refusal_of(first_round, now, participant=participants["t2_member"]) == "removed"


@pytest.mark.parametrize("many", [0, 500])
def test_many_gaps_get_one_reason_and_one_line(
    many, first_round, units, participants, clerk_user, now, monkeypatch
):
    """Whether the exemptions of a few are looked up, or all of the round."""
    monkeypatch.setattr("pingyi.campaigns.operations.exemptions.MANY", many)
    give(first_round, now, unit=units["T1-1"])
    gaps = [gap(units["T1-1"]), gap(units["T1-2"]), gap(participant=participants["school_member"])]
    count = exempt_many(
        round_=first_round, gaps=[*gaps, gaps[1]], reason="学校停课放假", by=clerk_user, now=now
    )
    assert count == 2
    assert Exemption.objects.filter(reason="学校停课放假", exempted_by=clerk_user).count() == 2
    assert Entry.objects.filter(kind="exemption.granted_many").count() == 1
    assert exempt_units(first_round, "review") == {
        units["T1-1"].pk,
        units["T1-2"].pk,
    }


@pytest.mark.parametrize("reason", ["外出", "外 出 务 工", "……………………"])
def test_one_reason_for_many_has_substance(first_round, units, participants, now, reason):
    gaps = [gap(units["T1-2"]), gap(participant=participants["school_member"])]
    with pytest.raises(Refusal) as refusal:
        exempt_many(round_=first_round, gaps=gaps, reason=reason, by=None, now=now)
    assert refusal.value.code == "reason_too_short"
    assert not Exemption.objects.exists()
    # One alone is easily told, and twice the same is one.
    assert exempt_many(round_=first_round, gaps=[gaps[0], gaps[0]], reason=reason, by=None, now=now)


def test_many_are_refused_as_a_whole_where_one_lies_outside(first_round, units, clerk_user, now):
    with pytest.raises(Refusal) as refusal:
        exempt_many(
            round_=first_round,
            gaps=[gap(units["T1-1"]), gap(units["T2-1"])],
            reason="学校停课放假",
            by=clerk_user,
            now=now,
        )
    assert refusal.value.code == "not_clerk"
    assert not Exemption.objects.exists()


def test_many_with_one_that_was_removed_are_refused(first_round, participants, now):
    member = participants["t2_member"]
    remove_participant(participant=member, reason="误列", by=None, now=now)
    with pytest.raises(Refusal) as refusal:
        exempt_many(
            round_=first_round, gaps=[gap(participant=member)], reason="学校停课", by=None, now=now
        )
    assert refusal.value.code == "removed"


def test_exempting_many_asks_no_more_for_more(
    first_round, participants, clerk_user, now, django_assert_num_queries
):
    people = [participants[key] for key in ("village_member", "school_member", "t1_leader")]
    counts = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for chosen in (people[:1], [*people[1:], participants["school_secretary"]]):
        with CaptureQueriesContext(connection) as asked:
            exempt_many(
                round_=first_round,
                gaps=[gap(participant=person) for person in chosen],
                reason="外出务工未归",
                by=clerk_user,
                now=now,
            )
        counts.append(len(asked))
    # The first deed also reads the grants and their units, kept on the actor.
    assert counts[1] <= counts[0]


def test_an_exemption_is_revoked_once_and_stays_written_down(
    first_round, units, participants, clerk_user, other_clerk_user, now
):
    revoke = partial(revoke_exemption, reason="已返回支部")
    one = give(first_round, now, unit=units["T1-1"])
    other = give(first_round, now, participant=participants["village_member"])
    with pytest.raises(Refusal):
        revoke(exemption=one, by=other_clerk_user, now=now)
    with pytest.raises(Refusal):
        revoke(exemption=other, by=other_clerk_user, now=now)
    revoked = revoke(exemption=one, by=clerk_user, now=now)
    assert (revoked.revoked_by, revoked.revoked_at) == (clerk_user, now)
    revoke(exemption=other, by=clerk_user, now=now)
    assert exempt_units(first_round, "review") == set()
    assert Exemption.objects.count() == 2
    with pytest.raises(Refusal) as refusal:
        revoke(exemption=one, by=clerk_user, now=now)
    assert refusal.value.code == "already_revoked"
    give(first_round, now, unit=units["T1-1"])


def test_exemptions_of_those_who_were_removed_are_out_of_sight(
    first_round, participants, units, office_user, now
):
    """Also for whoever reads from the top of the campaign."""
    campaign = first_round.campaign
    give(first_round, now, participant=participants["village_member"])
    give(first_round, now, unit=units["T2-1"])
    give(first_round, now, unit=units["T1-2"])
    remove_participant(participant=participants["village_member"], reason="迁出", by=None, now=now)
    for person in units["T1-2"].members.all():
        remove_participant(participant=person, reason="迁出", by=None, now=now)
    remove_unit(unit=units["T1-2"], reason="撤销建制", by=None, now=now)
    assert [str(row.unit) for row in exemptions_visible_to(office_user, campaign)] == [
        "石桥村党支部"
    ]
