"""Two sessions at one row of the register: nobody overwrites what they have not seen."""

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.ledger.queries import lines_about
from pingyi.organizations.models import Organization, Person
from tests.at_once import AtOnce
from tests.cast import NOW, Register
from tests.forms_of_pages import sent_from

OURS, THEIRS = "柳湾新村党支部", "柳湾中心村党支部"


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: NOW)


@pytest.fixture
def clerk(clerk_user: User) -> Client:
    client = Client()
    client.force_login(clerk_user)
    return client


@pytest.fixture
def office(office_user: User) -> Client:
    client = Client()
    client.force_login(office_user)
    return client


@pytest.fixture
def page(register: Register) -> str:
    return reverse("register:change", args=[register.village.pk])


def name_of(register: Register) -> str:
    return Organization.objects.get(pk=register.village.pk).name


def test_who_comes_second_is_told_what_differs_and_may_then_go_on(
    clerk: Client, office: Client, page: str, register: Register
) -> None:
    ours = sent_from(page, clerk.get(page), name=OURS, code="T1-9")
    theirs = sent_from(page, office.get(page), name=THEIRS)
    assert office.post(page, theirs).status_code == 302
    answer = clerk.post(page, ours)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert name_of(register) == THEIRS
    assert f"名称：已保存 {THEIRS}，您填写 {OURS}" in text
    assert "T1-9" in text
    assert "已保存 T1-1" not in text
    again = sent_from(page, answer)
    assert again["name"] == [OURS]
    assert clerk.post(page, again).status_code == 302
    assert name_of(register) == OURS


def test_what_is_mistyped_meanwhile_does_not_count_as_seen(
    clerk: Client, office: Client, page: str, register: Register
) -> None:
    ours = sent_from(page, clerk.get(page), name="")
    assert office.post(page, sent_from(page, office.get(page), name=THEIRS)).status_code == 302
    answer = clerk.post(page, ours)
    assert answer.status_code == 422
    mended = sent_from(page, answer, name=OURS)
    assert clerk.post(page, mended).status_code == 422
    assert name_of(register) == THEIRS


def test_who_typed_the_same_is_not_held_up(clerk: Client, office: Client, page: str) -> None:
    ours = sent_from(page, clerk.get(page), name=OURS)
    assert office.post(page, sent_from(page, office.get(page), name=OURS)).status_code == 302
    assert clerk.post(page, ours).status_code == 302


def test_a_form_that_is_sent_twice_is_done_once(clerk: Client, register: Register) -> None:
    """A member without an identity number: nothing else tells two of one name apart."""
    page = reverse("register:register-member", args=[register.village.pk])
    sent = sent_from(page, clerk.get(page), name="钱新")
    first, second = clerk.post(page, sent), clerk.post(page, sent)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Person.objects.filter(name="钱新").count() == 1
    assert "党员已新增" in clerk.get(first.url).content.decode()
    other = sent_from(page, clerk.get(page), name="钱新")
    assert clerk.post(page, other).status_code == 422  # asked whether it is the same person
    clerk.post(page, {**other, "another": "on"})
    assert Person.objects.filter(name="钱新").count() == 2


def test_what_was_refused_may_be_sent_again(clerk: Client, office: Client, page: str) -> None:
    """What stood against it may be gone by now: it is no deed that was done."""
    sent = sent_from(page, clerk.get(page), code="T1-2")
    assert clerk.post(page, sent).status_code == 422
    free = reverse("register:change", args=[Organization.objects.get(code="T1-2").pk])
    assert office.post(free, sent_from(free, office.get(free), code="T1-8")).status_code == 302
    assert clerk.post(page, sent).status_code == 302


def test_what_was_ended_meanwhile_is_said(
    clerk: Client, office: Client, register: Register
) -> None:
    """A deed without a field of its own for it: what stands there now is listed."""
    page = reverse("register:transfer", args=[register.people["village_member"].pk])
    found = {"q": "中学"}
    ours = sent_from(page, clerk.get(page, found))
    theirs = sent_from(page, office.get(page, {"q": "机关"}))
    assert office.post(page, theirs).status_code == 302
    answer = clerk.post(page, ours)
    assert answer.status_code == 422
    assert "现为 青石镇机关党支部" in answer.content.decode()


@pytest.mark.lock("edits._alone_with")
def test_two_who_save_at_the_same_moment(
    at_once: AtOnce, page: str, clerk: Client, office: Client, register: Register
) -> None:
    """The second waits for the first, then compares."""
    ours = sent_from(page, clerk.get(page), name=OURS)
    theirs = sent_from(page, office.get(page), name=THEIRS)
    answer = at_once(lambda: office.post(page, theirs), lambda: clerk.post(page, ours))
    assert answer.status_code == 422
    assert name_of(register) == THEIRS
    assert len(lines_about("organization:T1-1")) == 1
