"""Whoever knows the password of a leader's account acts in the leader's name: it is linked by two
people of the office, or begins with a code that the leader alone is handed.
"""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from pingyi.accounts import permissions
from pingyi.accounts.enums import LedgerKind, Outcome, Role
from pingyi.accounts.models import Proposal, User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.accounts import deactivate, link_person
from pingyi.accounts.operations.first_codes import choose_first_password, make_first_code
from pingyi.accounts.operations.grants import grant_role
from pingyi.accounts.operations.many import create_accounts
from pingyi.accounts.operations.passwords import set_password
from pingyi.accounts.operations.proposals import confirm, refuse_proposal, withdraw
from pingyi.accounts.queries.proposals import worklist
from pingyi.accounts.queries.seen import account_seen
from pingyi.core.clock import day_of
from pingyi.ledger.models import Entry
from pingyi.ledger.queries.verification import verify
from pingyi.organizations.models import Charge, Person, Post
from pingyi.register.operations import put_in_charge
from tests.accounts.conftest import PASSWORD, account
from tests.at_once import refused
from tests.cast import TODAY, Register


@pytest.fixture
def second(register: Register, now: datetime) -> User:
    """A colleague in the office of the township."""
    return account("t1-office-2", Role.OFFICE, register.t1, now)


@pytest.fixture
def leader(register: Register) -> Person:
    """All that he is lies within the township."""
    return register.people["t1_secretary"]


@pytest.fixture
def proposal(clerk, township_office, second, leader, now) -> Proposal:
    made = link_person(user=clerk, person=leader, by=township_office, now=now)
    assert isinstance(made, Proposal)
    return made


def owner(user: User) -> Person | None:
    return User.objects.get(pk=user.pk).person


def test_an_office_below_does_not_take_a_leader_s_place_with_an_account_of_its_own(
    proposal, clerk, township_office, leader, now
):
    assert owner(clerk) is None
    with refused("own_proposal"):
        confirm(proposal=proposal, by=township_office, now=now)
    with refused("for_oneself"):
        confirm(proposal=proposal, by=clerk, now=now)
    line = Entry.objects.order_by("seq").last()
    assert line.kind == LedgerKind.LINK_PROPOSED
    assert verify().is_whole


def test_a_second_person_confirms_it(proposal, clerk, second, leader, now):
    confirm(proposal=proposal, by=second, now=now)
    assert owner(clerk) == leader
    kinds = Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2]
    assert list(kinds) == [LedgerKind.PROPOSAL_DECIDED, LedgerKind.PERSON_LINKED]
    assert verify().is_whole


def test_or_says_no_or_who_proposed_it_withdraws_it(
    proposal, clerk, second, township_office, leader, now
):
    refuse_proposal(proposal=proposal, by=second, now=now)
    again = link_person(user=clerk, person=leader, by=township_office, now=now)
    withdraw(proposal=again, by=township_office, now=now)
    assert owner(clerk) is None
    assert set(Proposal.objects.values_list("outcome", flat=True)) == {
        Outcome.REFUSED,
        Outcome.WITHDRAWN,
    }


def test_one_person_at_a_time_is_proposed(proposal, clerk, township_office, second, register, now):
    other = register.people["t1_leader"]
    with refused("proposed"):
        link_person(user=clerk, person=other, by=township_office, now=now)
    # A role may be proposed beside, in the same place.
    made = grant_role(
        user=clerk, role=Role.OFFICE, organization=register.t1, by=township_office, now=now
    )
    assert made.person is None


def test_what_was_true_when_it_was_proposed_is_asked_again(
    proposal, clerk, second, office, leader, register, now
):
    put_in_charge(person=leader, organization=register.t2_village, on=day_of(now), by=None, now=now)
    with refused("outside"):
        confirm(proposal=proposal, by=second, now=now)
    other = account("other", Role.CLERK, register.t1, now)
    link_person(user=other, person=leader, by=None, now=now)
    with refused("has_account"):
        confirm(proposal=proposal, by=office, now=now)
    deactivate(user=clerk, by=None, now=now)
    with refused("inactive"):
        confirm(proposal=proposal, by=office, now=now)


