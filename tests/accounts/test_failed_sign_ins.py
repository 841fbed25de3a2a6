"""Failures count by name and by place; the next try waits, and nobody is kept out for good."""

from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pingyi.accounts.models import FailedTries, User
from pingyi.accounts.operations.first_codes import make_first_code
from pingyi.accounts.operations.passwords import set_password
from pingyi.accounts.operations.tries import begin_try, forget_old_tries
from pingyi.accounts.queries.first_codes import first_code
from pingyi.accounts.queries.tries import duration_text
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import SIGN_IN, is_signed_in, sign_in

Time = Callable[[timedelta], None]
FREE, FREE_FROM_A_PLACE = 4, 29


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Time:
    """The clock of the pages stands still until it is told to go on."""
    told = [now]
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: told[0])

    def go_on(time: timedelta) -> None:
        told[0] += time

    return go_on


@pytest.fixture(autouse=True)
def _stands_still(pass_time: Time) -> None:
    pass_time(timedelta(0))


def browser_at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def fail(browser: Client, times: int = 1, username: str = "t1-clerk") -> HttpResponse:
    for _time in range(times):
        answer = sign_in(browser, username, password="wrong")
    return answer


def from_everywhere(times: int, username: str = "t1-clerk") -> HttpResponse:
    for number in range(times):
        answer = fail(browser_at(f"198.51.100.{number + 1}"), 1, username)
    return answer


def test_the_fifth_failure_makes_the_next_try_wait(clerk, far_clerk, pass_time):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert fail(client, FREE).status_code == 422
    answer = fail(client)
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    words = answer.content.decode()
    assert "Signing in with this name has failed several times in a row." in words
    assert "Please wait 30 seconds, then try again." in words
    # The right one as well, but nobody else.
    assert sign_in(client).status_code == 429
    assert sign_in(Client(), "t2-clerk").status_code == 302
    pass_time(timedelta(seconds=29))
    assert sign_in(client)["Retry-After"] == "1"
    pass_time(timedelta(seconds=1))
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


def test_the_wait_doubles_and_trying_meanwhile_makes_it_no_longer(client, clerk, pass_time):
    fail(client, FREE + 1)
    for seconds in (60, 120, 240):
        pass_time(timedelta(minutes=30))
        assert fail(client)["Retry-After"] == str(seconds)
        pass_time(timedelta(seconds=seconds - 1))
        assert fail(client, 3)["Retry-After"] == "1"


def test_the_name_that_was_typed_stays(client, clerk):
    assert 'value="t1-clerk"' in fail(client, FREE + 1).content.decode()


def test_nothing_tells_a_name_that_somebody_has_from_one_that_nobody_has(client, clerk):
    pages = [fail(Client(), FREE + 1, name) for name in ("t1-clerk", "nobody")]
    assert {page.status_code for page in pages} == {429}
    assert {page["Retry-After"] for page in pages} == {"30"}


def test_of_a_name_that_nobody_has_too_little_is_kept_to_find_it_again(client, clerk):
    fail(client, 1, "my-secret-password")
    assert [key for key in keys() if key.startswith("name:")] == [keys()[0]]
    assert len(keys()[0]) == len("name:") + 4


def keys() -> list[str]:
    return sorted(
        FailedTries.objects.exclude(key__startswith="place:").values_list("key", flat=True)
    )


def test_many_addresses_cannot_keep_the_owner_out_of_a_browser_that_is_known(clerk, pass_time):
    own = Client()
    sign_in(own)
    own.post("/accounts/sign-out/")
    assert from_everywhere(FREE + 20).status_code == 429
    assert sign_in(own).status_code == 302
    assert is_signed_in(own)
    # That is a count of its own: others still wait, and so does whoever sits at that browser.
    assert sign_in(browser_at("192.0.2.1")).status_code == 429
    own.post("/accounts/sign-out/")
    assert fail(own, FREE).status_code == 422
    assert fail(own).status_code == 429
    assert sign_in(own).status_code == 429


def test_a_known_browser_is_one_of_that_account_alone(clerk, far_clerk):
    own = Client()
    sign_in(own)
    own.post("/accounts/sign-out/")
    from_everywhere(FREE + 1, "t2-clerk")
    assert sign_in(own, "t2-clerk").status_code == 429


@pytest.mark.parametrize("cookie", ["", "made-up", "WyJ4IixbMV1d:1aaaaa:AAAA"])
def test_a_cookie_that_is_not_ours_is_worth_nothing(clerk, cookie):
    from_everywhere(FREE + 1)
    thief = Client()
    thief.cookies["known_by"] = cookie
    assert sign_in(thief).status_code == 429


def test_the_wait_of_a_name_ends_by_itself_however_many_try(clerk, pass_time):
    for _round in range(6):
        from_everywhere(40)
        pass_time(timedelta(minutes=30))
    assert sign_in(browser_at("192.0.2.1")).status_code == 302


def test_a_first_code_is_never_kept_waiting(client, clerk, office, now):
    """With it the office helps whoever others keep from signing in."""
    from_everywhere(FREE + 20)
    make_first_code(user=clerk, by=office, now=now)
    from_everywhere(FREE + 20)
    assert fail(client).status_code == 429
    assert sign_in(client, password=first_code(User.objects.get(pk=clerk.pk))).status_code == 302
    client.post(
        "/accounts/sign-in/first/", {"password": "two new bridges", "again": "two new bridges"}
    )
    assert is_signed_in(client)
    client.post("/accounts/sign-out/")
    from_everywhere(FREE + 20)
    assert sign_in(client, password="two new bridges").status_code == 302


