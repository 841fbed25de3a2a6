"""Mail server, sender, site and quiet hours from the environment."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from pingyi.config import environment
from pingyi.config.environment import Mail, MailBox, WrongSetting

SERVER = Mail("mail.example", 25, "", "", "")


def read(reader: Callable[..., Any], value: str | None, *given: Any, **more: Any) -> Any:
    env = {} if value is None else {"NAME": value}
    return reader("NAME", *given, env=env, **more)


def test_a_mail_server_is_read_with_its_usual_port() -> None:
    assert read(environment.mail, None) is None
    assert read(environment.mail, "smtps://a%40b:p%2Fw@mail.example") == Mail(
        "mail.example", 465, "a@b", "p/w", "tls"
    )
    assert read(environment.mail, "smtp+starttls://m").port == 587
    assert read(environment.mail, "smtp://127.0.0.1:2525") == Mail("127.0.0.1", 2525, "", "", "")


def test_a_mailbox_is_read_with_its_usual_port_and_folder() -> None:
    assert read(environment.mail_box, None, mail=None) is None
    assert read(environment.mail_box, "imaps://a%40b:p%2Fw@mail.example", mail=SERVER) == MailBox(
        Mail("mail.example", 993, "a@b", "p/w", "tls"), "INBOX"
    )
    found = read(environment.mail_box, "imap+starttls://a:b@h:14/%E6%8A%A5%E8%A1%A8/x", mail=SERVER)
    assert found == MailBox(Mail("h", 14, "a", "b", "starttls"), "报表/x")


@pytest.mark.parametrize(
    ("reader", "value", "more"),
    [
        (environment.mail, "mail.example", {}),
        (environment.mail, "smtp://u:s3cret@h/x", {}),
        (environment.mail, "smtp://u:s3cret@h:port", {}),
        (environment.mail_box, "imaps://u:s3cret@h", {"mail": None}),
        (environment.mail_box, "imaps://u:s3cret@h:port", {"mail": SERVER}),
        (environment.mail_box, "imaps://u@h", {"mail": SERVER}),
        (environment.mail_box, "pop3://u:s3cret@h", {"mail": SERVER}),
        (environment.mail_box, "imaps://u:s3cret@h/INBOX?x", {"mail": SERVER}),
        (environment.mail_address, "", {"is_needed": True}),
        (environment.mail_address, "nobody", {"is_needed": False}),
        (environment.site, "pingyi.example", {"default": ""}),
        (environment.site, "https://a/?b", {"default": ""}),
        (environment.site, "https://[a", {"default": ""}),
        (environment.hours, "21:00", {"default": ""}),
        (environment.hours, "21:00-25:00", {"default": ""}),
    ],
)
def test_what_cannot_be_meant_is_refused_without_saying_a_password(
    reader: Callable[..., Any], value: str, more: dict[str, Any]
) -> None:
    with pytest.raises(WrongSetting) as wrong:
        read(reader, value, **more)
    assert "NAME" in str(wrong.value)
    assert "s3cret" not in str(wrong.value)


def test_sender_site_and_hours() -> None:
    assert read(environment.mail_address, "a@b.example", is_needed=True) == "a@b.example"
    assert read(environment.mail_address, None, is_needed=False) == "pingyi@localhost"
    assert read(environment.site, "https://a.example/", default="") == "https://a.example"
    assert read(environment.hours, None, default="21:00-7:30") == (time(21), time(7, 30))
