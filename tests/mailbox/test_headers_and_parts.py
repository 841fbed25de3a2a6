"""E-mails as programs really write them, and as people write them who mean harm."""

from datetime import UTC, datetime, timedelta

import pytest

from pingyi.mailbox.enums import Outcome, Silence
from pingyi.mailbox.rules.headers import in_charset, words
from pingyi.mailbox.rules.judging import (
    MOST_ANSWERS,
    MOST_FORMS,
    OLD,
    forms_among,
    outcome_of,
    why_not_answer,
    why_not_read,
)
from pingyi.mailbox.rules.letters import (
    DEEPEST,
    MOST_PARTS,
    File,
    FileKind,
    Head,
    Unreadable,
    Writer,
    files_in,
    head_of,
)
from pingyi.mailbox.rules.masks import masked

NAME = "青石镇统计表.xlsx"
OWN = {"forms@pingyi.example"}
NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)


def head(*lines: str | bytes) -> Head:
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return head_of(b"\r\n".join([*raw, b"", b""]), OWN)


def part(*lines: str | bytes, content: bytes = b"PK") -> list[File]:
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return files_in(b"\r\n".join([*raw, b"", content]))


FILE = "Content-Disposition: attachment; filename="
FROM = "From: Clerk <Clerk@T1.example>"


@pytest.mark.parametrize(
    ("lines", "writer"),
    [
        ((), Writer.NOBODY),
        (("From: nobody",), Writer.NOBODY),
        (("From: a@b.example, c@d.example",), Writer.NOBODY),
        (('From: "a;b"@c.example',), Writer.NOBODY),
        ((f"From: {'a' * 250}@b.example",), Writer.NOBODY),
        (("From: 某人@b.example",), Writer.NOBODY),
        ((FROM,), Writer.PERSON),
        ((FROM, "Auto-Submitted: no"), Writer.PERSON),
        ((FROM, "Auto-Submitted: auto-replied; x=y"), Writer.PROGRAM),
        ((FROM, "X-Autoreply: yes"), Writer.PROGRAM),
        ((FROM, "Return-Path: <>"), Writer.BOUNCE),
        ((FROM, "Return-Path: <clerk@t1.example>"), Writer.PERSON),
        ((FROM, "Content-Type: multipart/report; boundary=x"), Writer.BOUNCE),
        (("From: MAILER-DAEMON@t1.example",), Writer.BOUNCE),
        (("From: postmaster@t1.example",), Writer.BOUNCE),
        (("From: Forms@Pingyi.example",), Writer.US),
        ((FROM, "X-Pingyi-Letter: 1"), Writer.US),
        ((FROM, "Authentication-Results: mx; dmarc=fail (p=none)"), Writer.FORGER),
        ((FROM, "Authentication-Results: mx; dmarc=pass"), Writer.PERSON),
    ],
)
def test_who_has_written_it(lines: tuple[str, ...], writer: Writer) -> None:
    assert head(*lines).writer == writer


@pytest.mark.parametrize(
    ("line", "wants_none"),
    [
        ("Precedence: bulk", True),
        ("Precedence: List", True),
        ("Precedence: first-class", False),
        ("X-Auto-Response-Suppress: OOF", True),
        ("List-Id: <a.b>", True),
        ("Subject: x", False),
    ],
)
def test_who_wants_no_answer(line: str, wants_none: bool) -> None:
    assert head(FROM, line).wants_no_answer is wants_none


