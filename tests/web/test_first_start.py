"""The first start on an empty database, and what it must not give away."""

from datetime import date, datetime

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.queries import reporting_units
from pingyi.core.clock import day_of
from pingyi.demo.build import build
from pingyi.organizations.models import Organization
from pingyi.returns.queries.course import course_of
from pingyi.web.permissions import start_code
from pingyi.web.queries.start import start_steps
from tests.cast import TODAY, Register
from tests.ledger_last import Watch
from tests.web.conftest import Ask

FORM = {
    "organization_name": "中共松山县委员会",
    "organization_code": "X",
    "kind": "committee",
    "level": "county",
    "name": "县活动办",
    "username": "office",
    "password": "green-stone-2011",
}
HERE = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}
ELSEWHERE = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "10.0.0.7"}
PROXIES = [
    {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
    {"HTTP_FORWARDED": "for=10.0.0.7"},
    {"HTTP_X_REAL_IP": "10.0.0.7"},
    {"HTTP_VIA": "1.1 proxy"},
    {"HTTP_HOST": "testserver"},
]

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _hosts(settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]


def begun(where: dict[str, str], **changes: str) -> tuple[int, bool]:
    """Status of the answer to the form, and whether there is an account now."""
    answer = Client(**where).post("/start/", {**FORM, **changes})
    return answer.status_code, User.objects.exists()


def test_an_empty_database_leads_to_the_guide(at: Ask) -> None:
    answer = at(None, "/")
    assert answer.headers["Location"] == "/start/"
    page = at(None, "/start/").content.decode()
    assert "办公室账号" in page


def test_the_code_of_the_first_organization_fits_every_address() -> None:
    assert begun(HERE, organization_code="0431/02") == (422, False)
    assert begun(HERE, organization_code="Ｘ—１") == (302, True)
    assert Organization.objects.get().code == "X-1"


def test_on_the_machine_itself_no_code_is_asked_for() -> None:
    assert 'name="start_code"' not in Client(**HERE).get("/start/").content.decode()
    assert begun(HERE) == (302, True)
    assert Organization.objects.get().code == "X"


def test_the_top_begins_long_ago_or_when_that_is_said() -> None:
    page = Client(**HERE).get("/start/").content.decode()
    assert 'name="founded_on"' in page
    assert "1949-10-01" in page
    assert begun(HERE, founded_on="1958-02-03") == (302, True)
    assert Organization.objects.get().valid_from == date(1958, 2, 3)


def test_without_a_day_the_top_is_older_than_any_cut_off_date() -> None:
    begun(HERE)
    assert Organization.objects.get().valid_from == date(1949, 10, 1)


@pytest.mark.parametrize("day", ["2099-01-01", "soon"])
def test_the_top_does_not_begin_later_than_today(day: str) -> None:
    assert begun(HERE, founded_on=day) == (422, False)


@pytest.mark.parametrize("where", [ELSEWHERE, *({**HERE, **proxy} for proxy in PROXIES)])
def test_from_elsewhere_the_printed_code_is_needed(where: dict[str, str]) -> None:
    assert 'name="start_code"' in Client(**where).get("/start/").content.decode()
    assert begun(where) == (422, False)
    assert begun(where, start_code="0123456789") == (422, False)
    assert not Organization.objects.exists()
    assert begun(where, start_code=f" {start_code()} ") == (302, True)


def test_a_weak_password_is_told_and_the_rest_is_kept() -> None:
    answer = Client(**HERE).post("/start/", {**FORM, "password": "123"})
    page = answer.content.decode()
    assert not User.objects.exists()
    assert 'value="中共松山县委员会"' in page
    assert "123" not in page.replace("</", "").split('name="password"')[1][:200]


def test_the_second_start_is_refused(office_user: User, at: Ask) -> None:
    assert at(None, "/start/").headers["Location"].startswith("/accounts/sign-in/")
    client = Client(**HERE)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    second = {**FORM, "username": "second", "organization_code": "Y"}
    answer = client.post("/start/", second, follow=True)
    assert "已经有账号" in answer.content.decode()
    assert User.objects.count() == 1


def test_the_steps_follow_what_has_been_done(
    office_user: User, register: Register, planned_campaign: Campaign
) -> None:
    done = {step.code: step.is_done for step in start_steps(TODAY)}
    assert done == {"account": True, "register": True, "campaign": True, "round": False}
    assert [step.code for step in start_steps(TODAY) if step.is_next] == ["round"]


def test_after_the_first_round_nothing_is_left(office_user: User, first_round: Round) -> None:
    assert all(step.is_done for step in start_steps(TODAY))


def test_an_empty_start_begins_with_the_account() -> None:
    assert [step.code for step in start_steps(TODAY) if step.is_next] == ["account"]


@pytest.mark.unwatched
def test_only_the_demo_is_marked_as_fictitious(at: Ask, now: datetime, watch: Watch) -> None:
    assert "虚构数据" not in at(None, "/start/").content.decode()
    build(now=now, said=lambda _line: None)
    # All of it is one transaction, in an empty database: nobody waits for the head of its ledger.
    watch.forget()
    office = User.objects.get(username="office")
    round_ = Round.objects.get(code="first")
    course = course_of(round_, reporting_units(round_.campaign), day_of(now))
    assert course is not None
    assert [(day.submitted > 0, day.accepted > 0) for day in course.busy] == [
        (True, False), (True, True),
    ]  # fmt: skip
    assert "虚构数据" in at(office, "/").content.decode()
    assert "虚构数据" in at(None, "/accounts/sign-in/").content.decode()
