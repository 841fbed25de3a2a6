import json
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError

from pingyi.accounts import queries
from pingyi.accounts.enums import LedgerKind, Role
from pingyi.accounts.models import Grant, User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.accounts import deactivate, link_person, reactivate
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.language import choose_language
from pingyi.accounts.operations.passwords import change_own_password, set_password
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Body, Entry
from pingyi.ledger.queries import lines_about
from tests.accounts.conftest import PASSWORD, account

NEW = "another long passphrase"


def kinds(user: User) -> list[str]:
    lines = Entry.objects.filter(subject=f"account:{user.pk}").order_by("seq")
    return [line.kind for line in lines]


def make(now, **changes):
    values = {"username": "new", "name": "New", "password": PASSWORD, "by": None, "now": now}
    return create_account(**values | changes)


def test_an_account_can_be_made_without_a_role_on_the_first_start(db, now):
    user = make(now, username=" first ")
    assert (user.username, user.created_by, user.created_at) == ("first", None, now)
    assert check_password(PASSWORD, user.password)
    assert kinds(user) == [LedgerKind.CREATED]
    assert Entry.objects.get().actor_role == "command line"


def test_an_office_makes_an_account_with_role_and_person(office, register, now):
    person = register.people["village_member"]
    user = make(now, by=office, role=Role.MEMBER, organization=register.village, person=person)
    assert [str(grant) for grant in queries.open_grants(user)] == [
        f"{user.pk} member {register.village.pk}"
    ]
    assert (user.person, user.created_by) == (person, office)
    assert kinds(user) == [
        LedgerKind.CREATED,
        LedgerKind.ROLE_GRANTED,
        LedgerKind.PERSON_LINKED,
    ]
    assert Entry.objects.filter(subject=f"account:{user.pk}").first().actor_role == "office@X"


@pytest.mark.parametrize("username", ["", "two words", "x" * 61])
def test_an_unfit_sign_in_name_is_refused(db, now, username):
    with pytest.raises(Refusal) as refusal:
        make(now, username=username)
    assert refusal.value.code == "username_unfit"


def test_a_taken_sign_in_name_is_refused(office, now):
    with pytest.raises(Refusal) as refusal:
        make(now, username="kxb")
    assert refusal.value.code == "username_taken"


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", "xiaowang2011"])
def test_a_weak_password_is_refused_with_all_causes(db, now, password):
    with pytest.raises(Refusal) as refusal:
        make(now, username="xiaowang2011", password=password)
    assert refusal.value.code == "weak_password"
    assert refusal.value.details
    assert not User.objects.exists()


def test_no_secret_reaches_the_ledger(office, clerk, now):
    set_password(user=clerk, password=NEW, by=office, now=now)
    change_own_password(old_password=NEW, password=PASSWORD, by=clerk, now=now)
    written = " ".join(Body.objects.values_list("content", flat=True))
    assert "t1-clerk" in written
    for secret in (NEW, PASSWORD, clerk.password, office.password):
        assert secret not in written
        assert json.dumps(secret) not in written


def test_a_role_is_given_and_ended_never_deleted(office, clerk, register, now):
    assert queries.signature(clerk).role == "clerk@T1"
    grant = grant_role(
        user=clerk, role=Role.INSPECTOR, organization=register.t1, by=office, now=now
    )
    assert queries.signature(clerk).role == "clerk@T1, inspector@T1"
    later = now + timedelta(days=1)
    end_grant(grant=grant, by=office, now=later)
    assert queries.signature(grant.user).role == "clerk@T1"
    kept = Grant.objects.get(pk=grant.pk)
    assert (kept.granted_by, kept.ended_at, kept.ended_by) == (office, later, office)
    assert kinds(clerk)[-2:] == [LedgerKind.ROLE_GRANTED, LedgerKind.ROLE_ENDED]


def test_a_role_cannot_be_given_twice(office, clerk, register, now):
    with pytest.raises(Refusal) as refusal:
        grant_role(user=clerk, role=Role.CLERK, organization=register.t1, by=office, now=now)
    assert refusal.value.code == "granted"
    with pytest.raises(IntegrityError):
        Grant.objects.create(user=clerk, role=Role.CLERK, organization=register.t1, granted_at=now)


def test_a_role_can_be_given_again_after_it_ended(office, clerk, register, now):
    end_grant(grant=Grant.objects.get(user=clerk), by=office, now=now)
    grant_role(user=clerk, role=Role.CLERK, organization=register.t1, by=office, now=now)
    assert Grant.objects.filter(user=clerk).count() == 2


def test_the_own_password_needs_the_present_one(clerk, now):
    with pytest.raises(Refusal) as refusal:
        change_own_password(old_password="wrong", password=NEW, by=clerk, now=now)
    assert refusal.value.code == "wrong_password"
    change_own_password(old_password=PASSWORD, password=NEW, by=clerk, now=now)
    assert User.objects.get(pk=clerk.pk).check_password(NEW)


def test_a_new_password_must_be_strong_too(office, clerk, now):
    for deed in (
        lambda: change_own_password(old_password=PASSWORD, password="short", by=clerk, now=now),
        lambda: set_password(user=clerk, password="short", by=office, now=now),
    ):
        with pytest.raises(Refusal) as refusal:
            deed()
        assert refusal.value.code == "weak_password"


def test_an_account_is_deactivated_and_reactivated(office, clerk, now):
    deactivate(user=clerk, by=office, now=now)
    assert not User.objects.get(pk=clerk.pk).is_active
    with pytest.raises(Refusal) as refusal:
        deactivate(user=clerk, by=office, now=now)
    assert refusal.value.code == "inactive"
    reactivate(user=clerk, by=office, now=now)
    assert User.objects.get(pk=clerk.pk).is_active
    with pytest.raises(Refusal) as refusal:
        reactivate(user=clerk, by=office, now=now)
    assert refusal.value.code == "active"
    assert kinds(clerk)[-2:] == [LedgerKind.DEACTIVATED, LedgerKind.REACTIVATED]


def test_an_account_is_linked_to_a_person_once(office, clerk, register, now):
    person = register.people["village_member"]
    link_person(user=clerk, person=person, by=office, now=now)
    assert User.objects.get(pk=clerk.pk).person == person
    with pytest.raises(Refusal) as refusal:
        link_person(user=clerk, person=person, by=office, now=now)
    assert refusal.value.code == "linked"
    other = account("other", Role.CLERK, register.t1, now)
    with pytest.raises(Refusal) as refusal:
        link_person(user=other, person=person, by=office, now=now)
    assert refusal.value.code == "has_account"
    link_person(user=clerk, person=None, by=office, now=now)
    assert User.objects.get(pk=clerk.pk).person is None


def test_the_language_is_kept(clerk, now):
    choose_language(language="en", by=clerk, now=now)
    assert User.objects.get(pk=clerk.pk).language == "en"
    lines = lines_about(f"account:{clerk.pk}").count()
    choose_language(language="en", by=clerk, now=now)
    assert lines_about(f"account:{clerk.pk}").count() == lines
    with pytest.raises(Refusal) as refusal:
        choose_language(language="tlh", by=clerk, now=now)
    assert refusal.value.code == "unknown_language"
