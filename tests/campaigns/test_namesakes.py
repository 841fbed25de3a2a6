"""Namesakes of one unit are told apart once and for all (ADR 0022)."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from pingyi.campaigns.models import Participant
from pingyi.campaigns.operations.namesakes import tell_apart, tell_namesakes_apart
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.people import add_participant, move_participant, remove_participant
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.ledger.queries.verification import verify
from pingyi.register.operations import put_in_charge, register_member
from tests.cast import FOUNDED
from tests.namesakes_cast import SHOWN


@pytest.fixture
def marked(namesakes, campaign):
    """The frozen namesakes by their key."""
    people = {one.person_id: one for one in campaign.participants.select_related("campaign")}
    return {key: people[person.pk] for key, person in namesakes.items()}


def person_of(register, now, name, born_on=None, *, at="school"):
    place = getattr(register, at)
    member = register_member(
        organization=place, name=name, born_on=born_on, on=FOUNDED, by=None, now=now
    )
    return member.person


def shown(campaign, **wanted):
    return [one.shown_name for one in campaign.participants.filter(**wanted).order_by("pk")]


def test_the_freeze_tells_namesakes_of_a_unit_apart(marked, campaign):
    assert [one.shown_name for one in marked.values()] == SHOWN
    assert str(marked["older"]) == "张建国（1965）"


def test_nobody_else_is_given_a_mark(marked, campaign):
    others = campaign.participants.exclude(pk__in=[one.pk for one in marked.values()])
    assert set(others.values_list("told_apart", flat=True)) == {""}


def test_without_namesakes_the_freeze_asks_for_nobody_s_birth(register, now, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "pingyi.campaigns.operations.namesakes.birth_years", lambda ids: asked.extend(ids) or {}
    )
    open_campaign(
        code="x", name="x", pack_code="ganbu-ceping", root=register.county, cut_off_on=FOUNDED,
        by=None, now=now,
    )  # fmt: skip
    assert asked == []


def test_people_whom_only_a_package_names_are_told_apart_by_letters():
    people = [Participant(name="张建国", unit_id=7) for _ in range(2)]
    assert tell_apart(people) == people
    assert [one.told_apart for one in people] == ["甲", "乙"]
    assert tell_apart(people) == []


def test_another_campaign_gives_the_same_marks(marked, register, now):
    again = open_campaign(
        code="again", name="x", pack_code="ganbu-ceping", root=register.t1, cut_off_on=now.date(),
        by=None, now=now,
    )  # fmt: skip
    assert [name for name in shown(again, unit__code="T1-1") if "（" in name] == SHOWN


def test_leaders_from_outside_are_told_apart_from_each_other(register, now):
    for born in (date(1960, 1, 1), date(1961, 1, 1)):
        leader = person_of(register, now, "钱进", born, at="t2_village")
        put_in_charge(person=leader, organization=register.school, on=FOUNDED, by=None, now=now)
    campaign = open_campaign(
        code="t1", name="x", pack_code="ganbu-ceping", root=register.t1, cut_off_on=now.date(),
        by=None, now=now,
    )  # fmt: skip
    assert shown(campaign, name="钱进") == ["钱进（1960）", "钱进（1961）"]


def test_whoever_moves_to_a_namesake_is_told_apart_and_so_is_the_other(
    register, campaign, units, participants, now
):
    newcomer = person_of(register, now, "赵\u200b文", date(1988, 1, 1), at="village")
    add = {"campaign": campaign, "person": newcomer, "standing": "full", "by": None, "now": now}
    participant = add_participant(unit=units["T1-1"], reason="漏列", **add).participant
    assert participant.told_apart == ""
    move_participant(participant=participant, unit=units["T1-2"], reason="转入", by=None, now=now)
    # Nobody knows when the other was born, so that a letter has to do.
    assert shown(campaign, name="赵文") == ["赵文（甲）"]
    participant.refresh_from_db()
    assert participant.told_apart == "1988"
    assert verify().is_whole


def test_a_campaign_frozen_before_gets_its_marks_once(marked, campaign, office_user, now):
    campaign.participants.update(told_apart="")
    assert tell_namesakes_apart(campaign=campaign, by=office_user, now=now) == 4
    people = {one.pk: one for one in campaign.participants.all()}
    assert [people[one.pk].shown_name for one in marked.values()] == SHOWN
    assert verify().is_whole
    lines = Entry.objects.count()
    assert tell_namesakes_apart(campaign=campaign, by=office_user, now=now) == 0
    assert Entry.objects.count() == lines


def test_whoever_may_not_amend_tells_nobody_apart(campaign, clerk_user, now):
    with pytest.raises(Refusal) as refusal:
        tell_namesakes_apart(campaign=campaign, by=clerk_user, now=now)
    assert refusal.value.code == "not_office"


def test_the_command_line_says_how_many_are_told_apart(marked, campaign, capsys):
    campaign.participants.filter(name="张建国").update(told_apart="")
    call_command("campaign", "tell-apart", "--campaign", campaign.code, "--json")
    assert json.loads(capsys.readouterr().out) == {"campaign": campaign.code, "told_apart": 2}


def test_who_was_told_apart_before_keeps_the_mark(marked, campaign, units, register, now):
    third = person_of(register, now, "张建国", date(1965, 8, 8))
    fourth = person_of(register, now, "张建国", date(1990, 8, 8))
    for person in (third, fourth):
        add_participant(
            campaign=campaign, person=person, unit=units["T1-1"], standing="full",
            reason="漏列", by=None, now=now,
        )  # fmt: skip
    assert shown(campaign, name="张建国") == [
        "张建国（1965）", "张建国（1972）", "张建国（甲）", "张建国（1990）",
    ]  # fmt: skip


def test_whoever_was_removed_still_stands_in_the_ledger_and_counts(
    marked, campaign, units, register, now
):
    remove_participant(participant=marked["first"], reason="转出", by=None, now=now)
    third = person_of(register, now, "王丽", date(1980, 1, 1))
    add_participant(
        campaign=campaign, person=third, unit=units["T1-1"], standing="full", reason="漏列",
        by=None, now=now,
    )  # fmt: skip
    assert Participant.objects.get(person=third, campaign=campaign).told_apart == "丙"


def test_a_mark_goes_along_to_another_unit_unless_somebody_there_has_it(
    marked, campaign, units, register, now
):
    move_participant(
        participant=marked["first"], unit=units["T1-2"], reason="转出", by=None, now=now
    )
    marked["first"].refresh_from_db()
    assert marked["first"].told_apart == "甲"
    other = person_of(register, now, "王丽", date(1980, 2, 2))
    add_participant(
        campaign=campaign, person=other, unit=units["T1-3"], standing="full", reason="漏列",
        by=None, now=now,
    )  # fmt: skip
    move_participant(
        participant=marked["first"], unit=units["T1-3"], reason="转入", by=None, now=now
    )
    assert shown(campaign, unit=units["T1-3"], name="王丽") == ["王丽（甲）", "王丽（乙）"]
