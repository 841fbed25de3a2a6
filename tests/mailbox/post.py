"""A mailbox and a mail server, both real, for whoever walks through a county by e-mail."""

import socket
import tempfile
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings

from pingyi.config import environment
from pingyi.config.environment import Mail as Server
from pingyi.mailbox.operations.poll import look
from pingyi.notifications.operations.send import send_waiting
from tests.dovecot import Dovecot

NUMBERS = count()
BOX, NAME = "forms@pingyi.example", "forms"


class Post:
    """Brings e-mails into the mailbox, has them read, and keeps what is answered, by address."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Message[str, str]]] = {}
        self.dovecot = Dovecot()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    async def handle_DATA(  # noqa: N802  aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        mail = message_from_bytes(envelope.content)
        self.answers.setdefault(str(mail["To"]), []).append(mail)
        return "250 OK"

    def use(self) -> None:
        """The program of this process reads and sends here."""
        server = Server("127.0.0.1", self.port, "", "", "")
        settings.MAIL, settings.MAILBOX_ADDRESS = server, BOX
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.DEFAULT_FROM_EMAIL = "pingyi@pingyi.example"
        settings.LEASES = Path(tempfile.mkdtemp())
        url = {"NAME": self.dovecot.url(NAME)}
        settings.MAILBOX = environment.mail_box("NAME", mail=server, env=url)

    def sends(self, sender: str, content: bytes) -> None:
        """Somebody e-mails a form."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, BOX, "报表"
        mail["Message-ID"] = f"<{next(NUMBERS)}@units.example>"
        mail.set_content("请查收。")
        kind = {"maintype": "application", "subtype": "octet-stream"}
        mail.add_attachment(content, **kind, filename="统计表.xlsx")
        self.dovecot.deliver(NAME, mail.as_bytes())

    def round(self, now: datetime) -> None:
        """What came in is read, and all answers are sent."""
        while self.dovecot.lying(NAME):
            look(now=now)
        while send_waiting(now=now).counts:
            pass

    def stop(self) -> None:
        self._controller.stop()
        self.dovecot.stop()


def words_of(mail: "Message[str, str]") -> str:
    """The text of an answer."""
    part = mail.get_payload(0) if mail.is_multipart() else mail
    return part.get_payload(decode=True).decode()  # type: ignore[union-attr]


def form_of_answer(mail: "Message[str, str]") -> bytes | None:
    """The form that came back with it."""
    if not mail.is_multipart():
        return None
    content: bytes = mail.get_payload(1).get_payload(decode=True)  # type: ignore[union-attr]
    return content
