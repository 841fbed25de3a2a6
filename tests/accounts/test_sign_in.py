"""Signing in and out, language, and what stands in between with one-time codes."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from pingyi.accounts.enums import LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.accounts import deactivate
from pingyi.accounts.operations.language import choose_language
from pingyi.accounts.operations.one_time_codes import confirm_one_time_code, start_one_time_code
from pingyi.ledger.models import Entry
from pingyi.ledger.queries.verification import verify
from tests.accounts.conftest import PASSWORD

SIGN_IN = "/accounts/sign-in/"
CODE = "/accounts/sign-in/code/"


def sign_in(browser: Client, username="t1-clerk", password=PASSWORD, **more):
    return browser.post(SIGN_IN, {"username": username, "password": password, **more})


def is_signed_in(browser: Client) -> bool:
    return browser.get("/accounts/me/").status_code == 200


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    return f"{totp(device.bin_key, drift=steps):06d}"


@pytest.fixture
def device(clerk, now) -> TOTPDevice:
    """The clerk uses one-time codes."""
    device = start_one_time_code(by=clerk, now=now)
    confirm_one_time_code(code=code_of(device, -1), by=clerk, now=now)
    return TOTPDevice.objects.get(pk=device.pk)


def test_the_right_password_signs_in_and_leads_home(client, clerk):
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, settings.LOGIN_REDIRECT_URL)
    assert is_signed_in(client)
    assert User.objects.get(pk=clerk.pk).last_login


def test_a_password_written_in_a_weaker_way_is_written_anew_by_a_deed(client, clerk):
    User.objects.filter(pk=clerk.pk).update(password=make_password(PASSWORD, salt="short"))
    said = Entry.objects.count()
    sign_in(client)
    assert is_signed_in(client)
    assert not User.objects.get(pk=clerk.pk).password.startswith("md5$short$")
    assert Entry.objects.filter(kind=LedgerKind.PASSWORD_STRENGTHENED, account=clerk.pk).exists()
    assert verify().is_whole
    sign_in(Client())
    assert Entry.objects.count() == said + 1


def test_to_ask_for_a_password_writes_nothing(clerk):
    User.objects.filter(pk=clerk.pk).update(password=make_password(PASSWORD, salt="short"))
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    assert User.objects.get(pk=clerk.pk).password == clerk.password


def test_programs_that_look_before_they_load_are_answered(client, clerk, device):
    assert client.head(SIGN_IN).status_code == 200
    sign_in(client)
    assert client.head(CODE).status_code == 200


def test_a_wrong_password_says_so_and_names_no_cause(client, clerk):
    for username, password in [("t1-clerk", "wrong"), ("nobody", PASSWORD)]:
        with override("en"):
            answer = sign_in(client, username, password)
        assert answer.status_code == 422
        assert len(answer.context["form"].non_field_errors()) == 1
        assert not is_signed_in(client)


def test_a_deactivated_account_cannot_sign_in_and_open_sessions_end(client, clerk, office, now):
    sign_in(client)
    deactivate(user=clerk, by=office, now=now)
    assert client.get("/accounts/me/").status_code == 302
    sign_in(client)
    assert not is_signed_in(client)


def test_after_signing_in_the_page_asked_for_is_shown(client, clerk):
    assert client.get("/accounts/me/").url == "/accounts/sign-in/?next=/accounts/me/"
    assert sign_in(client, next="/accounts/me/").url == "/accounts/me/"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_nobody_is_led_to_another_site(client, clerk, target):
    assert sign_in(client, next=target).url == settings.LOGIN_REDIRECT_URL


def test_signing_out_needs_a_post(client, clerk):
    sign_in(client)
    assert client.get("/accounts/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/accounts/sign-out/").url == SIGN_IN
    assert not is_signed_in(client)


def test_the_sign_in_page_leads_home_whoever_is_signed_in(client, clerk):
    sign_in(client)
    assert client.get(SIGN_IN).url == settings.LOGIN_REDIRECT_URL


def test_the_language_of_the_account_is_used_after_signing_in(client, clerk, now):
    choose_language(language="en", by=clerk, now=now)
    sign_in(client)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.get("/accounts/me/").wsgi_request.LANGUAGE_CODE == "en"


def test_with_one_time_codes_the_password_alone_does_not_sign_in(client, clerk, device):
    answer = sign_in(client, next="/accounts/me/")
    assert answer.url == CODE + "?next=%2Faccounts%2Fme%2F"
    assert not is_signed_in(client)
    assert client.get(answer.url).status_code == 200
    answer = client.post(CODE, {"code": code_of(device), "next": "/accounts/me/"})
    assert answer.url == "/accounts/me/"
    assert is_signed_in(client)
    assert client.get("/accounts/me/").wsgi_request.user.is_verified()


def test_a_wrong_code_does_not_sign_in_and_is_counted(client, clerk, device):
    sign_in(client)
    wrong = f"{(int(code_of(device)) + 1) % 1_000_000:06d}"
    answer = client.post(CODE, {"code": wrong})
    assert answer.context["form"].errors["code"]
    assert not is_signed_in(client)
    # Counted although refused: nothing was rolled back.
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_after_many_wrong_codes_even_the_right_one_has_to_wait(client, clerk, device):
    sign_in(client)
    TOTPDevice.objects.update(
        throttling_failure_count=20, throttling_failure_timestamp=timezone.now()
    )
    answer = client.post(CODE, {"code": code_of(device)})
    assert answer.context["form"].errors["code"]
    assert not is_signed_in(client)


def test_a_code_is_good_once(client, clerk, device):
    code = code_of(device)
    sign_in(client)
    client.post(CODE, {"code": code})
    other = Client()
    sign_in(other)
    other.post(CODE, {"code": code})
    assert not is_signed_in(other)


def test_the_second_step_needs_the_first(client, clerk, device):
    assert client.get(CODE).url == SIGN_IN
    assert client.post(CODE, {"code": code_of(device)}).url == SIGN_IN
    assert not is_signed_in(client)


def test_the_second_step_does_not_wait_for_ever(client, clerk, device):
    sign_in(client)
    session = client.session
    pending = session["accounts.signing_in"]
    session["accounts.signing_in"] = {**pending, "at": "2011-06-01T00:00:00+00:00"}
    session.save()
    assert client.post(CODE, {"code": code_of(device)}).url == SIGN_IN


def test_the_second_step_is_closed_to_whoever_was_deactivated(client, clerk, device, office, now):
    sign_in(client)
    deactivate(user=clerk, by=office, now=now)
    assert client.post(CODE, {"code": code_of(device)}).url == SIGN_IN
