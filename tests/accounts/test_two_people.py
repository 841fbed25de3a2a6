"""The role of the campaign office takes two people: one proposes it, a second one confirms it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pingyi.accounts.enums import LedgerKind, Outcome, Role
from pingyi.accounts.models import Grant, Proposal, User
from pingyi.accounts.operations.accounts import create_account, deactivate
from pingyi.accounts.operations.first_codes import make_first_code
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.passwords import set_password
from pingyi.accounts.operations.proposals import confirm, refuse_proposal, withdraw
from pingyi.accounts.queries.accounts import users_visible_to, was_opened_by
from pingyi.accounts.queries.proposals import could_be_confirmed, worklist
from pingyi.ledger.models import Entry
from pingyi.ledger.queries.verification import verify
from pingyi.organizations.models import Organization
from pingyi.ui.doors import Worklist
from tests.accounts.conftest import account
from tests.at_once import AtOnce, refused
from tests.cast import TODAY, Register


@pytest.fixture
def second(register: Register, now: datetime) -> User:
    """A colleague in the campaign office of the county."""
    return account("kxb-2", Role.OFFICE, register.county, now)


@pytest.fixture
def proposal(
    clerk: User, office: User, second: User, register: Register, now: datetime
) -> Proposal:
    """The county office wants the clerk of the first township to be its office."""
    made = give(clerk, office, register.t1, now)
    assert isinstance(made, Proposal)
    return made


def give(user: User, by: User | None, organization: Any, now: datetime) -> Any:
    return grant_role(user=user, role=Role.OFFICE, organization=organization, by=by, now=now)


def offices(user: User) -> int:
    return Grant.objects.filter(user=user, role=Role.OFFICE, ended_at=None).count()


def kinds(user: User) -> list[str]:
    lines = Entry.objects.filter(subject=f"account:{user.pk}").order_by("seq")
    return list(lines.values_list("kind", flat=True))


def test_one_person_alone_only_proposes_it(proposal, clerk, office):
    assert offices(clerk) == 0
    assert kinds(clerk)[-1] == LedgerKind.ROLE_PROPOSED
    assert (proposal.proposed_by, proposal.outcome) == (office, Outcome.OPEN)
    assert verify().is_whole


def test_a_second_person_gives_it(proposal, clerk, office, second, now):
    confirm(proposal=proposal, by=second, now=now)
    assert offices(clerk) == 1
    assert kinds(clerk)[-2:] == [LedgerKind.ROLE_GRANTED, LedgerKind.PROPOSAL_DECIDED]
    granted = Entry.objects.filter(kind=LedgerKind.ROLE_GRANTED).order_by("seq").last()
    assert office.username in granted.body.content
    assert verify().is_whole


def test_neither_who_proposed_it_nor_whom_it_is_for_confirms_it(proposal, clerk, office, now):
    with refused("own_proposal"):
        confirm(proposal=proposal, by=office, now=now)
    with refused("own_proposal"):
        refuse_proposal(proposal=proposal, by=office, now=now)
    with refused("for_oneself"):
        confirm(proposal=proposal, by=clerk, now=now)
    assert offices(clerk) == 0


def test_nobody_outside_confirms_it(proposal, far_clerk, register, now):
    with refused("not_office"):
        confirm(proposal=proposal, by=far_clerk, now=now)
    other = account("t2-office", Role.OFFICE, register.t2, now)
    with refused("outside"):
        confirm(proposal=proposal, by=other, now=now)
    with refused("outside"):
        refuse_proposal(proposal=proposal, by=other, now=now)


def test_who_is_an_office_elsewhere_too_is_confirmed_by_whoever_manages_all_of_it(
    clerk, office, second, township_office, register, now
):
    give(clerk, None, register.t2, now)
    proposal = give(clerk, office, register.t1, now)
    with refused("outside"):
        confirm(proposal=proposal, by=township_office, now=now)
    confirm(proposal=proposal, by=second, now=now)
    assert offices(clerk) == 2


def test_a_second_person_may_say_no(proposal, clerk, second, now):
    refuse_proposal(proposal=proposal, by=second, now=now)
    assert offices(clerk) == 0
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by) == (Outcome.REFUSED, second)
    with refused("decided"):
        confirm(proposal=proposal, by=second, now=now)


def test_of_a_closed_organization_nothing_is_given_but_refused(
    clerk, office, second, register, now
):
    proposal = give(clerk, office, register.village, now)
    Organization.objects.filter(pk=register.village.pk).update(valid_to=TODAY)
    with refused("closed"):
        confirm(proposal=proposal, by=second, now=now)
    refuse_proposal(proposal=proposal, by=second, now=now)
    assert offices(clerk) == 0


@pytest.mark.parametrize("opened", [set_password, make_first_code], ids=["password", "code"])
def test_whoever_opens_the_account_meanwhile_does_not_confirm_it(
    opened, proposal, clerk, office, second, now
):
    secret = {"password": "yunling-2011-second"} if opened is set_password else {}
    opened(user=clerk, by=second, now=now + timedelta(minutes=1), **secret)
    with refused("opened_since"):
        confirm(proposal=proposal, by=second, now=now + timedelta(minutes=2))
    assert offices(clerk) == 0


def test_who_proposed_it_withdraws_it_or_whoever_manages_the_account(
    proposal, clerk, office, second, township_office, far_clerk, register, now
):
    with refused("not_own"):
        withdraw(proposal=proposal, by=far_clerk, now=now)
    withdraw(proposal=proposal, by=second, now=now)
    proposal = give(clerk, office, register.t1, now)
    withdraw(proposal=proposal, by=office, now=now)
    with refused("decided"):
        withdraw(proposal=proposal, by=office, now=now)
    with refused("decided"):
        refuse_proposal(proposal=proposal, by=second, now=now)
    assert isinstance(give(clerk, office, register.t1, now), Proposal)


def test_it_is_proposed_once(proposal, clerk, office, register, now):
    with refused("proposed"):
        give(clerk, office, register.t1, now)


def test_what_somebody_has_is_not_proposed(clerk, office, second, register, now):
    give(clerk, None, register.t1, now)
    with refused("granted"):
        give(clerk, office, register.t1, now)


def test_a_deactivated_account_is_not_confirmed(proposal, clerk, office, second, now):
    deactivate(user=clerk, by=office, now=now)
    with refused("inactive"):
        confirm(proposal=proposal, by=second, now=now)


def test_other_roles_take_one_person(clerk, office, second, register, now):
    made = grant_role(user=clerk, role=Role.INSPECTOR, organization=register.t1, by=office, now=now)
    assert isinstance(made, Grant)


def told_of_the_last_grant() -> str:
    return Entry.objects.filter(kind=LedgerKind.ROLE_GRANTED).order_by("seq").last().body.content


def test_where_there_is_no_second_person_it_is_given_and_the_ledger_says_so(
    clerk, office, register, now
):
    assert isinstance(give(clerk, office, register.t1, now), Grant)
    assert "without_second" in told_of_the_last_grant()


def test_an_office_of_another_part_is_no_second_person(clerk, office, register, now):
    account("t2-office", Role.OFFICE, register.t2, now)
    assert isinstance(give(clerk, office, register.county, now), Grant)


@pytest.mark.parametrize("gone", ["deactivated", "ended"])
def test_who_is_gone_is_no_second_person(clerk, office, second, register, now, gone):
    if gone == "deactivated":
        deactivate(user=second, by=office, now=now)
    else:
        end_grant(grant=second.grants.get(), by=office, now=now)
    assert isinstance(give(clerk, office, register.t1, now), Grant)


def test_whoever_it_is_for_is_no_second_person(office, second, register, now):
    """An office of the township is to be one of the county."""
    assert isinstance(give(second, office, register.t1, now), Grant)


def test_the_office_above_is_a_second_person(clerk, office, township_office, register, now):
    proposal = give(clerk, township_office, register.t1, now)
    assert isinstance(proposal, Proposal)
    confirm(proposal=proposal, by=office, now=now)
    assert offices(clerk) == 1


def test_the_command_line_gives_it_at_once(clerk, office, second, register, now):
    assert isinstance(give(clerk, None, register.t1, now), Grant)
    assert "without_second" not in told_of_the_last_grant()


def test_a_new_account_waits_for_its_role_too(office, second, township_office, register, now):
    made = account("new-office", Role.OFFICE, register.t1, now, by=township_office)
    assert offices(made) == 0
    proposal = Proposal.objects.get(user=made)
    # Whoever may confirm it sees it, although it has no role yet and others have made it.
    assert made in users_visible_to(second, TODAY)
    confirm(proposal=proposal, by=second, now=now)
    assert offices(made) == 1


def lines_for(user: User) -> tuple[int, int]:
    found = worklist(User.objects.get(pk=user.pk), None, TODAY)
    return len(found.waiting), found.also_waiting


def test_it_stands_in_the_worklist_of_whoever_may_confirm_it(
    proposal, clerk, office, second, township_office, far_clerk, register, now
):
    assert lines_for(second) == (1, 0)
    assert lines_for(township_office) == (1, 0)
    assert [lines_for(one) for one in (office, clerk, far_clerk)] == [(0, 0)] * 3
    item = worklist(second, None, TODAY).waiting[0]
    assert (item.for_whom, item.url) == ("中共青石镇委员会", f"/accounts/{clerk.pk}/")
    refuse_proposal(proposal=proposal, by=second, now=now)
    assert lines_for(second) == (0, 0)


def test_of_many_the_worklist_reads_no_more_than_it_shows(office, second, register, now):
    for number in range(10):
        account(f"new-{number}", Role.OFFICE, register.t1, now, by=office)
    assert lines_for(second) == (8, 2)


def test_the_database_keeps_the_promise_too(proposal, office, clerk, now):
    for one in (office, clerk):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.update(outcome=Outcome.CONFIRMED, decided_at=now, decided_by=one)


def test_on_the_page_one_proposes_and_another_confirms(clerk, office, second, browser_of, register):
    mine, theirs = browser_of(office), browser_of(second)
    page = f"/accounts/{clerk.pk}/"
    asked = {**seen(mine, page), "role": "office", "organization": "T1"}
    answer = mine.post(page + "roles/", asked, follow=True, headers={"accept-language": "en"})
    assert "A second person of the campaign office has to confirm it." in answer.content.decode()
    proposal = Proposal.objects.get()
    deed = f"{page}proposals/{proposal.pk}/"
    assert f"{deed}withdraw/" in mine.get(page).content.decode()
    assert f"{deed}confirm/" not in mine.get(page).content.decode()
    mine.post(deed + "confirm/", seen(mine, page))
    assert offices(clerk) == 0
    assert f"{deed}confirm/" in theirs.get(page).content.decode()
    assert theirs.post(deed + "confirm/", seen(theirs, page)).url == page
    assert offices(clerk) == 1


@pytest.mark.parametrize(("deed", "who"), [("refuse", "second"), ("withdraw", "office")])
def test_on_the_page_it_is_refused_or_withdrawn(proposal, clerk, browser_of, request, deed, who):
    browser, page = browser_of(request.getfixturevalue(who)), f"/accounts/{clerk.pk}/"
    browser.post(f"{page}proposals/{proposal.pk}/{deed}/", seen(browser, page))
    proposal.refresh_from_db()
    assert proposal.outcome == {"refuse": Outcome.REFUSED, "withdraw": Outcome.WITHDRAWN}[deed]
    assert "proposals/" not in browser.get(page).content.decode()


def seen(browser: Any, page: str) -> dict[str, str]:
    """The version that the page shows."""
    text = browser.get(page).content.decode()
    return {"seen": text.split('name="seen" value="')[1].split('"')[0]}


@pytest.mark.lock("record.locked")
def test_of_two_who_decide_at_once_the_second_is_told(
    at_once: AtOnce, proposal: Proposal, second: User, township_office: User, now: datetime
) -> None:
    with refused("decided"):
        at_once(
            lambda: confirm(proposal=proposal, by=second, now=now),
            lambda: refuse_proposal(proposal=proposal, by=township_office, now=now),
        )
    assert offices(proposal.user) == 1


@pytest.mark.parametrize("opened", [set_password, make_first_code], ids=["password", "code"])
def test_nobody_is_a_second_person_through_an_account_opened_by_himself(
    opened, proposal, clerk, office, second, now
):
    secret = {"password": "yunling-2011-second"} if opened is set_password else {}
    opened(user=second, by=office, now=now, **secret)
    with refused("opened_by_proposer"):
        confirm(proposal=proposal, by=second, now=now)
    assert offices(clerk) == 0


@pytest.mark.parametrize("opened", [set_password, make_first_code], ids=["password", "code"])
def test_nor_by_proposing_with_an_account_opened_by_himself(
    opened, clerk, office, second, register, now
):
    secret = {"password": "yunling-2011-second"} if opened is set_password else {}
    opened(user=second, by=office, now=now, **secret)
    proposal = give(clerk, second, register.t1, now)
    # It is proposed all the same: a password set for a colleague makes nobody do without one.
    assert isinstance(proposal, Proposal)
    with refused("opened_proposer"):
        confirm(proposal=proposal, by=office, now=now)
    assert offices(clerk) == 0


def test_a_password_set_long_ago_is_not_held_against_anybody(clerk, office, second, register, now):
    set_password(
        user=second, password="yunling-2011-second", by=office, now=now - timedelta(days=31)
    )
    confirm(proposal=give(clerk, office, register.t1, now), by=second, now=now)
    assert offices(clerk) == 1


def test_whoever_made_the_account_with_a_password_has_no_second_person_in_it(office, register, now):
    lone = account("lone", Role.CLERK, register.t1, now)
    by_office = create_account(
        username="by-office", name="新经办", password="yunling-2011-made", role=Role.CLERK,
        organization=register.t1, by=office, now=now,
    )  # fmt: skip
    assert was_opened_by(by_office, office, now)
    assert not was_opened_by(lone, office, now)


def test_a_proposal_belongs_to_no_round(proposal, second):
    assert worklist(second, None, TODAY).waiting
    assert worklist(second, object(), TODAY) == Worklist()


def test_for_whom_has_a_role_elsewhere_a_second_person_stands_above_both(office, register, now):
    """The office of the township cannot confirm what it may not manage: there is none then."""
    account("t1-office", Role.OFFICE, register.t1, now)
    away = account("away", Role.CLERK, register.t2, now)
    assert could_be_confirmed(register.t1, now, by=office)
    assert not could_be_confirmed(register.t1, now, by=office, user=away)