def test_an_office_alone_hands_out_a_code_instead(clerk, township_office, leader, now):
    with refused("no_second"):
        link_person(user=clerk, person=leader, by=township_office, now=now)
    make_first_code(user=clerk, by=township_office, now=now)
    assert link_person(user=clerk, person=leader, by=township_office, now=now) is None
    assert owner(clerk) == leader
    # Nor does it put a password of its own in the place of the code, before or after.
    with refused("leader"):
        set_password(user=clerk, password=PASSWORD, by=township_office, now=now)
    choose_first_password(user=clerk, password=PASSWORD, now=now)
    clerk.refresh_from_db()
    with refused("leader"):
        set_password(user=clerk, password=PASSWORD, by=township_office, now=now)
    make_first_code(user=clerk, by=township_office, now=now)
    clerk.refresh_from_db()
    assert not clerk.has_usable_password()


def test_a_second_person_too_low_to_confirm_it_is_none(
    clerk, township_office, office, register, now
):
    """The person is a member in the township, and leads in the county."""
    with refused("no_second"):
        link_person(user=clerk, person=register.people["county_leader"], by=office, now=now)
    account("kxb-2", Role.OFFICE, register.county, now)
    assert link_person(user=clerk, person=register.people["county_leader"], by=office, now=now)


@pytest.mark.parametrize("proposes", ["township_office", "second"])
def test_a_colleague_whose_password_one_has_set_is_no_second_person(
    proposes, clerk, township_office, second, office, leader, register, now, request
):
    """Neither of the two, so that nothing is proposed which nobody could confirm."""
    set_password(user=second, password=PASSWORD, by=township_office, now=now)
    deactivate(user=office, by=None, now=now)
    by = request.getfixturevalue(proposes)
    with refused("no_second"):
        link_person(user=clerk, person=leader, by=by, now=now)
    account("t1-office-3", Role.OFFICE, register.t1, now)
    assert link_person(user=clerk, person=leader, by=by, now=now) is not None


def test_accounts_made_from_the_register_need_nobody_else(township_office, register, now):
    made = create_accounts(
        role=Role.BRANCH_SECRETARY, organization=register.t1, by=township_office, now=now
    )
    assert {user.person_id is not None for user in made} == {True}
    assert not Proposal.objects.exists()


def test_members_without_a_post_are_linked_and_given_passwords_at_once(
    clerk, township_office, register, now
):
    link_person(user=clerk, person=register.people["village_member"], by=township_office, now=now)
    set_password(user=clerk, password=PASSWORD, by=township_office, now=now)
    assert owner(clerk) == register.people["village_member"]


def test_whoever_is_only_in_charge_leads_too(clerk, township_office, register, now):
    person = register.people["village_member"]
    put_in_charge(person=person, organization=register.village, on=day_of(now), by=None, now=now)
    with refused("no_second"):
        link_person(user=clerk, person=person, by=township_office, now=now)


def test_the_command_line_links_at_once(clerk, leader, now):
    link_person(user=clerk, person=leader, by=None, now=now)
    set_password(user=clerk, password=PASSWORD, by=None, now=now)
    assert owner(clerk) == leader


def test_an_account_made_with_a_person_is_proposed_too(
    township_office, second, leader, register, now
):
    made = create_account(
        username="chen", name="陈卫东", password=PASSWORD, role=Role.SECRETARY,
        organization=register.t1, person=leader, by=township_office, now=now,
    )  # fmt: skip
    assert owner(made) is None
    assert Proposal.objects.get().person == leader


def test_it_waits_on_the_first_page_of_the_second_person(proposal, clerk, second, township_office):
    with override("en"):
        found = worklist(second, None, TODAY)
        assert [item.what for item in found.waiting] == [f"Confirm whose account {clerk.name} is"]
        assert "陈卫东" in str(account_seen(clerk.pk)["proposals"].words)
    assert worklist(township_office, None, TODAY).waiting == []
    assert "person" in str(proposal)


