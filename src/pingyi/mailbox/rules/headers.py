"""Headers of e-mails as programs really write them: encoded words cut in the middle of a sign, raw
GBK, charsets under wrong names (RFC 2047, RFC 2231).
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from email.message import Message
from pathlib import PurePath
from quopri import decodestring

ENCODED = re.compile(r"=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=")
BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
LINE_FEEDS = re.compile(r"[\r\n]+")
LONGEST_NAME = 100
# What calls itself so is written with the signs of the larger one.
LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}


def in_charset(content: bytes, charset: str = "") -> str:
    """Bytes as text: in the charset they name, else UTF-8, else GB 18030; never an error."""
    named = charset.partition("*")[0].strip().lower()
    for each in (LARGER.get(named, named), "utf-8", "gb18030"):
        try:
            return content.decode(each)
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def raw_text(value: object) -> str:
    """A header as it stands on the line, unfolded, with bytes that are no ASCII read as text."""
    text = str(value) if not isinstance(value, str) else value
    content = text.encode("utf-8", "surrogateescape")
    return LINE_FEEDS.sub("", in_charset(content))


def words(text: str) -> str:
    """A header for people: encoded words decoded, those that belong together as one."""
    found: list[tuple[str, bytes]] = []
    for charset, content in _parts(BETWEEN.sub(r"\1", text)):
        if charset and found and found[-1][0] == charset:
            found[-1] = (charset, found[-1][1] + content)
        else:
            found.append((charset, content))
    read = "".join(in_charset(content, charset) for charset, content in found)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in read).split())


def _parts(text: str) -> Iterator[tuple[str, bytes]]:
    """(charset, bytes) of what is encoded, ("", bytes) of what stands between."""
    at = 0
    for match in ENCODED.finditer(text):
        if match.start() > at:
            yield "", text[at : match.start()].encode()
        charset, way, content = match.groups()
        try:
            if way in "Bb":
                yield charset.lower(), b64decode(content + "=" * (-len(content) % 4))
            else:
                yield charset.lower(), decodestring(content.replace("_", " ").encode(), header=True)
        except (binascii.Error, ValueError):
            yield "", match[0].encode()
        at = match.end()
    if at < len(text):
        yield "", text[at:].encode()


def headers(message: "Message[str, str]", name: str) -> list[str]:
    """All headers of a name, as they stand on the line."""
    return [raw_text(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def header(message: "Message[str, str]", name: str) -> str:
    """The first of them, or nothing."""
    return next(iter(headers(message, name)), "").strip()


def file_name(part: "Message[str, str]") -> str:
    """What a part is called; nothing where it has no name. No folder, no signs that cannot be seen.

    Of a name in several pieces (RFC 2231) the pieces are put together.
    """
    for where, what in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        holder: Message[str, str] = Message()
        holder[where] = header(part, where)
        value = holder.get_param(what, header=where)
        if value:
            name = PurePath(_decoded(value).replace("\\", "/")).name
            return name[-LONGEST_NAME:]
    return ""


def _decoded(value: "str | tuple[str | None, str | None, str]") -> str:
    if isinstance(value, str):
        return words(value)
    charset, _language, text = value
    try:
        return words(in_charset(text.encode("latin-1"), charset or ""))
    except ValueError:
        # It was no ASCII in the first place, and read as text already.
        return words(text)
