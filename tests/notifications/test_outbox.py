"""What is written is sent once, whatever the mail server says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from pingyi.accounts.models import User
from pingyi.accounts.operations.accounts import deactivate
from pingyi.core import leases
from pingyi.core.refusals import Refusal
from pingyi.notifications.enums import DeliveryState
from pingyi.notifications.models import Address, Delivery, Message
from pingyi.notifications.operations import ask_to_send
from pingyi.notifications.operations.decide import leave, send_again
from pingyi.notifications.operations.send import Sending, send_waiting
from pingyi.notifications.rules.trying import PAUSES, TOO_OLD
from tests.notifications.conftest import BREAK, PostOffice

Write = Callable[..., set[int]]


@pytest.fixture(autouse=True)
def _a_mail_server(post_office: PostOffice) -> None:
    pass


def sent(now: datetime, **more: Any) -> Sending:
    return send_waiting(now=now, **more)


def state() -> str:
    return Delivery.objects.get().state


def test_it_arrives_once_in_the_language_of_its_reader(
    write: Write, post_office: PostOffice, reader: User, now: datetime
) -> None:
    assert write("one") == {reader.pk}
    assert write("one") == set()
    assert Message.objects.count() == 1
    assert sent(now).counts == {DeliveryState.SENT: 1}
    assert sent(now).counts == {}
    (mail,) = post_office.accepted
    assert (mail["To"], mail["From"]) == ("chen@example.com", "pingyi@pingyi.example")
    assert mail["Message-ID"] == f"<{Delivery.objects.get().name}@pingyi.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert "https://pingyi.example/reviews/" in text.decode()
    assert "邮件" in text.decode()


def test_a_few_at_a_time_and_nothing_in_the_quiet_hours(
    write: Write, post_office: PostOffice, now: datetime
) -> None:
    night = now.replace(hour=14)  # 22:00 in Shanghai
    write("one", "two", "three", at=night)
    assert sent(night).counts == {}
    morning = night.replace(hour=23, minute=30)  # 7:30 of the next day
    assert sent(morning, most=2)[DeliveryState.SENT] == 2
    assert sent(morning, most=2)[DeliveryState.SENT] == 1
    assert len(set(post_office.ids)) == 3


def test_without_address_wish_or_server_nothing_is_on_its_way(
    write: Write, reader: User, clerk_user: User, settings: Any
) -> None:
    write("no address", to=clerk_user)
    Address.objects.update(is_wanted=False)
    write("no wish")
    Address.objects.update(is_wanted=True)
    settings.MAIL = None
    write("no server")
    assert Message.objects.count() == 3
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("reason", ["read", "unwanted", "deactivated", "old"])
def test_what_nobody_needs_any_more_is_dropped(
    reason: str, write: Write, post_office: PostOffice, reader: User, now: datetime
) -> None:
    write()
    if reason == "read":
        Message.objects.update(read_at=now)
    elif reason == "unwanted":
        Address.objects.update(is_wanted=False)
    elif reason == "deactivated":
        deactivate(user=reader, by=None, now=now)
    at = now + TOO_OLD + timedelta(minutes=1) if reason == "old" else now
    assert sent(at).counts == {DeliveryState.DROPPED: 1}
    assert post_office.accepted == []


def test_what_is_refused_for_now_is_tried_with_growing_pauses_and_given_up_visibly(
    write: Write, post_office: PostOffice, now: datetime, capsys: Any
) -> None:
    write()
    post_office.answers = ["451 later"] * 10
    for number, pause in enumerate(PAUSES, 1):
        assert sent(now).counts == {DeliveryState.WAITING: 1}
        assert Delivery.objects.get().tries == number
        assert sent(now + pause - timedelta(seconds=1)).counts == {}
        now += pause
    assert sent(now).counts == {DeliveryState.GIVEN_UP: 1}
    call_command("notifications", "status")
    said = capsys.readouterr().out
    assert "451" in said
    assert Delivery.objects.get().name in said
    assert post_office.accepted == []


@pytest.mark.parametrize("where", ["recipient", "data"])
def test_what_is_refused_for_good_is_given_up_at_once(
    where: str, write: Write, post_office: PostOffice, now: datetime
) -> None:
    write()
    if where == "recipient":
        post_office.refusing = "550 nobody of that name"
    else:
        post_office.answers = ["554 no"]
    assert sent(now).counts == {DeliveryState.GIVEN_UP: 1}
    assert Delivery.objects.get().last_error


def test_a_recipient_who_is_refused_for_now_is_tried_again(
    write: Write, post_office: PostOffice, now: datetime
) -> None:
    write()
    post_office.refusing = "450 greylisted"
    assert sent(now).counts == {DeliveryState.WAITING: 1}


def test_an_address_that_makes_no_e_mail_holds_up_nobody(
    write: Write, post_office: PostOffice, now: datetime
) -> None:
    Address.objects.update(address="chen@a\nb.example")
    write("one")
    assert sent(now).counts == {DeliveryState.GIVEN_UP: 1}


def test_a_server_that_is_away_delays_all(write: Write, settings: Any, now: datetime) -> None:
    write("one", "two")
    settings.EMAIL_PORT = 1
    assert sent(now).counts == {DeliveryState.WAITING: 2}
    assert set(Delivery.objects.values_list("tries", flat=True)) == {1}


def test_a_line_that_breaks_leaves_one_in_doubt_and_the_others_for_later(
    write: Write, post_office: PostOffice, now: datetime
) -> None:
    write("one", "two", "three")
    post_office.answers = ["250 OK", BREAK]
    assert sent(now).counts == {DeliveryState.SENT: 1, DeliveryState.DOUBTFUL: 1}
    assert sent(now).counts == {}
    assert sent(now + PAUSES[1]).counts == {DeliveryState.SENT: 1}
    assert len(post_office.ids) == len(set(post_office.ids)) == 3


def test_what_a_lost_sender_had_in_hand(
    write: Write, post_office: PostOffice, clerk_user: User, office_user: User, now: datetime
) -> None:
    write("taken", "handed over", "of one at work")
    for key, state_ in (("taken", "taken"), ("handed over", "handed_over")):
        Delivery.objects.filter(message__key=key).update(state=state_, taken_by="lost")
    Delivery.objects.filter(message__key="of one at work").update(
        state="handed_over", taken_by="alive"
    )
    with leases.held(settings.LEASES, "alive"):
        assert sent(now)[DeliveryState.SENT] == 1
        found = dict(Delivery.objects.values_list("message__key", "state"))
    assert found == {
        "taken": "sent", "handed over": "doubtful", "of one at work": "handed_over",
    }  # fmt: skip
    doubtful = Delivery.objects.get(state="doubtful")
    with pytest.raises(Refusal) as refusal:
        send_again(delivery=doubtful, by=clerk_user, now=now)
    assert refusal.value.code == "not_the_top_office"
    send_again(delivery=doubtful, by=office_user, now=now)
    with pytest.raises(Refusal) as refusal:
        leave(delivery=doubtful, by=office_user, now=now)
    assert refusal.value.code == "not_unclear"
    # The other one is no longer at work.
    assert sent(now).counts == {DeliveryState.SENT: 1}
    call_command("notifications", "leave", Delivery.objects.get(state="doubtful").name)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent", "dropped"}
    assert len(post_office.ids) == len(set(post_office.ids)) == 2


def test_a_worker_is_asked_once(write: Write, now: datetime, settings: Any) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    assert not ask_to_send(now=now)
    write()
    assert ask_to_send(now=now)
    assert not ask_to_send(now=now)


def test_the_command_sends_and_names_what_it_does_not_know(
    write: Write, capsys: Any, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    at = "pingyi.notifications.management.commands.notifications.read_now"
    monkeypatch.setattr(at, lambda: now)
    call_command("notifications", "send")
    assert "没有" in capsys.readouterr().out
    write()
    call_command("notifications", "send")
    assert "已发送" in capsys.readouterr().out
    with pytest.raises(Refusal):
        call_command("notifications", "again", "nothing")