def test_a_new_password_from_the_office_lifts_the_wait(client, clerk, office, now):
    sign_in(client)
    client.post("/accounts/sign-out/")
    fail(client, FREE + 1)
    fail(Client(), FREE + 1)
    set_password(user=clerk, password="another long passphrase", by=office, now=now)
    for browser in (client, Client()):
        assert sign_in(browser, password="another long passphrase").status_code == 302


def test_many_names_from_one_address_make_that_address_wait(clerk, far_clerk):
    thief = Client(REMOTE_ADDR="203.0.113.9", HTTP_ACCEPT_LANGUAGE="en")
    for number in range(FREE_FROM_A_PLACE):
        assert fail(thief, 1, f"name-{number}").status_code == 422
    answer = fail(thief, 1, "one-more")
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "from your address, with several names" in answer.content.decode()
    assert sign_in(thief).status_code == 429
    assert sign_in(browser_at("203.0.113.10")).status_code == 302


def test_who_has_signed_in_at_that_address_before_goes_on_there(clerk, far_clerk):
    colleague = browser_at("203.0.113.9")
    sign_in(colleague)
    colleague.post("/accounts/sign-out/")
    for number in range(FREE_FROM_A_PLACE + 1):
        fail(browser_at("203.0.113.9"), 1, f"name-{number}")
    assert sign_in(colleague).status_code == 302


def test_a_success_wipes_the_failures_of_its_name_not_of_its_address(clerk):
    thief = browser_at("203.0.113.9")
    fail(thief, FREE)
    assert sign_in(browser_at("203.0.113.9")).status_code == 302
    assert list(FailedTries.objects.values_list("key", "count")) == [("place:203.0.113.9", FREE)]


def behind(proxy: str, said: str, username: str) -> HttpResponse:
    browser = Client(REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=said)
    return sign_in(browser, username, password="wrong")


@pytest.mark.parametrize(
    ("trusted", "counted"),
    [([ip_network("10.0.0.5/32")], "place:203.0.113.9"), ([], "place:10.0.0.5")],
)
def test_behind_a_proxy_its_header_counts_where_it_is_trusted(clerk, settings, trusted, counted):
    settings.TRUSTED_PROXIES = trusted
    behind("10.0.0.5", "198.51.100.77, 203.0.113.9", "nobody")
    assert FailedTries.objects.filter(key=counted, count=1).exists()


def test_all_behind_a_proxy_that_is_not_trusted_are_not_one_place(clerk, settings):
    settings.TRUSTED_PROXIES = []
    for number in range(FREE_FROM_A_PLACE + 5):
        assert behind("127.0.0.1", "203.0.113.9", f"name-{number}").status_code == 422


def test_of_two_tries_at_the_same_moment_each_is_counted(clerk, now, monkeypatch):
    """The second is counted after the first was seen: it looks again, and has to wait."""
    from pingyi.accounts.operations import tries

    seen, others = tries.failures_of, iter([FREE + 1])

    def seen_too_early(key: str) -> Any:
        found = seen(key)
        if key and (more := next(others, 0)):
            FailedTries.objects.create(key=key, count=more, last_at=now)
        return found

    monkeypatch.setattr(tries, "failures_of", seen_too_early)
    waiting = begin_try(key="account:1", place="", now=now)
    assert waiting is not None
    assert waiting.seconds == 30
    assert FailedTries.objects.get().count == FREE + 1


def test_two_failures_from_one_place_at_the_same_moment_are_two(clerk, now, monkeypatch):
    from pingyi.accounts.operations import tries

    seen, others = tries.failures_of, iter([1])

    def seen_too_early(key: str) -> Any:
        found = seen(key)
        if next(others, 0):
            FailedTries.objects.create(key=key, count=1, last_at=now)
        return found

    monkeypatch.setattr(tries, "failures_of", seen_too_early)
    tries.count_place(place="place:203.0.113.9", now=now)
    assert FailedTries.objects.get().count == 2


def test_whoever_waits_costs_no_hashing(client, clerk, monkeypatch):
    fail(client, FREE + 1)
    hashed = []
    monkeypatch.setattr("pingyi.accounts.operations.signing_in.authenticate", hashed.append)
    with CaptureQueriesContext(connection) as asked:
        assert sign_in(client).status_code == 429
    assert not hashed
    assert not [q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "UPDATE"))]


def test_what_is_long_over_is_not_kept(client, clerk, now):
    fail(client)
    forget_old_tries(now=now + timedelta(days=6))
    assert FailedTries.objects.exists()
    forget_old_tries(now=now + timedelta(days=8))
    assert not FailedTries.objects.exists()


def test_a_browser_is_known_for_a_year_by_a_cookie_no_script_reads(client, clerk):
    sign_in(client)
    cookie = client.cookies["known_by"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert PASSWORD not in cookie.value
    assert client.get(SIGN_IN).status_code == 302


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "1 second"),
        (30, "30 seconds"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (1800, "30 minutes"),
    ],
)
def test_a_wait_is_told_in_words(seconds: float, text: str) -> None:
    with override("en"):
        assert duration_text(timedelta(seconds=seconds)) == text
