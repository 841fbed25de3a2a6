"""A session lives while it is used, and pages do not write it each time."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.core.clock import read_now

pytestmark = pytest.mark.django_db


def writes(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("accounts:my-account")).status_code == 200
    reads = ("SELECT", "WITH")
    return sum(not query["sql"].lstrip().startswith(reads) for query in asked.captured_queries)


@pytest.fixture
def signed_in(client: Client, office_user: User) -> Client:
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("accounts:my-account"))
    return client


def test_a_session_is_written_once_a_minute_at_most(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writes(signed_in) == 0
    later = read_now() + timedelta(seconds=61)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: later)
    assert writes(signed_in) > 0
    assert writes(signed_in) == 0


def test_a_page_does_not_wait_for_whoever_writes(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = read_now() + timedelta(seconds=61)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: later)
    with monkeypatch.context() as busy:
        busy.setattr("pingyi.core.middleware._somebody_writes", lambda: True)
        assert writes(signed_in) == 0
    assert writes(signed_in) > 0


def test_use_puts_the_end_of_a_session_off(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Session.objects.update(expire_date=read_now() + timedelta(minutes=5))
    later = read_now() + timedelta(seconds=61)
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: later)
    signed_in.get(reverse("accounts:my-account"))
    left = Session.objects.get().expire_date - read_now()
    assert left > timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)


def test_a_session_that_has_ended_is_not_begun_anew(signed_in: Client) -> None:
    Session.objects.all().delete()
    assert signed_in.get(reverse("accounts:my-account")).status_code == 302
    assert not Session.objects.exists()
