"""Messages are read by whom they are to; addresses and calendars are their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from pingyi.accounts.models import User
from pingyi.accounts.operations.accounts import deactivate
from pingyi.campaigns.models import Round
from pingyi.ledger.models import Entry
from pingyi.notifications.models import Address, Delivery, Feed, Message
from pingyi.notifications.operations import forget_old
from pingyi.notifications.operations.read import KEPT
from pingyi.notifications.operations.wishes import choose_address, make_feed, revoke_feed
from pingyi.notifications.queries import unread_count

pytestmark = pytest.mark.any_database
Write = Callable[..., set[int]]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str = "/messages/") -> str:
    return client.get(address).content.decode()


def test_the_bar_counts_and_reading_leads_on(write: Write, reader: User, clerk_user: User) -> None:
    client = client_of(reader)
    assert "还没有消息" in page(client)
    write("one", "two")
    assert unread_count(reader.pk) == 2
    assert '<span class="unread">2' in page(client, "/")
    first = Message.objects.get(key="one")
    assert "6月28日截止" in page(client, f"/messages/{first.pk}/")
    answer = client.post(f"/messages/{first.pk}/read/")
    assert answer.headers["Location"] == "/reviews/"
    assert "评议提醒 one" not in page(client, "/messages/?unread=1")
    assert "评议提醒 one" in page(client, "/messages/?q=one")
    client.post(f"/messages/{first.pk}/unread/")
    assert unread_count(reader.pk) == 2
    assert "2 条消息已标为已读" in client.post("/messages/read/", follow=True).content.decode()
    assert "没有未读" in client.post("/messages/read/", follow=True).content.decode()
    assert unread_count(reader.pk) == 0
    other = client_of(clerk_user)
    assert other.get(f"/messages/{first.pk}/").status_code == 404
    assert other.post(f"/messages/{first.pk}/read/").status_code == 404


def test_old_ones_are_forgotten(write: Write, now: datetime) -> None:
    write("one")
    assert forget_old(now=now + KEPT) == 0
    assert forget_old(now=now + KEPT + timedelta(days=1)) == 1
    assert not Message.objects.exists()


def test_an_address_is_kept_with_its_wish_and_stands_in_the_ledger(
    clerk_user: User, now: datetime
) -> None:
    client = client_of(clerk_user)
    sent = {"address": "he@example.com", "is_wanted": "on"}
    assert client.post("/messages/wishes/", sent).status_code == 302
    address = Address.objects.get(user=clerk_user)
    assert (address.address, address.is_wanted) == ("he@example.com", True)
    assert Entry.objects.latest("seq").kind == "notification.address_chosen"
    assert "he@example.com" in page(client, "/messages/wishes/")
    assert client.post("/messages/wishes/", {"address": "he@"}).status_code == 422
    choose_address(address=" ", is_wanted=True, by=clerk_user, now=now)
    address.refresh_from_db()
    assert (address.address, address.is_wanted) == ("", False)


def test_whoever_could_not_be_sent_to_is_told(write: Write, reader: User, now: datetime) -> None:
    write("one")
    Delivery.objects.create(
        message=Message.objects.get(), not_before=now, state="given_up", last_error="550 no"
    )
    assert "未能发送" in page(client_of(reader), "/messages/wishes/")


def test_the_calendar_shows_what_its_person_sees_until_it_is_revoked(
    first_round: Round, branch_secretary_user: User, member_user: User, now: datetime
) -> None:
    client = client_of(branch_secretary_user)
    shown = client.post("/messages/wishes/calendar/make/").content.decode()
    secret = shown.partition("/messages/calendar/")[2].partition(".ics")[0]
    assert Feed.objects.get().secret_hash not in {secret, ""}
    assert secret not in page(client, "/messages/wishes/")
    events = read(Client().get(f"/messages/calendar/{secret}.ics"))
    assert any("点评" in event["summary"] for event in events)
    assert {event["dtstart"].dt for event in events} >= {first_round.closes_on}
    again = read(Client().get(f"/messages/calendar/{secret}.ics"))
    assert [event["uid"] for event in events] == [event["uid"] for event in again]
    other = read(Client().get(f"/messages/calendar/{make_feed(by=member_user, now=now)}.ics"))
    assert not any("点评 " in event["summary"] for event in other)
    client.post("/messages/wishes/calendar/make/")
    assert Client().get(f"/messages/calendar/{secret}.ics").status_code == 404
    secret = make_feed(by=branch_secretary_user, now=now)
    revoke_feed(by=branch_secretary_user, now=now)
    lines = Entry.objects.count()
    revoke_feed(by=branch_secretary_user, now=now)
    assert Entry.objects.count() == lines
    assert Client().get(f"/messages/calendar/{secret}.ics").status_code == 404


def test_the_calendar_of_a_closed_account_is_closed(clerk_user: User, now: datetime) -> None:
    secret = make_feed(by=clerk_user, now=now)
    deactivate(user=clerk_user, by=None, now=now)
    assert Client().get(f"/messages/calendar/{secret}.ics").status_code == 404


def read(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_office_at_the_top_decides_on_what_is_in_doubt(
    write: Write, first_round: Round, office_user: User, clerk_user: User, now: datetime
) -> None:
    write("one", "two")
    for message in Message.objects.all():
        Delivery.objects.create(message=message, not_before=now, state="doubtful")
    client = client_of(office_user)
    assert "可能没有送达的邮件：2 封" in page(client, "/")
    assert "发送途中程序中断" in page(client, "/messages/unclear/")
    first, second = Delivery.objects.all()
    client.post(f"/messages/unclear/{first.pk}/again/")
    client.post(f"/messages/unclear/{second.pk}/leave/")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting", "dropped"}
    assert "没有存疑的邮件" in page(client, "/messages/unclear/")
    assert client_of(clerk_user).get("/messages/unclear/").status_code == 404
