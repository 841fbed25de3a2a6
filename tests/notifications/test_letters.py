"""Letters go to addresses by the same outbox, always and once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.notifications.doors import ENCLOSURES, Enclosed
from pingyi.notifications.enums import DeliveryState
from pingyi.notifications.models import Letter
from pingyi.notifications.operations import write_letter
from pingyi.notifications.operations.send import send_waiting, take_up_lost
from tests.notifications.conftest import PostOffice
from tests.notifications.test_message_centre import _today, client_of, page

__all__ = ["_today"]

pytestmark = pytest.mark.django_db
GIVEN = {"to": "clerk@t1.example", "subject": "回执\n0F", "text": "已接收。"}


def written(now: datetime, **more: Any) -> Letter:
    given = {"key": "mail:1", **GIVEN, **more}
    return Letter.objects.get(pk=write_letter(now=now, **given))


def test_a_letter_is_sent_at_once_with_what_it_encloses(
    post_office: PostOffice, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILBOX_ADDRESS = "forms@pingyi.example"
    monkeypatch.setitem(
        ENCLOSURES._answers, "a.file", lambda key, _now: [Enclosed(f"{key}.xlsx", b"PK", "a/b")]
    )
    letter = written(now, answers_to="<1@t1.example>", enclosure=("a.file", "表"))
    assert send_waiting(now=now)[DeliveryState.SENT] == 1
    assert send_waiting(now=now).counts == {}
    (mail,) = post_office.accepted
    assert mail["Message-ID"] == f"<{letter.name}@pingyi.example>"
    assert mail["In-Reply-To"] == mail["References"] == "<1@t1.example>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["Reply-To"] == "forms@pingyi.example"
    text, file = mail.get_payload()
    assert text.get_payload(decode=True).decode() == "已接收。"
    assert file.get_filename() == "表.xlsx"
    assert file.get_payload(decode=True) == b"PK"


def test_a_letter_goes_without_what_cannot_be_made(
    post_office: PostOffice, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENCLOSURES._answers, "a.file", lambda _key, _now: 1 / 0)
    written(now, enclosure=("a.file", "1"))
    assert send_waiting(now=now)[DeliveryState.SENT] == 1
    assert not post_office.accepted[0].is_multipart()


def test_a_letter_of_long_ago_is_sent_all_the_same(post_office: PostOffice, now: datetime) -> None:
    written(now)
    assert send_waiting(now=now + timedelta(days=9))[DeliveryState.SENT] == 1


def test_what_is_written_about_is_written_about_once(now: datetime) -> None:
    written(now, answers_to="<" + "x" * 500 + ">")
    assert Letter.objects.get().answers_to == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        written(now)


def test_a_letter_in_doubt_is_shown_and_decided_on(
    post_office: PostOffice,
    now: datetime,
    office_user: User,
    first_round: Round,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number in range(2):
        written(now, key=f"mail:{number}")
    Letter.objects.update(state=DeliveryState.HANDED_OVER, taken_by="gone")
    assert take_up_lost() == 2
    office = client_of(office_user)
    assert "可能没有送达的邮件：2 封" in page(office, "/")
    shown = page(office, "/messages/unclear/")
    first, second = Letter.objects.order_by("pk")
    assert f"/messages/unclear/letters/{first.pk}/again/" in shown
    office.post(f"/messages/unclear/letters/{first.pk}/again/")
    call_command("notifications", "status")
    told = capsys.readouterr().out
    assert second.name in told
    assert first.name not in told
    office.post(f"/messages/unclear/letters/{second.pk}/leave/")
    assert office.post(f"/messages/unclear/letters/{second.pk}/again/").status_code == 404
    states = dict(Letter.objects.values_list("pk", "state"))
    assert states == {first.pk: DeliveryState.WAITING, second.pk: DeliveryState.DROPPED}


def test_a_sender_that_breaks_off_leaves_one_in_doubt(
    post_office: PostOffice, now: datetime, write: Callable[..., set[int]]
) -> None:
    written(now)
    written(now, key="mail:2")
    post_office.answers = ["break"]
    done = send_waiting(now=now)
    assert done[DeliveryState.DOUBTFUL] == 1
    assert Letter.objects.get(state=DeliveryState.WAITING).not_before > now
