"""An e-mail as it came in: who wrote it, and what is attached (RFC 5322, RFC 2045 to 2049).

Whatever it says of itself may be wrong or meant to harm: nothing of it is run, and attachments are
only told apart here, never opened.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from enum import StrEnum
from hashlib import sha256
from typing import Any

from pingyi.mailbox.rules.headers import file_name, header, headers, words

# Where the same word is said to us in a list that goes on, it goes on for nobody.
MOST_PARTS, DEEPEST = 200, 20
LONGEST_ADDRESS, LONGEST_SUBJECT, LONGEST_ID = 254, 200, 300
WORKBOOKS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb", ".xltx", ".et", ".ett")
PACKED = (".zip", ".rar", ".7z", ".gz", ".tar")
# How a workbook begins: as a zip, as a compound file.
BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
OPAQUE = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
# Beside the text, of which nobody thinks as a file that they sent.
NO_FILES = (
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "text/calendar", "message/delivery-status", "message/disposition-notification",
)  # fmt: skip
MACHINES = ("mailer-daemon", "postmaster")
DAEMON_REPORTS = ("multipart/report", "message/delivery-status")


class Writer(StrEnum):
    """By whom an e-mail was written, as far as it can be told."""

    PERSON = "person"
    # This program itself: a loop.
    US = "us"
    # A mail server that could not deliver something.
    BOUNCE = "bounce"
    # A program, such as one that says that somebody is away.
    PROGRAM = "program"
    # Nobody to whom one could answer.
    NOBODY = "nobody"
    # Not whom it names: our own mail server says so.
    FORGER = "forger"


class FileKind(StrEnum):
    """What is attached, as far as can be told from the outside."""

    WORKBOOK = "workbook"
    PACKED = "packed"
    WINMAIL = "winmail"
    NESTED = "nested"
    ENCRYPTED = "encrypted"
    OTHER = "other"


@dataclass(frozen=True)
class Head:
    """What the headers say."""

    writer: Writer
    message_id: str = ""
    # In small letters; nothing where there is none to answer to.
    sender: str = ""
    subject: str = ""
    # Whoever wrote it wants no answer by a program, whatever it says.
    wants_no_answer: bool = False
    # Tells it from any other, as far as headers do.
    digest: str = ""


@dataclass(frozen=True)
class File:
    """An attachment."""

    name: str
    kind: FileKind
    content: bytes = field(default=b"", repr=False)

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        return sha256(self.content).hexdigest()


class Unreadable(Exception):
    """It is no e-mail that could be taken apart."""


def head_of(content: bytes, own: Collection[str]) -> Head:
    """What the headers of an e-mail say; `own` are the addresses of this program."""
    try:
        message = message_from_bytes(content)
        sender = _sender(message)
        writer = _writer(message, sender, own)
        said = [header(message, name) for name in ("Message-ID", "From", "Date", "Subject")]
    except Exception as error:  # the parser fails in many ways at what is meant to make it fail
        raise Unreadable(type(error).__name__) from error
    precedence = header(message, "Precedence").lower()
    return Head(
        writer,
        message_id=said[0] if _is_plain(said[0]) and len(said[0]) <= LONGEST_ID else "",
        sender=sender,
        subject=words(said[3])[:LONGEST_SUBJECT],
        wants_no_answer=bool(
            header(message, "X-Auto-Response-Suppress") or header(message, "List-Id")
        )
        or precedence in ("bulk", "junk", "list"),
        digest=sha256("\n".join(said).encode("utf-8", "replace")).hexdigest(),
    )


def _sender(message: "Message[str, str]") -> str:
    """The one address in From; nothing where there is none, or several."""
    found = [address for _name, address in getaddresses(headers(message, "From")) if address]
    if len(found) != 1:
        return ""
    address = found[0].strip().lower()
    local, at, domain = address.rpartition("@")
    is_plain = _is_plain(address) and not set(address) & set(' <>",;:\\')
    return (
        address if is_plain and at and local and domain and len(address) <= LONGEST_ADDRESS else ""
    )


def _is_plain(text: str) -> bool:
    """Signs that a header of ours may hold as well."""
    return text.isascii() and text.isprintable()


def _writer(message: "Message[str, str]", sender: str, own: Collection[str]) -> Writer:
    if sender in own or header(message, "X-Pingyi-Letter"):
        return Writer.US
    local = sender.rpartition("@")[0]
    is_report = message.get_content_type() in DAEMON_REPORTS
    if is_report or local in MACHINES or "<>" in map(str.strip, headers(message, "Return-Path")):
        return Writer.BOUNCE
    automatic = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if automatic not in ("", "no") or header(message, "X-Autoreply"):
        return Writer.PROGRAM
    if not sender:
        return Writer.NOBODY
    # Only the first one can be of our own server; of others a forger says no such thing.
    tried = header(message, "Authentication-Results").lower()
    return Writer.FORGER if "dmarc=fail" in tried else Writer.PERSON


def files_in(content: bytes) -> list[File]:
    """The attachments of an e-mail, the same one once. Raises Unreadable."""
    try:
        found = list(_files(message_from_bytes(content), DEEPEST))
    except Exception as error:  # as above
        raise Unreadable(type(error).__name__) from error
    if len(found) > MOST_PARTS:
        raise Unreadable("parts")
    return list({(file.kind, file.digest): file for file in reversed(found)}.values())[::-1]


def _files(part: "Message[str, str]", deep: int) -> Iterator[File]:
    kind = part.get_content_type()
    name = file_name(part)
    if kind in OPAQUE:
        yield File(name, FileKind.ENCRYPTED)
    elif kind == "message/rfc822" or name.lower().endswith((".eml", ".msg")):
        yield File(name, FileKind.NESTED)
    elif part.is_multipart():
        if deep == 0:
            raise Unreadable("depth")
        inside: Any = part.get_payload()
        for inner in inside:
            yield from _files(inner, deep - 1)
    elif not kind.startswith("multipart/") and not _is_text_or_picture(part, kind, name):
        payload = part.get_payload(decode=True)
        yield _file(name, kind, payload if isinstance(payload, bytes) else b"")


def _is_text_or_picture(part: "Message[str, str]", kind: str, name: str) -> bool:
    """What is read, or seen, as part of the e-mail itself."""
    disposition = part.get_content_disposition()
    if kind in NO_FILES:
        return True
    if kind.startswith("image/"):
        return disposition != "attachment" or bool(header(part, "Content-ID"))
    return kind.startswith("text/") and not name and disposition != "attachment"


def _file(name: str, kind: str, content: bytes) -> File:
    lower = name.lower()
    if kind == "application/ms-tnef" or lower == "winmail.dat":
        return File(name, FileKind.WINMAIL)
    if lower.endswith(WORKBOOKS):
        return File(name, FileKind.WORKBOOK, content)
    if lower.endswith(PACKED):
        return File(name, FileKind.PACKED)
    # Its name was lost on the way; what it is the reader of forms will say.
    if "." not in lower and content.startswith(BEGINNINGS):
        return File(name, FileKind.WORKBOOK, content)
    return File(name, FileKind.OTHER)
