"""A record that was merged stays in what was frozen, and is still the person who signs in."""

from typing import Any

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.campaigns.operations.people import add_participant, remove_participant
from pingyi.campaigns.queries.rounds import amendments_visible_to
from pingyi.campaigns.queries.scopes import is_self, participant_of, participants_visible_to
from pingyi.core.refusals import Refusal
from pingyi.ledger.queries.verification import verify
from pingyi.register.operations import add_person, merge_people, separate_people
from tests.cast import NOW, Register, user_with

PLAIN: dict[str, Any] = {"reason": "重复登记", "by": None, "now": NOW}


def user_again(user: User) -> User:
    """With nothing kept of what was asked before."""
    return User.objects.get(pk=user.pk)


def test_whoever_signs_in_is_still_the_frozen_person(
    register: Register, campaign: Campaign, participants: dict[str, Participant]
) -> None:
    other = register.people["village_member"]
    user = user_with("fang", Role.MEMBER, register.village, NOW, other)
    kept = add_person(name="张晓芳", by=None, now=NOW)
    frozen = Participant.objects.values().get(pk=participants["village_member"].pk)
    merge_people(kept=kept, other=other, taking=(), **PLAIN)
    user = user_again(user)
    assert user.person == kept
    me = participant_of(user, campaign)
    assert me == participants["village_member"]
    assert is_self(user, me)
    assert not is_self(user, participants["village_secretary"])
    assert list(participants_visible_to(user, campaign)) == [me]
    assert Participant.objects.values().get(pk=me.pk) == frozen
    assert verify().is_whole
    separate_people(person=other, **PLAIN)
    assert participant_of(user_again(user), campaign) == me


def test_of_two_frozen_records_the_one_with_posts_acts(
    register: Register, campaign: Campaign, participants: dict[str, Participant]
) -> None:
    leader, member = register.people["village_secretary"], register.people["village_member"]
    user = user_with("fang", Role.MEMBER, register.village, NOW, member)
    merge_people(kept=member, other=leader, taking=(), **PLAIN)
    assert participant_of(user_again(user), campaign) == participants["village_secretary"]
    remove_participant(participant=participants["village_secretary"], **PLAIN)
    user = user_again(user)
    assert participant_of(user, campaign) == participants["village_member"]
    about = {amendment.participant for amendment in amendments_visible_to(user, campaign)}
    assert about == {participants["village_secretary"]}


def test_of_two_alike_the_one_that_goes_on_acts(
    register: Register, campaign: Campaign, participants: dict[str, Participant]
) -> None:
    kept, other = register.people["school_member"], register.people["village_member"]
    user = user_with("li", Role.MEMBER, register.school, NOW, kept)
    merge_people(kept=kept, other=other, taking=(), **PLAIN)
    assert participant_of(user_again(user), campaign) == participants["school_member"]


def test_nobody_comes_into_a_campaign_a_second_time(
    register: Register,
    campaign: Campaign,
    participants: dict[str, Participant],
    units: dict[str, Unit],
) -> None:
    kept, other = add_person(name="张晓芳", by=None, now=NOW), register.people["village_member"]
    merge_people(kept=kept, other=other, taking=(), **PLAIN)
    add = {"campaign": campaign, "person": kept, "unit": units["T1-2"], "standing": "full"}
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "already_in"):
        add_participant(**add, **PLAIN)
    remove_participant(participant=participants["village_member"], **PLAIN)
    add_participant(**add, **PLAIN)
    back = Participant.objects.get(pk=participants["village_member"].pk)
    assert (back.is_active, back.unit, back.name) == (True, units["T1-2"], "张晓芳")
