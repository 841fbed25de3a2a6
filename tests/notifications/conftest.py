"""Messages to the cast, and a real mail server that keeps what it is given."""

import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import Message as Mail
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from pingyi.accounts.models import User
from pingyi.config.environment import Mail as Server
from pingyi.notifications.doors import Draft
from pingyi.notifications.enums import MessageKind
from pingyi.notifications.models import Address
from pingyi.notifications.operations.write import write_messages

BREAK = "break"


class PostOffice:
    """Keeps what it accepts; says whatever `answers` has instead, once for each. With BREAK it
    keeps it and hangs up without a word.
    """

    def __init__(self) -> None:
        self.accepted: list[Mail] = []
        self.answers: list[str] = []
        # Asked for at each RCPT TO.
        self.refusing: str = ""

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.refusing:
            return self.refusing
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd calls it so
        self, server: Any, _session: Any, envelope: Envelope
    ) -> str:
        said = self.answers.pop(0) if self.answers else "250 OK"
        if said.startswith("2") or said == BREAK:
            self.accepted.append(message_from_bytes(envelope.content or b""))
        if said == BREAK:
            server.transport.abort()
        return said

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.accepted]


@pytest.fixture(scope="session")
def _server() -> Iterator[tuple[Controller, PostOffice]]:
    office = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller, office
    controller.stop()


@pytest.fixture
def post_office(_server: tuple[Controller, PostOffice], settings: Any) -> PostOffice:
    controller, office = _server
    office.accepted, office.answers, office.refusing = [], [], ""
    port = controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.MAIL = Server("127.0.0.1", port, "", "", "")
    return office


@pytest.fixture(autouse=True)
def _a_folder_for_leases(settings: Any, tmp_path: Path) -> None:
    settings.LEASES = tmp_path / "workers"


@pytest.fixture
def reader(secretary_user: User, now: datetime) -> User:
    """Somebody with an e-mail address."""
    Address.objects.create(user=secretary_user, address="chen@example.com", confirmed_at=now)
    return secretary_user


@pytest.fixture
def write(reader: User, now: datetime) -> Callable[..., set[int]]:
    """Messages to the reader, one for each key."""

    def written(*keys: str, to: User | None = None, at: datetime = now) -> set[int]:
        drafts = [
            Draft((to or reader).pk, key, f"评议提醒 {key}", "点评 3 人，6月28日截止", "/reviews/")
            for key in keys or ("one",)
        ]
        return write_messages(drafts=drafts, kind=MessageKind.REMINDER, by=None, now=at)

    return written
