"""The mailbox itself, over IMAP (RFC 3501): what lies in it, and where it goes once it was read."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from pingyi.mailbox.permissions import no_mailbox

SECONDS = 60
# Of more only the beginning is looked at.
MOST_OF_A_HEADER = 64 * 1024
UNREACHABLE = (OSError, imaplib.IMAP4.error, ImapToolsError)
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
# Some mail servers let nobody read who has not said what they are (RFC 2971).
WHO_WE_ARE = '("name" "pingyi")'


@dataclass(frozen=True)
class Arrived:
    """An e-mail before it is read: its number in the folder, headers, size, when it came."""

    uid: str
    header: bytes
    size: int
    # Nothing where the mail server does not say.
    at: datetime | None


class Box:
    """The folder that e-mails come into, opened."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box

    def numbers(self) -> list[str]:
        """The numbers of all e-mails in it, the first that came first."""
        return sorted(self._box.uids("UNDELETED", charset=None), key=int)

    def arrived(self, uid: str) -> Arrived | None:
        """What is known of one before it is read; None where it was taken away meanwhile."""
        what = f"(RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER]<0.{MOST_OF_A_HEADER}>)"
        told, header = self._fetched(uid, what)
        size = SIZE.search(told)
        if size is None:
            return None
        at = imaplib.Internaldate2tuple(told)
        moment = datetime.fromtimestamp(time.mktime(at), UTC) if at else None
        return Arrived(uid, header, int(size[1]), moment)

    def content(self, uid: str, most: int) -> bytes:
        """The e-mail itself, and no more of it than so many bytes; it stays unseen."""
        return self._fetched(uid, f"(BODY.PEEK[]<0.{most}>)")[1]

    def put_away(self, uid: str) -> None:
        """Into the folder of those that were read; made where there is none."""
        done = settings.MAILBOX_DONE
        if not self._box.folder.exists(done):
            self._box.folder.create(done)
        self._box.move(uid, done)

    def _fetched(self, uid: str, what: str) -> tuple[bytes, bytes]:
        """What the mail server tells, and the text that it sends along."""
        _said, answer = self._box.client.uid("FETCH", uid, what)
        told, text = b"", b""
        for part in answer or ():
            if isinstance(part, tuple):
                told += part[0] + b" "
                text = part[1]
            elif isinstance(part, bytes):
                told += part
        return told, text


@contextmanager
def opened() -> Iterator[Box]:
    """Sign in and open the folder; whatever goes wrong there is one of UNREACHABLE."""
    where = settings.MAILBOX
    if where is None:
        raise no_mailbox()
    server = where.server
    box = _connected(server)
    try:
        box.login(server.user, server.password, initial_folder=None)
        _say_who_we_are(box)
        box.folder.set(where.folder)
        yield Box(box)
    finally:
        _leave(box)


def _connected(server: Any) -> BaseMailBox:
    if server.security == "tls":
        return MailBox(server.host, server.port, SECONDS, ssl_context=ssl.create_default_context())
    if server.security == "starttls":
        return MailBoxStartTls(
            server.host, server.port, SECONDS, ssl_context=ssl.create_default_context()
        )
    return MailBoxUnencrypted(server.host, server.port, SECONDS)


def _say_who_we_are(box: BaseMailBox) -> None:
    client: Any = box.client
    if "ID" in client.capabilities:
        imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))
        client._simple_command("ID", WHO_WE_ARE)  # noqa: SLF001  imaplib has no other way to say it


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except UNREACHABLE:
        return
