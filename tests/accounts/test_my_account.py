import re

import pytest
from django.conf import settings
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.enums import LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.one_time_codes import (
    check_one_time_code,
    confirm_one_time_code,
    remove_one_time_code,
    start_one_time_code,
)
from pingyi.accounts.queries.accounts import confirmed_device, pending_device, secret_text
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Body, Entry
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import code_of
from tests.at_once import refused

pytestmark = pytest.mark.any_database

PAGE = "/accounts/me/"
NEW = "another long passphrase"


@pytest.fixture
def mine(browser_of, clerk) -> Client:
    return browser_of(clerk)


def test_the_page_shows_name_and_roles(mine, clerk):
    page = mine.get(PAGE).content.decode()
    assert clerk.name in page
    assert "中共青石镇委员会" in page


@pytest.mark.parametrize("path", ["", "code/image.svg"])
def test_the_page_is_for_signed_in_people(client, db, path):
    assert client.get(PAGE + path).url.startswith("/accounts/sign-in/")


@pytest.mark.parametrize(
    "path",
    ["language/", "password/", "code/start/", "code/confirm/", "code/remove/", "code/cancel/"],
)
def test_a_get_changes_nothing(mine, path):
    assert mine.get(PAGE + path).status_code == 405


def test_the_language_is_saved_and_used_at_once(mine, clerk):
    answer = mine.post(PAGE + "language/", {"language": "en"}, follow=True)
    assert User.objects.get(pk=clerk.pk).language == "en"
    assert mine.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert "<h1>My account" in answer.content.decode()


def test_an_unknown_language_is_not_saved(mine, clerk):
    assert mine.post(PAGE + "language/", {"language": "tlh"}).status_code == 422
    assert User.objects.get(pk=clerk.pk).language == ""


def test_the_password_is_changed_and_this_session_goes_on(mine, clerk, browser_of):
    elsewhere = browser_of(clerk)
    values = {"old_password": PASSWORD, "password": NEW, "again": NEW}
    assert mine.post(PAGE + "password/", values).status_code == 302
    assert User.objects.get(pk=clerk.pk).check_password(NEW)
    assert mine.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old_password": "wrong"}, "old_password"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "something else"}, "again"),
    ],
)
def test_what_is_wrong_with_a_password_stands_at_its_field(mine, clerk, changes, field):
    values = {"old_password": PASSWORD, "password": NEW, "again": NEW}
    answer = mine.post(PAGE + "password/", values | changes)
    assert answer.status_code == 422
    assert list(answer.context["password_form"].errors) == [field]
    assert User.objects.get(pk=clerk.pk).check_password(PASSWORD)


def test_one_time_codes_are_set_up_confirmed_and_removed(mine, clerk):
    assert mine.get(PAGE + "code/image.svg").status_code == 404
    mine.post(PAGE + "code/start/")
    device = pending_device(clerk)
    page = mine.get(PAGE).content.decode()
    assert secret_text(device) in page
    assert 'src="/accounts/me/code/image.svg"' in page
    image = mine.get(PAGE + "code/image.svg")
    assert image["Content-Type"] == "image/svg+xml"
    assert b"<svg" in image.content
    assert "no-store" in image["Cache-Control"]
    assert mine.post(PAGE + "code/confirm/", {"code": code_of(device)}).status_code == 302
    assert confirmed_device(clerk) == device
    assert mine.get(PAGE + "code/image.svg").status_code == 404
    answer = mine.post(PAGE + "code/remove/", {"code": code_of(device, 1)})
    assert answer.status_code == 302
    assert not TOTPDevice.objects.exists()
    lines = Entry.objects.filter(kind__startswith="account.one_time").order_by("seq")
    assert [line.kind for line in lines] == [
        LedgerKind.ONE_TIME_CODE_STARTED,
        LedgerKind.ONE_TIME_CODE_CONFIRMED,
        LedgerKind.ONE_TIME_CODE_REMOVED,
    ]
    assert not Body.objects.filter(content__contains=device.key).exists()


def test_a_wrong_first_code_does_not_turn_codes_on(mine, clerk):
    mine.post(PAGE + "code/start/")
    answer = mine.post(PAGE + "code/confirm/", {"code": "not a code"})
    assert answer.context["code_form"].errors["code"]
    assert confirmed_device(clerk) is None


def test_a_code_is_not_confirmed_before_it_is_started(mine, clerk):
    answer = mine.post(PAGE + "code/confirm/", {"code": "123456"})
    assert answer.context["code_form"].non_field_errors()


def test_refused_deeds_are_said_on_the_page(mine, clerk, now):
    answer = mine.post(PAGE + "code/cancel/", follow=True)
    assert len(answer.context["messages"]) == 1
    device = start_one_time_code(by=clerk, now=now)
    confirm_one_time_code(code=code_of(device), by=clerk, now=now)
    answer = mine.post(PAGE + "code/start/", follow=True)
    assert len(answer.context["messages"]) == 1
    assert TOTPDevice.objects.get() == device


def in_use(clerk, now) -> TOTPDevice:
    device = start_one_time_code(by=clerk, now=now)
    confirm_one_time_code(code=code_of(device), by=clerk, now=now)
    return device


@pytest.mark.parametrize("code", ["", "12345", "not a code"])
def test_an_open_session_is_not_enough_to_remove_the_own_codes(mine, clerk, now, code):
    device = in_use(clerk, now)
    assert mine.post(PAGE + "code/remove/", {"code": code}).status_code == 422
    assert mine.post(PAGE + "code/cancel/").status_code == 302
    assert confirmed_device(clerk) == device
    with refused("own"):
        remove_one_time_code(user=clerk, by=clerk, now=now)


def test_wrong_codes_for_removing_are_counted_like_those_for_signing_in(mine, clerk, now):
    in_use(clerk, now)
    mine.post(PAGE + "code/remove/", {"code": "000000"})
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_what_was_only_begun_is_cancelled_without_a_code(mine, clerk):
    mine.post(PAGE + "code/start/")
    mine.post(PAGE + "code/cancel/")
    assert not TOTPDevice.objects.exists()


def test_starting_again_makes_a_new_secret(clerk, now):
    first = start_one_time_code(by=clerk, now=now)
    second = start_one_time_code(by=clerk, now=now)
    assert first.key != second.key
    assert TOTPDevice.objects.get() == second


def test_without_a_device_no_code_is_right(clerk):
    refusal = check_one_time_code(user=clerk, code="123456")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not_in_use"


def test_the_office_removes_the_codes_of_a_lost_phone(clerk, far_clerk, township_office, now):
    for owner in (clerk, far_clerk):
        start_one_time_code(by=owner, now=now)
    remove_one_time_code(user=clerk, by=township_office, now=now)
    with pytest.raises(Refusal) as refusal:
        remove_one_time_code(user=far_clerk, by=township_office, now=now)
    assert refusal.value.code == "outside"
    assert TOTPDevice.objects.get().user == far_clerk


def test_the_page_has_no_inline_scripts_or_styles(mine):
    page = mine.get(PAGE).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*[{\[])|\sstyle=|\son\w+=", page)