def test_what_the_headers_say_is_kept_within_measure() -> None:
    found = head(FROM, "Message-ID: <1@t1>", "Subject: =?gb2312?B?tefX08/wyrc=?=\r\n x")
    assert (found.sender, found.message_id) == ("clerk@t1.example", "<1@t1>")
    assert len(head(FROM, f"Subject: {'报' * 999}").subject) == 200
    assert head(FROM, "Message-ID: <某@t1>").message_id == ""
    assert head(FROM, f"Message-ID: <{'x' * 300}>").message_id == ""
    assert head(FROM, "Date: a").digest != head(FROM, "Date: b").digest
    assert head(b"\xff\xfe: \x00", FROM.encode(), b"Subject: \xff\xfe\xfd").writer


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain", "plain"),
        ("=?UTF-8?B?6Z2S55+z6ZWH?=", "青石镇"),
        ("=?utf-8?Q?=E9=9D=92?= =?utf-8?Q?=E7=9F=B3?=", "青石"),
        # Cut in the middle of a sign.
        ("=?utf-8?B?6Z0=?= =?utf-8?B?kg==?=", "青"),
        # A sign of GBK under the name of the smaller GB 2312.
        ("=?gb2312?B?lkY=?=", "朏"),
        ("=?nonsense?B?6Z2S?= x", "青 x"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?utf-8?B?A?= x", "=?utf-8?B?A?= x"),
        ("a\tb\x00c", "a b c"),
        ("=?utf-8*zh?B?6Z2S?=", "青"),
    ],
)
def test_words_of_a_header(text: str, read: str) -> None:
    assert words(text) == read


def test_bytes_are_always_some_text() -> None:
    assert in_charset("镇".encode("gbk")) == "镇"
    assert in_charset(b"\xff\xff\xff") == "\ufffd" * 3


@pytest.mark.parametrize(
    "line",
    [
        'Content-Disposition: attachment; filename="=?UTF-8?B?6Z2S55+z6ZWH57uf6K6h6KGoLnhsc3g=?="',
        b'Content-Disposition: attachment; filename="' + NAME.encode("gbk") + b'"',
        b'Content-Disposition: attachment; filename="' + NAME.encode() + b'"',
        "Content-Disposition: attachment; filename*=gbk''%C7%E0%CA%AF%D5%F2%CD%B3%BC%C6%B1%ED.xlsx",
        "Content-Disposition: attachment; filename*=utf-8''青石.xlsx",
        "Content-Disposition: attachment; filename*0*=utf-8''%E9%9D%92%E7%9F; filename*1*=%B3.xlsx",
        'Content-Type: application/octet-stream; name="=?gb2312?B?x+DKr9Xyzbu8xrHtLnhsc3g=?="',
        'Content-Disposition: attachment; filename="C:\\\\a\\\\=?UTF-8?B?6Z2S55+zLnhsc3g=?="',
    ],
)
def test_chinese_names_of_files(line: str | bytes) -> None:
    (found,) = part(FROM, line)
    assert found.kind == FileKind.WORKBOOK
    assert found.name.endswith(".xlsx")
    assert "青石" in found.name


@pytest.mark.parametrize(
    ("lines", "content", "kinds"),
    [
        (("Content-Type: text/plain",), b"x", []),
        (("Content-Type: text/html",), b"<table>", []),
        (("Content-Type: image/png; name=logo.png",), b"x", []),
        (("Content-Type: image/png", f"{FILE}a.png"), b"x", ["other"]),
        (("Content-Type: text/calendar; name=a.ics",), b"x", []),
        (("Content-Type: text/plain", "Content-Disposition: attachment"), b"x", ["other"]),
        (("Content-Type: application/ms-tnef; name=x",), b"x", ["winmail"]),
        (("Content-Disposition: attachment; filename=WINMAIL.DAT",), b"x", ["winmail"]),
        (("Content-Disposition: attachment; filename=a.ZIP",), b"PK\x03\x04", ["packed"]),
        (("Content-Disposition: attachment; filename=a.pdf",), b"%PDF", ["other"]),
        (("Content-Disposition: attachment; filename=a.XLS",), b"", ["workbook"]),
        (("Content-Type: application/vnd.x",), b"PK\x03\x04", ["workbook"]),
        (("Content-Type: application/vnd.x",), b"\xd0\xcf\x11\xe0", ["workbook"]),
        (("Content-Type: application/vnd.x",), b"MZ", ["other"]),
        (("Content-Type: message/rfc822",), b"From: a@b\r\n\r\nx", ["nested"]),
        (("Content-Disposition: attachment; filename=a.eml",), b"x", ["nested"]),
        (("Content-Type: application/pkcs7-mime",), b"x", ["encrypted"]),
        (("Content-Type: multipart/encrypted; boundary=x",), b"x", ["encrypted"]),
        (("Content-Type: multipart/mixed; boundary=x",), b"no part at all", []),
        (
            (f"{FILE}a.xls", "Content-Transfer-Encoding: base64"), b"!not base64", ["workbook"],
        ),
    ],
)  # fmt: skip
def test_what_is_attached(lines: tuple[str, ...], content: bytes, kinds: list[str]) -> None:
    assert [file.kind for file in part(FROM, *lines, content=content)] == kinds


