"""What a mail server may say, and how the line to it is kept secret."""

from types import SimpleNamespace
from typing import Any

import pytest

from pingyi.config.environment import Mail as Server
from pingyi.mailbox.operations import imap
from tests.mailbox.conftest import NOBODY, Box, written


@pytest.mark.parametrize(
    ("security", "kind"),
    [("tls", "MailBox"), ("starttls", "MailBoxStartTls"), ("", "MailBoxUnencrypted")],
)
def test_the_line_is_kept_secret_as_the_settings_say(
    security: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(imap, kind, lambda *given, **named: asked.append((given, named)))
    imap._connected(Server("mail.example", 9, "a", "b", security))
    ((given, named),) = asked
    assert given == ("mail.example", 9, imap.SECONDS)
    if security:
        assert named["ssl_context"].check_hostname


def test_what_was_taken_away_meanwhile_is_left_alone(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.gets(written(NOBODY))
    monkeypatch.setattr(imap.Box, "numbers", lambda _box: ["9"])
    looked = box.read()
    assert (looked.counts, looked.again, looked.left) == ({}, 0, 0)


def test_what_somebody_has_deleted_is_left_alone(box: Box) -> None:
    box.gets(written(NOBODY))
    with imap.opened() as opened:
        opened._box.flag(opened.numbers(), "\\Seen", True)
        assert opened.numbers()
        opened._box.client.uid("STORE", opened.numbers()[0], "+FLAGS", "(\\Deleted)")
        assert opened.numbers() == []


def test_a_mail_server_that_tells_little_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [(b"1 (BODY[HEADER]<0> {3}", b"a: "), b" RFC822.SIZE 7)", None]
    client = SimpleNamespace(uid=lambda *_given: ("OK", said), capabilities=())
    box = SimpleNamespace(client=client)
    arrived = imap.Box(box).arrived("1")
    assert arrived == imap.Arrived("1", b"a: ", 7, None)
    # It is not told who we are where it does not ask.
    imap._say_who_we_are(box)


def test_a_mail_server_that_is_gone_at_the_end_is_no_matter() -> None:
    def gone() -> None:
        raise ConnectionResetError

    imap._leave(SimpleNamespace(logout=gone))
