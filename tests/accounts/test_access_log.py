"""The access log: what stands in it, who sees it, and that it cannot be changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.enums import AccessKind, Role
from pingyi.accounts.models import Access, User
from pingyi.accounts.operations.access import forget_old_access, note
from pingyi.accounts.operations.first_codes import make_first_code
from pingyi.accounts.operations.grants import end_grant, grant_role
from pingyi.accounts.operations.many import create_accounts
from pingyi.accounts.operations.one_time_codes import confirm_one_time_code, start_one_time_code
from pingyi.accounts.operations.passwords import set_password
from pingyi.accounts.queries import access_visible_to, why_access_is_not_sealed
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import CODE, code_of, sign_in
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def _the_roles_of_the_cast_are_known(clerk: User) -> None:
    """Everything that follows is said beside what made the accounts."""


def said(**which: Any) -> list[tuple[str, str | None, str | None, str]]:
    lines = Access.objects.filter(**which).exclude(kind=AccessKind.ROLE_GIVEN).order_by("pk")
    return [
        (
            line.kind,
            line.account.username if line.account else None,
            line.done_by.username if line.done_by else None,
            line.told,
        )
        for line in lines
    ]


def test_signing_in_and_out_is_noted_with_the_address(clerk):
    browser = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(browser)
    browser.post("/accounts/sign-out/")
    assert said() == [
        ("signed_in", "t1-clerk", "t1-clerk", ""),
        ("signed_out", "t1-clerk", "t1-clerk", ""),
    ]
    assert set(Access.objects.exclude(kind="role_given").values_list("address", flat=True)) == {
        "203.0.113.9"
    }
    browser.post("/accounts/sign-out/")
    assert len(said()) == 2


def test_a_failed_sign_in_is_noted_and_nobody_is_said_to_have_done_it(client, clerk):
    sign_in(client, password="wrong")
    assert said() == [("password_refused", "t1-clerk", None, "")]


def test_of_a_name_that_nobody_has_it_is_only_noted_that_somebody_tried(client, clerk):
    sign_in(client, PASSWORD, password="t1-clerk")
    assert said() == [("password_refused", None, None, "")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_access")
        assert PASSWORD not in repr(cursor.fetchall())


def test_who_has_to_wait_adds_nothing(client, clerk):
    for _time in range(9):
        sign_in(client, password="wrong")
    assert len(said()) == 5


def test_a_wrong_one_time_code_is_noted_too(client, clerk, now):
    device = start_one_time_code(by=clerk, now=now)
    confirm_one_time_code(code=code_of(device, -1), by=clerk, now=now)
    sign_in(client)
    client.post(CODE, {"code": "no code"})
    assert said() == [("code_refused", "t1-clerk", None, "")]
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client.post(CODE, {"code": code_of(device)})
    assert said()[1:] == [("signed_in", "t1-clerk", "t1-clerk", "")]


def test_roles_given_and_ended_are_noted_with_who_did_it(clerk, office, register, now):
    grant = grant_role(
        user=clerk, role=Role.INSPECTOR, organization=register.t1, by=office, now=now
    )
    end_grant(grant=grant, by=office, now=now)
    lines = Access.objects.filter(account=clerk, done_by=office).order_by("pk")
    assert [(line.kind, line.told) for line in lines] == [
        ("role_given", "inspector@T1"),
        ("role_ended", "inspector@T1"),
    ]


def test_roles_of_many_accounts_are_noted_as_well(register, office, now):
    made = create_accounts(role=Role.BRANCH_SECRETARY, organization=register.t1, by=office, now=now)
    noted = Access.objects.filter(account__in=made, kind="role_given")
    assert noted.count() == sum(user.grants.count() for user in made) > 1
    assert {line.told.partition("@")[0] for line in noted} == {"branch_secretary"}


def test_a_file_is_noted_by_its_name_and_a_page_is_not(office, browser_of):
    browser = browser_of(office)
    browser.get("/accounts/")
    assert said() == []
    answer = browser.get(reverse("rosters:template"))
    assert answer.status_code == 200
    assert said() == [("file_taken", "kxb", "kxb", Access.objects.latest("pk").told)]
    assert Access.objects.latest("pk").told.endswith(".xlsx")


def about(actor: User, kind: str = "") -> set[str | None]:
    lines = access_visible_to(User.objects.get(pk=actor.pk), TODAY, kind)
    return {line.account.username if line.account else None for line in lines}


def test_an_office_sees_its_part_of_the_tree_and_others_nothing(
    client, clerk, far_clerk, office, township_office
):
    sign_in(client, "nobody", "wrong")
    assert about(office) == {"t1-clerk", "t2-clerk", "kxb", "t1-office", None}
    assert about(township_office) == {"t1-clerk", "t1-office"}
    assert about(clerk) == set()
    assert about(office, "password_refused") == {None}
    assert about(office, "made-up") == about(office)


def test_no_line_is_changed(clerk):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Access.objects.update(told="another")


def test_no_line_is_removed_within_half_a_year(clerk):
    now = timezone.now()
    for days in (183, 185):
        note(AccessKind.SIGNED_IN, account=clerk, by=clerk, now=now - timedelta(days=days))
    young, old = Access.objects.filter(kind="signed_in").order_by("-done_at")
    with pytest.raises(DatabaseError, match="half a year"), transaction.atomic():
        Access.objects.filter(pk=young.pk).delete()
    Access.objects.filter(pk=old.pk).delete()
    assert Access.objects.filter(kind="signed_in").get() == young


def test_no_line_takes_the_place_of_another(clerk):
    key = Access.objects.latest("pk").pk
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"{replace} INTO accounts_access (id, kind, done_at, told)"
            f" VALUES ({key}, 'signed_in', '2011-06-01', '')"
        )


def test_what_is_older_than_the_setting_says_is_removed(clerk, settings):
    now = timezone.now()
    Access.objects.all().delete()
    for days in (190, 399, 401):
        note(AccessKind.SIGNED_IN, account=clerk, by=clerk, now=now - timedelta(days=days))
    settings.ACCESS_LOG_DAYS = 400
    forget_old_access(now=now)
    assert Access.objects.count() == 2


def test_that_the_database_keeps_it_is_looked_at(db):
    assert why_access_is_not_sealed() is None
    on = " ON accounts_access" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER access_is_never_changed{on}")
    refusal = why_access_is_not_sealed()
    assert refusal is not None
    assert "access_is_never_changed" in str(refusal)


def test_a_name_that_is_too_long_is_cut(clerk, now: datetime):
    note(AccessKind.FILE_TAKEN, account=clerk, by=clerk, told="名" * 300, now=now)
    assert len(Access.objects.latest("pk").told) == 200


def test_what_the_office_does_to_a_password_is_noted(office, clerk, now):
    set_password(user=clerk, password="another long passphrase", by=office, now=now)
    make_first_code(user=clerk, by=office, now=now)
    lines = Access.objects.filter(account=clerk).order_by("-pk")[:2]
    assert [(line.kind, line.done_by) for line in lines] == [
        (AccessKind.FIRST_CODE_MADE, office),
        (AccessKind.PASSWORD_SET, office),
    ]
