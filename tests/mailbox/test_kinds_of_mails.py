"""Whatever else comes into a mailbox is answered once or met with silence, and seen."""

import logging
from typing import Any

import pytest

from pingyi.core.refusals import Refusal
from pingyi.mailbox.enums import Outcome, Silence
from pingyi.mailbox.models import Mail, MailboxLook
from pingyi.mailbox.operations import handling
from pingyi.mailbox.operations.poll import look
from pingyi.mailbox.rules.judging import MOST_BYTES
from pingyi.returns.models import Intake
from tests.mailbox.conftest import BOX, NOBODY, TOWN, Box, only, text, written

pytestmark = pytest.mark.usefixtures("bound")


def test_an_unknown_sender_is_answered_once_and_nothing_is_taken_in(box: Box) -> None:
    for number in range(2):
        mail = written(NOBODY, ("表.xlsx", b"PK"), subject=f"报表{number}")
        assert box.outcome(mail) == Outcome.UNKNOWN_SENDER
    (answer,) = box.answers()
    assert (answer["To"], answer["Auto-Submitted"]) == (NOBODY, "auto-replied")
    assert "未登记" in text(answer)
    assert [mail.silence for mail in Mail.objects.order_by("pk")] == ["", Silence.BEFORE]
    assert not Intake.objects.exists()


def test_not_every_stranger_is_answered(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "MOST_STRANGERS", 1)
    for number in range(2):
        box.gets(written(f"{number}-{NOBODY}"))
    assert box.read().counts == {Outcome.UNKNOWN_SENDER: 2}
    assert len(box.answers()) == 1


@pytest.mark.parametrize(
    ("mail", "outcome"),
    [
        (written(TOWN), Outcome.NO_FILE),
        (written(TOWN, ("函.docx", b"PK")), Outcome.WRONG_FILE),
        (written(TOWN, ("表.zip", b"PK")), Outcome.PACKED),
        (written(TOWN, ("winmail.dat", b"x")), Outcome.WINMAIL),
        (written(TOWN, ("转发.eml", b"x")), Outcome.NESTED),
        (written(TOWN, ("a.p7m", b"x")), Outcome.WRONG_FILE),
        (written(TOWN, *((f"{n}.xlsx", b"%d" % n) for n in range(9))), Outcome.TOO_MANY),
    ],
)
def test_whoever_attached_no_form_is_told_what_to_do(box: Box, mail: Any, outcome: str) -> None:
    assert box.outcome(mail) == outcome
    (answer,) = box.answers()
    assert "附件" in text(answer) or "填报表" in text(answer)
    assert "青石镇" in text(answer)
    assert "未受理" in str(only().answer.subject)


@pytest.mark.parametrize(
    ("sender", "headers", "outcome"),
    [
        (TOWN, {"Auto_Submitted": "auto-replied"}, Outcome.PROGRAM),
        (TOWN, {"Return_Path": "<>"}, Outcome.BOUNCE),
        ("mailer-daemon@t1.example", {}, Outcome.BOUNCE),
        (BOX, {}, Outcome.OURS),
        ("PINGYI@pingyi.example", {}, Outcome.OURS),
        (TOWN, {"X_Pingyi_Letter": "1"}, Outcome.OURS),
        (TOWN, {"Authentication_Results": "mx; dmarc=fail"}, Outcome.FORGED),
    ],
)
def test_programs_bounces_and_loops_are_met_with_silence(
    box: Box, sender: str, headers: dict[str, str], outcome: str
) -> None:
    assert box.outcome(written(sender, ("表.xlsx", b"PK"), **headers)) == outcome
    assert box.answers() == []
    assert only().silence == Silence.NEVER
    assert not Intake.objects.exists()


def test_our_own_answer_that_comes_back_is_a_loop(box: Box) -> None:
    box.outcome(written(NOBODY))
    (answer,) = box.answers()
    assert box.outcome(answer.as_bytes()) == Outcome.OURS
    assert len(box.answers()) == 1


def test_an_e_mail_without_a_sender_is_put_away(box: Box) -> None:
    assert box.outcome(b"Subject: x\r\n\r\nx") == Outcome.NOBODY
    assert box.outcome(b"\xff\xfe\x00\r\n\r\n" + b"\x00" * 99) == Outcome.NOBODY


def test_what_is_too_large_is_never_fetched(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: Any) -> bytes:
        raise AssertionError

    monkeypatch.setattr("pingyi.mailbox.operations.imap.Box.content", never)
    mail = written(TOWN, ("表.xlsx", b"\0" * MOST_BYTES))
    assert box.outcome(mail) == Outcome.TOO_LARGE
    assert len(box.answers()) == 1


def test_more_than_the_mail_server_said_is_too_large_as_well(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pingyi.mailbox.operations.imap.Box.content", lambda _box, _uid, most: b"x" * most
    )
    assert box.outcome(written(TOWN)) == Outcome.TOO_LARGE


def test_what_cannot_be_taken_apart_is_answered(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.mailbox.rules.letters.MOST_PARTS", 0)
    assert box.outcome(written(TOWN, ("表.xlsx", b"PK"))) == Outcome.UNREADABLE
    assert len(box.answers()) == 1


def test_headers_that_cannot_be_taken_apart_are_put_away(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pingyi.mailbox.rules.letters.getaddresses", lambda _lines: 1 / 0)
    assert box.outcome(written(TOWN)) == Outcome.NOBODY


def test_a_mailbox_that_was_used_before_is_not_answered_back_into_the_past(box: Box) -> None:
    box.gets(written(NOBODY), at=box.now.timestamp() - 31 * 86_400)
    assert box.read().counts == {Outcome.TOO_OLD: 1}
    assert box.answers() == []


def test_nothing_of_an_address_stands_in_the_log(
    box: Box, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pingyi.returns.operations.intake.open_form", lambda _content: 1 / 0)
    caplog.set_level(logging.DEBUG, "pingyi")
    box.gets(written(TOWN, ("表.xlsx", b"PK")))
    assert box.read().left == 1
    assert "could not be worked on" in caplog.text
    assert TOWN not in caplog.text


def test_a_mailbox_that_cannot_be_read_is_noted(box: Box, settings: Any) -> None:
    server = settings.MAILBOX.server
    settings.MAILBOX = type(settings.MAILBOX)(server, "Nowhere")
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "mailbox_unreachable"):
        box.read()
    assert MailboxLook.objects.get().last_error
    assert MailboxLook.objects.get().read_at is None
    settings.MAILBOX = type(settings.MAILBOX)(server, "INBOX")
    box.read()
    assert not MailboxLook.objects.get().last_error


def test_who_else_is_reading_is_left_alone(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.gets(written(NOBODY))
    seen = []

    def while_it_is_read(*_given: Any) -> list[str]:
        seen.append(look(now=box.now))
        return []

    monkeypatch.setattr("pingyi.mailbox.operations.imap.Box.numbers", while_it_is_read)
    assert not box.read().is_busy
    assert seen[0].is_busy


def test_without_a_mailbox_there_is_nothing_to_read(db: None, settings: Any, now: Any) -> None:
    settings.MAILBOX = None
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "no_mailbox"):
        look(now=now)