def test_what_goes_on_for_ever_is_not_read() -> None:
    for deepest in (DEEPEST + 2, 3_000):
        nested = b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (deep, deep)
            for deep in range(deepest)
        )
        with pytest.raises(Unreadable):
            files_in(nested)
    piece = b"--x\r\nContent-Disposition: attachment; filename=%d.xls\r\n\r\n%d\r\n"
    many = b"".join(piece % (number, number) for number in range(MOST_PARTS + 1))
    with pytest.raises(Unreadable):
        files_in(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + many)


def test_headers_that_cannot_be_read_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pingyi.mailbox.rules.letters.getaddresses", lambda _lines: 1 / 0)
    with pytest.raises(Unreadable):
        head(FROM)


WORKBOOK = File("a.xls", FileKind.WORKBOOK, b"1")
PDF = File("a.pdf", FileKind.OTHER)


@pytest.mark.parametrize(
    ("files", "instead"),
    [
        ([], Outcome.NO_FILE),
        ([PDF], Outcome.WRONG_FILE),
        ([PDF, File("", FileKind.NESTED), File("", FileKind.PACKED)], Outcome.NESTED),
        ([File("", FileKind.WINMAIL), PDF], Outcome.WINMAIL),
        ([File("", FileKind.ENCRYPTED)], Outcome.ENCRYPTED),
        ([File("", FileKind.PACKED)], Outcome.PACKED),
        ([WORKBOOK] * (MOST_FORMS + 1), Outcome.TOO_MANY),
        ([WORKBOOK] * MOST_FORMS, None),
        ([PDF, WORKBOOK], None),
    ],
)
def test_which_attachments_are_forms(files: list[File], instead: Outcome | None) -> None:
    found = forms_among(files)
    assert found.instead == instead
    assert all(file.kind == FileKind.WORKBOOK for file in found.files)
    assert bool(found.files) == (instead is None)


def test_what_is_not_read_and_what_is_not_answered() -> None:
    assert why_not_read(Head(Writer.BOUNCE), NOW, NOW) == Outcome.BOUNCE
    assert why_not_read(Head(Writer.PERSON), NOW - OLD, NOW) is None
    assert why_not_read(Head(Writer.PERSON), NOW - OLD - timedelta(seconds=1), NOW) == "too_old"
    plain = Head(Writer.PERSON)
    assert why_not_answer(plain, MOST_ANSWERS - 1) is None
    assert why_not_answer(plain, MOST_ANSWERS) == Silence.ENOUGH
    assert why_not_answer(plain, 0, was_told=True) == Silence.BEFORE
    assert why_not_answer(Head(Writer.PERSON, wants_no_answer=True), 0) == Silence.UNASKED


def test_the_outcome_of_several_forms_is_the_worst() -> None:
    assert outcome_of(["submitted", "submitted"]) == Outcome.TAKEN_OVER
    assert outcome_of(["submitted", "unchanged"]) == Outcome.TAKEN_OVER
    assert outcome_of(["submitted", "no_number"]) == Outcome.TO_BE_MENDED
    assert outcome_of(["other_unit", "no_number"]) == Outcome.OTHER_UNIT


def test_logs_name_no_address() -> None:
    assert masked("zhang.san@t1.example") == "z***@t1.example"
    assert masked("nobody") == "***"