def test_a_merge_brings_no_account_with_a_password_to_a_leader(
    clerk, township_office, leader, register, now
):
    member = register.people["village_member"]
    link_person(user=clerk, person=member, by=township_office, now=now)
    why_not = permissions.why_not_join_accounts
    both = [member.pk, leader.pk]
    reason = why_not(township_office, both, now)
    assert reason is not None
    assert reason.code == "leader"
    assert why_not(None, both, now) is None
    # Of two who lead nothing, and where the account is the leader's own.
    probationer = register.people["village_probationer"]
    assert why_not(township_office, [member.pk, probationer.pk], now) is None
    make_first_code(user=clerk, by=township_office, now=now)
    assert why_not(township_office, both, now) is None
    link_person(user=clerk, person=None, by=township_office, now=now)
    link_person(user=clerk, person=leader, by=township_office, now=now)
    choose_first_password(user=clerk, password=PASSWORD, now=now)
    assert why_not(township_office, both, now) is None


def test_nor_where_its_own_record_is_put_in_charge_of_something_small(
    clerk, township_office, leader, register, now
):
    member = register.people["village_member"]
    link_person(user=clerk, person=member, by=township_office, now=now)
    put_in_charge(
        person=member, organization=register.village, on=day_of(now), by=township_office, now=now
    )
    reason = permissions.why_not_join_accounts(township_office, [leader.pk, member.pk], now)
    assert reason is not None
    assert reason.code == "leader"


def test_no_password_is_set_while_a_leader_is_proposed(
    proposal, clerk, second, township_office, now
):
    with refused("link_proposed"):
        set_password(user=clerk, password=PASSWORD, by=second, now=now)
    refuse_proposal(proposal=proposal, by=second, now=now)
    set_password(user=clerk, password=PASSWORD, by=second, now=now)


def test_another_link_withdraws_the_proposal(
    proposal, clerk, township_office, second, register, now
):
    member = register.people["village_member"]
    link_person(user=clerk, person=member, by=second, now=now)
    with refused("decided"):
        confirm(proposal=proposal, by=second, now=now)
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by) == (Outcome.WITHDRAWN, second)
    assert owner(clerk) == member
    assert verify().is_whole


def test_a_proposal_that_was_refused_gives_no_account_away(office, second, clerk, register, now):
    """An account without a role is managed where something is proposed for it, and only then."""
    lone = create_account(username="lone", name="谢一", password=PASSWORD, by=office, now=now)
    made = Proposal.objects.create(
        user=lone, organization=register.t1, proposed_at=now, proposed_by=office
    )
    assert permissions.why_not_manage(second, lone, now) is None
    refuse_proposal(proposal=made, by=second, now=now)
    reason = permissions.why_not_manage(second, lone, now)
    assert reason is not None
    assert reason.code == "outside"


def test_the_page_names_the_leader_only_to_who_sees_him(
    browser_of, proposal, clerk, second, register, now
):
    Proposal.objects.update(person=register.people["t2_member"])
    page = reverse("accounts:detail", args=[clerk.pk])
    browser = browser_of(second)
    browser.cookies["django_language"] = "en"
    text = browser.get(page).content.decode()
    assert "The account is that of a leader outside your part of the tree" in text
    assert register.people["t2_member"].name not in text


def test_whoever_led_within_a_year_leads(clerk, township_office, leader, now):
    """The post is not ended for the moment, the account linked, and the post given again."""
    posts = Post.objects.filter(person=leader)
    Charge.objects.filter(person=leader).delete()
    posts.update(valid_to=TODAY - timedelta(days=365))
    with refused("no_second"):
        link_person(user=clerk, person=leader, by=township_office, now=now)
    posts.update(valid_to=TODAY - timedelta(days=366))
    assert link_person(user=clerk, person=leader, by=township_office, now=now) is None


def test_the_page_offers_it(client, proposal, clerk, second, township_office, leader):
    page = reverse("accounts:detail", args=[clerk.pk])
    client.cookies["django_language"] = "en"
    client.force_login(second, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(page).content.decode()
    assert "The account is that of 陈卫东" in text
    assert "Confirm the link" in text
    url = reverse("accounts:confirm-proposal", args=[clerk.pk, proposal.pk])
    assert url in text
    edits = re.search(r'name="seen" value="([^"]+)"', text)
    client.post(url, {"seen": edits[1] if edits else ""})
    text = client.get(page).content.decode()
    # No password is set for a leader, but a code is made.
    assert "nobody else may know the password" in text
    assert "Make a first code" in text
