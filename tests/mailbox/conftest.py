"""A real mailbox and a real mail server; units whose addresses are bound."""

from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage, Message
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pingyi.config import environment
from pingyi.config.environment import Mail as Server
from pingyi.mailbox.enums import Outcome
from pingyi.mailbox.models import BoundAddress, Mail
from pingyi.mailbox.operations.binding import bind_address
from pingyi.mailbox.operations.poll import Looked, look
from pingyi.notifications.operations.send import send_waiting
from tests.cast import Register
from tests.dovecot import Dovecot
from tests.notifications.conftest import PostOffice, _server, post_office
from tests.returns.conftest import reviewed
from tests.returns.desk import Desk, town

__all__ = ["_server", "post_office", "reviewed", "town"]
TOWN, OTHER, NOBODY = "clerk@t1.example", "clerk@t2.example", "who@example.com"
BOX = "forms@pingyi.example"
NAMES = count()


@pytest.fixture(scope="session")
def _dovecot() -> Iterator[Dovecot]:
    server = Dovecot()
    yield server
    server.stop()


class Box:
    """The mailbox: what lies in it, what is read from it and answered."""

    def __init__(self, server: Dovecot, office: PostOffice, now: datetime) -> None:
        self.server, self.office, self.now = server, office, now
        self.name = f"box{next(NAMES)}"

    def gets(self, mail: "EmailMessage | bytes", at: float | None = None) -> None:
        content = mail if isinstance(mail, bytes) else mail.as_bytes()
        self.server.deliver(self.name, content, at or self.now.timestamp())

    def read(self, **more: Any) -> Looked:
        return look(now=self.now, **more)

    def answers(self) -> "list[Message[str, str]]":
        """What the mail server has got by now, sent once."""
        send_waiting(now=self.now)
        return self.office.accepted

    def outcome(self, mail: "EmailMessage | bytes") -> Outcome:
        """What becomes of an e-mail that is the only one."""
        self.gets(mail)
        (outcome,) = self.read().counts
        assert self.lies() == []
        return outcome

    def lies(self) -> "list[Message[str, str]]":
        return self.server.lying(self.name)

    def put_away(self) -> "list[Message[str, str]]":
        return self.server.lying(self.name, "pingyi")


@pytest.fixture
def box(
    db: None,
    _dovecot: Dovecot,
    post_office: PostOffice,
    now: datetime,
    settings: Any,
    tmp_path: Path,
) -> Box:
    made = Box(_dovecot, post_office, now)
    server = Server("127.0.0.1", post_office_port(settings), "", "", "")
    settings.MAILBOX = environment.mail_box(
        "NAME", mail=server, env={"NAME": _dovecot.url(made.name)}
    )
    settings.MAILBOX_ADDRESS = BOX
    settings.LEASES, settings.MEDIA_ROOT = tmp_path / "workers", tmp_path / "files"
    settings.QUIET_HOURS = environment.hours("NAME", "0:00-0:00", env={})
    return made


def post_office_port(settings: Any) -> int:
    return settings.EMAIL_PORT


@pytest.fixture
def bound(register: Register, now: datetime) -> dict[str, BoundAddress]:
    """Two townships with an address each."""
    places = {TOWN: register.t1, OTHER: register.t2}
    return {
        address: bind_address(address=address, organization=place, by=None, now=now)
        for address, place in places.items()
    }


def written(
    sender: str = TOWN, *files: tuple[str, bytes], subject: str = "报表", **headers: str
) -> EmailMessage:
    """An e-mail as a mail program writes it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, BOX, subject
    mail["Message-ID"] = f"<{next(NAMES)}@t1.example>"
    mail["Date"] = "Tue, 10 Mar 2026 10:00:00 +0800"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("请查收。")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail


def only(**how: Any) -> Mail:
    return Mail.objects.get(**how)


def text(mail: "Message[str, str]") -> str:
    """The words of an answer."""
    part = mail.get_payload(0) if mail.is_multipart() else mail
    content = part.get_payload(decode=True)  # type: ignore[union-attr]
    return content.decode()  # type: ignore[union-attr]


Sent = Callable[..., Desk]
