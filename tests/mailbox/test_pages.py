"""The office binds addresses and sees what came in from its part of the tree."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.mailbox.models import BoundAddress, Mail
from pingyi.mailbox.operations import ask_to_look
from pingyi.mailbox.operations.binding import bind_address, unbind_address
from pingyi.mailbox.queries.soundness import soundness
from tests.cast import Register, user_with
from tests.mailbox.conftest import NOBODY, OTHER, TOWN, Box, written
from tests.returns.desk import Desk
from tests.returns.filling import filled

BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = pytest.mark.usefixtures("campaign")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    for room in ("core.middleware", "mailbox.management.commands.mail", "mailbox.tasks"):
        monkeypatch.setattr(f"pingyi.{room}.read_now", lambda: now)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def office(office_user: User) -> Client:
    return client_of(office_user)


@pytest.fixture
def township(register: Register, now: datetime) -> Client:
    return client_of(user_with("office-t2", Role.OFFICE, register.t2, now))


def page(client: Client, address: str = "/mailbox/") -> str:
    return client.get(address).content.decode()


def test_an_address_is_bound_and_unbound_on_pages(office: Client, township: Client) -> None:
    assert "尚未登记邮箱" in page(office, "/mailbox/addresses/")
    given = {"address": " Clerk@T1.example", "organization": "T1"}
    assert office.post("/mailbox/addresses/bind/", given).status_code == 302
    bound = BoundAddress.objects.get()
    assert (bound.address, bound.organization.code) == (TOWN, "T1")
    assert TOWN in page(office, "/mailbox/addresses/")
    assert "没有找到" in page(office, "/mailbox/addresses/?q=nowhere")
    assert TOWN not in page(township, "/mailbox/addresses/")
    assert "已登记" in office.post("/mailbox/addresses/bind/", given).content.decode()
    outside = township.post("/mailbox/addresses/bind/", {**given, "address": OTHER})
    assert "没有这个编码" in outside.content.decode()
    assert township.post(f"/mailbox/addresses/{bound.pk}/unbind/").status_code == 404
    assert office.post(f"/mailbox/addresses/{bound.pk}/unbind/").status_code == 302
    assert "尚未登记邮箱" in page(office, "/mailbox/addresses/")
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))[-2:]
    assert kinds == ["mailbox.address_bound", "mailbox.address_unbound"]


@pytest.mark.parametrize(
    "address", ["/mailbox/", "/mailbox/addresses/", "/mailbox/addresses/bind/"]
)
def test_nobody_but_an_office_looks_into_the_mailbox(clerk_user: User, address: str) -> None:
    assert "活动办公室登记" in page(client_of(clerk_user), address)


def test_what_stands_against_binding_is_said(
    register: Register, office_user: User, clerk_user: User, now: datetime, township: Client
) -> None:
    def code(by: User | None, address: str = TOWN, place: Any = register.t1) -> str:
        with pytest.raises(Refusal) as refusal:
            bind_address(address=address, organization=place, by=by, now=now)
        return refusal.value.code

    assert code(clerk_user) == "not_the_office"
    assert code(User.objects.get(username="office-t2")) == "outside"
    assert code(None, "pingyi@pingyi.example") == "own_address"
    bound = bind_address(address=TOWN, organization=register.t1, by=office_user, now=now)
    assert code(office_user, TOWN.upper()) == "address_taken"
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "outside"):
        unbind_address(bound=bound, by=clerk_user, now=now)
    unbind_address(bound=bound, by=office_user, now=now)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "not_bound"):
        unbind_address(bound=bound, by=None, now=now)
    register.t1.valid_to = now.date()
    assert code(None) == "closed"


def test_what_came_in_is_seen_in_its_part_of_the_tree(
    box: Box, town: Desk, bound: Any, office: Client, township: Client
) -> None:
    assert "尚未收到邮件" in page(office)
    box.gets(written(TOWN, ("统计表.xlsx", filled(town)), subject="六月报表"))
    box.gets(written(OTHER))
    box.gets(written(NOBODY))
    box.read()
    box.answers()
    first, second, third = Mail.objects.order_by("pk")
    shown = page(office)
    assert all(sender in shown for sender in (TOWN, OTHER, NOBODY))
    assert first.forms[0]["receipt"] in shown
    assert NOBODY not in page(office, "/mailbox/?q=六月")
    inside = page(township)
    assert OTHER in inside
    assert TOWN not in inside
    assert NOBODY not in inside
    assert township.get(f"/mailbox/{second.pk}/").status_code == 200
    assert {township.get(f"/mailbox/{one.pk}/").status_code for one in (first, third)} == {404}
    whole = page(office, f"/mailbox/{first.pk}/")
    assert first.forms[0]["page"] in whole
    assert "六月报表" in whole
    assert "已发送" in whole
    received = page(office, first.forms[0]["page"])
    assert "电子邮件" in received
    assert TOWN in received


def test_the_mailbox_is_offered_to_offices_where_there_is_one(
    office: Client, clerk_user: User, settings: Any
) -> None:
    assert 'href="/mailbox/"' not in page(office, "/")
    settings.MAILBOX = object()
    assert 'href="/mailbox/"' in page(office, "/")
    assert 'href="/mailbox/"' not in page(client_of(clerk_user), "/")


def test_a_mailbox_that_cannot_be_read_is_said_to_the_office(
    box: Box, office: Client, township: Client, settings: Any
) -> None:
    settings.MAILBOX = type(settings.MAILBOX)(settings.MAILBOX.server, "Nowhere")
    with pytest.raises(Refusal):
        box.read()
    assert "未能读取收件邮箱" in page(office)
    assert "未能读取收件邮箱" not in page(township)


def test_the_check_says_whether_the_mailbox_is_read(box: Box, settings: Any, now: datetime) -> None:
    mailbox = settings.MAILBOX
    assert soundness(now).mend
    box.read()
    assert soundness(now).is_fine
    assert soundness(now + timedelta(hours=1)).mend
    settings.MAILBOX = type(mailbox)(mailbox.server, "Nowhere")
    with pytest.raises(Refusal):
        box.read()
    assert "PINGYI_MAILBOX_URL" in str(soundness(now).mend)
    settings.MAILBOX = None
    assert soundness(now).is_fine


def test_an_operator_reads_binds_and_lists(
    box: Box, town: Desk, register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> str:
        call_command("mail", *words)
        return capsys.readouterr().out

    assert "没有邮件" in said("poll")
    said("bind", TOWN, "--organization", "T1")
    assert said("addresses") == f"{TOWN}\tT1\n"
    box.gets(written(TOWN, ("统计表.xlsx", filled(town))))
    assert said("poll") == "已上报: 1\n"
    assert "taken_over" in said("received")
    assert '"code": "submitted"' in said("received", "--json")
    assert "1" in said("status")
    said("unbind", TOWN.upper(), "--as", user_with("o", Role.OFFICE, register.t1, box.now).username)
    assert said("addresses") == ""
    for words, code in (
        (("unbind", TOWN), "not_bound"),
        (("bind", TOWN, "--organization", "nowhere"), "unknown_organization"),
    ):
        with pytest.raises(Refusal) as refusal:
            said(*words)
        assert refusal.value.code == code


def test_the_worker_looks_every_other_minute(box: Box, settings: Any, now: datetime) -> None:
    box.gets(written(NOBODY))
    assert ask_to_look(now=now)
    assert Mail.objects.count() == 1
    assert not ask_to_look(now=now + timedelta(minutes=1))
    assert ask_to_look(now=now + timedelta(minutes=2))
    settings.MAILBOX = type(settings.MAILBOX)(settings.MAILBOX.server, "Nowhere")
    assert ask_to_look(now=now + timedelta(minutes=9))
    settings.MAILBOX = None
    assert not ask_to_look(now=now + timedelta(minutes=30))
