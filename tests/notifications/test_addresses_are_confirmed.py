"""Messages go to an address only once a link that was sent there was followed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pingyi.accounts.models import User
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.notifications.models import Address, Delivery, Letter
from pingyi.notifications.operations.send import send_waiting
from pingyi.notifications.operations.wishes import choose_address, confirm_address
from pingyi.notifications.permissions import MOST_LETTERS
from pingyi.notifications.rules.trying import DAYS_OF_A_LINK
from tests.notifications.conftest import PostOffice
from tests.notifications.test_message_centre import _today, client_of, page

__all__ = ["_today"]

pytestmark = pytest.mark.any_database
WISHES = "/messages/wishes/"
Choose = Callable[..., str]


@pytest.fixture
def choose(clerk_user: User, now: datetime, post_office: PostOffice) -> Choose:
    """The clerk enters an address; the way that the last letter leads to."""

    def chosen(address: str = "he@example.com", at: datetime = now) -> str:
        choose_address(address=address, is_wanted=True, by=clerk_user, now=at)
        letter = Letter.objects.latest("pk")
        assert letter.address == address
        return WISHES + letter.text.partition(WISHES)[2].split()[0]

    return chosen


def token(link: str) -> str:
    return link.split("/")[-2]


def test_nothing_but_the_link_is_sent_before_it_was_followed(
    choose: Choose, clerk_user: User, write: Any, now: datetime, post_office: PostOffice
) -> None:
    link, client = choose(), client_of(clerk_user)
    write("before", to=clerk_user)
    assert not Delivery.objects.exists()
    send_waiting(now=now)
    assert [mail["To"] for mail in post_office.accepted] == ["he@example.com"]
    assert "he@example.com 尚未确认" in page(client, WISHES)
    assert "确认后，账号 clerk 的消息同时发送到 he@example.com。" in page(client, link)
    assert Address.objects.get(user=clerk_user).confirmed_at is None
    answer = client.post(link, follow=True).content.decode()
    assert "邮箱已确认" in answer
    assert "尚未确认" not in answer
    assert Entry.objects.latest("seq").kind == "notification.address_confirmed"
    write("after", to=clerk_user)
    assert Delivery.objects.get().message.key == "after"
    lines = Entry.objects.count()
    client.post(link)
    assert Entry.objects.count() == lines


def test_an_address_is_asked_once_and_another_one_anew(
    choose: Choose, clerk_user: User, now: datetime
) -> None:
    confirm_address(token=token(choose()), by=clerk_user, now=now)
    choose_address(address="he@example.com", is_wanted=True, by=clerk_user, now=now)
    assert Letter.objects.count() == 1
    assert Address.objects.get(user=clerk_user).confirmed_at == now
    link = choose("he@elsewhere.example", now + timedelta(minutes=1))
    assert Address.objects.get(user=clerk_user).confirmed_at is None
    confirm_address(token=token(link), by=clerk_user, now=now)
    assert Address.objects.get(user=clerk_user).confirmed_at == now


def test_a_message_on_its_way_is_not_sent_to_an_address_entered_meanwhile(
    choose: Choose, clerk_user: User, write: Any, now: datetime, post_office: PostOffice
) -> None:
    confirm_address(token=token(choose()), by=clerk_user, now=now)
    write("one", to=clerk_user)
    choose("somebody@else.example", now + timedelta(minutes=1))
    send_waiting(now=now + timedelta(hours=12))
    assert Delivery.objects.get().state == "dropped"
    assert len(post_office.accepted) == 2


def test_a_link_of_somebody_else_or_of_before_confirms_nothing(
    choose: Choose, clerk_user: User, office_user: User, reader: User, now: datetime
) -> None:
    first = choose()
    for user in (office_user, reader):
        assert "该链接属于其他账号或邮箱" in page(client_of(user), first)
    assert client_of(reader).get(f"{WISHES}confirm/anything/").status_code == 404
    same = {"address": "he@example.com", "is_wanted": True, "now": now + timedelta(minutes=2)}
    choose_address(by=office_user, **same)
    second = choose("she@example.com", now + timedelta(minutes=1))
    late = now + timedelta(days=DAYS_OF_A_LINK, minutes=2)
    for link, user, at in (
        (first, clerk_user, now), (first, office_user, now), (second, clerk_user, late),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="已超过 7 天"):
            confirm_address(token=token(link), by=user, now=at)
    answer = client_of(clerk_user).post(first)
    assert answer.status_code == 422
    assert "已超过 7 天" in answer.content.decode()
    assert not Address.objects.filter(confirmed_at__isnull=False, user=clerk_user).exists()


def test_no_address_is_sent_many_links(choose: Choose, clerk_user: User, now: datetime) -> None:
    for number in range(MOST_LETTERS):
        choose(at=now + timedelta(minutes=number))
    sent = {"address": "other@example.com", "is_wanted": "on"}
    answer = client_of(clerk_user).post(WISHES, sent)
    assert answer.status_code == 422
    assert "一天内已发送 5 封确认邮件" in answer.content.decode()
    assert Address.objects.get(user=clerk_user).address == "he@example.com"
    choose(at=now + timedelta(days=1, minutes=5))


def test_where_no_e_mails_are_sent_none_is_asked_for(
    clerk_user: User, client: Client, now: datetime, settings: Any
) -> None:
    settings.MAIL = None
    choose_address(address="he@example.com", is_wanted=True, by=clerk_user, now=now)
    assert not Letter.objects.exists()
    assert "尚未确认" not in page(client_of(clerk_user), WISHES)
