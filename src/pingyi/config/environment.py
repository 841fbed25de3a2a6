"""Typed readers of PINGYI_* environment variables.

A value that is set but wrong is refused with a sentence that says what to set; it never falls
back to the default in silence.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

Network = IPv4Network | IPv6Network


class WrongSetting(Exception):
    """An environment variable holds something that cannot be meant."""

    def __init__(self, name: str, value: str | None, expected: str) -> None:
        # A secret is not said (None).
        shown = "" if value is None else f"={value!r}"
        super().__init__(f"{name}{shown} is not usable: set {expected}.")


def text(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> str:
    """The text of a variable, or the default where it is not set."""
    return env.get(name, default)


SHORTEST_SECRET, FEWEST_SIGNS = 50, 10


def secret(name: str, *, env: Mapping[str, str] = os.environ) -> str:
    """A random text that must be set; refuses one that can be guessed, without saying it."""
    value = env.get(name, "")
    if len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_SIGNS:
        raise WrongSetting(name, None, f"a random text of at least {SHORTEST_SECRET} characters")
    return value


# A name, or an address of the internet protocol; a dot before it takes all names below.
HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def hosts(name: str, *, env: Mapping[str, str] = os.environ) -> list[str]:
    """The names under which people reach the server; refuses none, and one for all (*)."""
    found = words(name, env=env)
    if not found or not all(HOST.fullmatch(host) for host in found):
        expected = "the host names people use, separated by commas (no URL, no *)"
        raise WrongSetting(name, env.get(name, ""), expected)
    return found


def choice(
    name: str, default: str, options: tuple[str, ...], *, env: Mapping[str, str] = os.environ
) -> str:
    """One of the given words."""
    value = env.get(name, default)
    if value not in options:
        raise WrongSetting(name, value, f"one of {', '.join(options)}")
    return value


def words(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> list[str]:
    """A comma-separated list, without empty parts."""
    return [part.strip() for part in env.get(name, default).split(",") if part.strip()]


def days(name: str, default: int, *, least: int, env: Mapping[str, str] = os.environ) -> int:
    """A number of days, not fewer than `least`, and of at most five digits: no date lies further
    back than a calendar has years.
    """
    value = env.get(name, str(default))
    is_number = value.isascii() and value.isdecimal() and len(value) <= 5
    if not is_number or int(value) < least:
        raise WrongSetting(name, value, f"a number of days from {least} to 99999")
    return int(value)


def networks(name: str, *, env: Mapping[str, str] = os.environ) -> list[Network]:
    """Addresses and networks, `10.1.0.7, 10.2.0.0/16`; none where nothing is set."""
    try:
        return [ip_network(word) for word in words(name, env=env)]
    except ValueError:
        expected = "addresses or networks, separated by commas (127.0.0.1, 10.2.0.0/16)"
        raise WrongSetting(name, env.get(name, ""), expected) from None


def folder(name: str, *, env: Mapping[str, str] = os.environ) -> Path | None:
    """A folder that is there; None where nothing is set."""
    value = env.get(name)
    if value is None:
        return None
    path = Path(value)
    if not value or not path.is_dir():
        raise WrongSetting(name, value, "a folder that exists, or nothing at all")
    return path


UNWRITABLE = "a folder that can be written to"


def data_folder(name: str, default: Path, *, env: Mapping[str, str] = os.environ) -> Path:
    """The folder that everything is written to; it need not be there yet. Nothing is made here."""
    value = env.get(name, str(default))
    if not value:
        raise WrongSetting(name, value, UNWRITABLE)
    path = Path(value).resolve()
    try:
        there = next(place for place in (path, *path.parents) if place.exists())
    except OSError:
        raise WrongSetting(name, value, UNWRITABLE) from None
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise WrongSetting(name, value, UNWRITABLE)
    return path


def time_zone(name: str, default: str, *, env: Mapping[str, str] = os.environ) -> str:
    """The name of a time zone."""
    value = env.get(name, default)
    try:
        return ZoneInfo(value).key
    # Names that are no file, no key or a folder of names: "Mars/Base", "../x", "Asia".
    except (KeyError, ValueError, OSError):
        raise WrongSetting(name, value, "the name of a time zone, such as Asia/Shanghai") from None


@dataclass(frozen=True)
class Feedback:
    """Where remarks about the program go: the address of a link, else words; or nowhere."""

    address: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.address or self.words)


LONGEST_FEEDBACK = 200
LINKS = ("https://", "http://", "mailto:", "tel:")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def feedback(name: str, *, env: Mapping[str, str] = os.environ) -> Feedback:
    """A link that a page may hold, or words such as a telephone number; nothing where not set."""
    value = env.get(name, "").strip()
    if len(value) > LONGEST_FEEDBACK or not value.isprintable():
        raise WrongSetting(name, value, f"one line of at most {LONGEST_FEEDBACK} characters")
    if value.lower().startswith(LINKS):
        if " " in value or not value.partition(":")[2].strip("/"):
            raise WrongSetting(name, value, "a whole address after mailto:, tel: or https://")
        return Feedback(address=value)
    if SCHEME.match(value):
        raise WrongSetting(name, value, "mailto:, tel:, https:// or words for people")
    return Feedback(words=value)


@dataclass(frozen=True)
class Mail:
    """A mail server: where it is, who we are there, how the line is kept secret."""

    host: str
    port: int
    user: str
    password: str
    # "tls" from the beginning, "starttls", or "" on one's own machine.
    security: str


# By scheme: how the line is kept secret, and the usual port.
MAIL_SCHEMES = {"smtp": ("", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


def mail(name: str, *, env: Mapping[str, str] = os.environ) -> Mail | None:
    """A mail server from `smtps://user:password@host:port`; None where nothing is set."""
    value = env.get(name, "").strip()
    if not value:
        return None
    # It may hold a password: it is not said.
    expected = "smtps://USER:PASSWORD@HOST, smtp+starttls://… or smtp://HOST:PORT"
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        raise WrongSetting(name, None, expected) from None
    if url.scheme not in MAIL_SCHEMES or not url.hostname or url.path.strip("/") or url.query:
        raise WrongSetting(name, None, expected)
    security, usual = MAIL_SCHEMES[url.scheme]
    return Mail(
        url.hostname,
        port or usual,
        unquote(url.username or ""),
        unquote(url.password or ""),
        security,
    )


@dataclass(frozen=True)
class MailBox:
    """A mailbox that is read by IMAP: whose it is, and the folder that forms come into."""

    server: Mail
    folder: str


IMAP_SCHEMES = {"imap": ("", 143), "imap+starttls": ("starttls", 143), "imaps": ("tls", 993)}


def mail_box(
    name: str, *, mail: Mail | None, env: Mapping[str, str] = os.environ
) -> MailBox | None:
    """A mailbox from `imaps://user:password@host:port/folder`; None where nothing is set.

    What comes in is answered, so that a mail server is needed besides.
    """
    value = env.get(name, "").strip()
    if not value:
        return None
    expected = "imaps://USER:PASSWORD@HOST, imap+starttls://… or imap://…, and PINGYI_MAIL_URL"
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        raise WrongSetting(name, None, expected) from None
    is_whole = url.hostname and url.username and url.password and not url.query
    if url.scheme not in IMAP_SCHEMES or not is_whole or mail is None:
        raise WrongSetting(name, None, expected)
    security, usual = IMAP_SCHEMES[url.scheme]
    server = Mail(
        url.hostname or "", port or usual, unquote(url.username or ""),
        unquote(url.password or ""), security,
    )  # fmt: skip
    return MailBox(server, unquote(url.path.strip("/")) or "INBOX")


MAIL_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def mail_address(name: str, *, is_needed: bool, env: Mapping[str, str] = os.environ) -> str:
    """The address that e-mails come from; it must be set where there is a mail server."""
    value = env.get(name, "").strip()
    if not value and not is_needed:
        return "pingyi@localhost"
    if not MAIL_ADDRESS.fullmatch(value):
        raise WrongSetting(name, value, "the e-mail address that messages come from")
    return value


def site(name: str, default: str, *, env: Mapping[str, str] = os.environ) -> str:
    """The address of the program, as people type it, without a slash at its end."""
    value = env.get(name, default).strip().rstrip("/")
    try:
        url = urlsplit(value)
    except ValueError:
        raise WrongSetting(name, value, "an address such as https://pingyi.example") from None
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
        raise WrongSetting(name, value, "an address such as https://pingyi.example")
    return value


def hours(name: str, default: str, *, env: Mapping[str, str] = os.environ) -> tuple[time, time]:
    """Two times of day, `21:00-7:30`; twice the same for no hours at all."""
    value = env.get(name, default)
    try:
        begin, end = (datetime.strptime(part.strip(), "%H:%M") for part in value.split("-"))  # noqa: DTZ007  a time of day alone
    except ValueError:
        raise WrongSetting(name, value, "two times of day, such as 21:00-7:30") from None
    return begin.time(), end.time()


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
    ),
}

# What is deleted is wiped, and no log keeps what was written in which order (ADR 0040); a page
# holds several bundles of ballots.
SEALED_SQLITE_OPTIONS = SQLITE_OPTIONS | {
    "init_command": (
        "PRAGMA page_size=65536; PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA cache_size=-8192;"
        "PRAGMA temp_store=MEMORY;"
    ),
}


def sealed_database(
    name: str, default: str, *, env: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """The entry of the database in which ballots lie; its connections stay open."""
    found = database(name, default, env=env)
    if found["ENGINE"] == "pingyi.core.sqlite":
        found |= {"OPTIONS": dict(SEALED_SQLITE_OPTIONS), "CONN_MAX_AGE": None}
    return found


def database(name: str, default: str, *, env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """A Django database entry from `sqlite:///path` or `postgres://user:password@host:port/name`."""
    value = env.get(name, default)
    expected = "sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME"
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        raise WrongSetting(name, value, expected) from None
    if url.scheme == "sqlite" and not url.netloc and len(url.path) > 1:
        if "?" in value or "#" in value:
            raise WrongSetting(name, value, "a path without options; write ? as %3F and # as %23")
        path = unquote(url.path[1:])
        return {
            "ENGINE": "pingyi.core.sqlite",
            "NAME": Path(path),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if url.scheme in ("postgres", "postgresql") and len(url.path) > 1:
        options = _postgres_options(name, value, url)
        # The socket folder may stand in ?host=, as libpq allows.
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": options.pop("user", unquote(url.username or "")),
            "PASSWORD": options.pop("password", unquote(url.password or "")),
            "HOST": options.pop("host", url.hostname or ""),
            "PORT": options.pop("port", str(port or "")),
            "OPTIONS": options,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise WrongSetting(name, value, expected)


def _postgres_options(name: str, value: str, url: SplitResult) -> dict[str, str]:
    """What stands behind the question mark: everything that libpq knows by that name."""
    # Only whoever uses PostgreSQL waits for its driver.
    import psycopg
    from psycopg.conninfo import make_conninfo

    expected = "options as libpq knows them, such as ?sslmode=require&connect_timeout=5"
    try:
        options = dict(parse_qsl(url.query, strict_parsing=True)) if url.query else {}
        make_conninfo("", **options)
    except (ValueError, psycopg.ProgrammingError):
        raise WrongSetting(name, value, expected) from None
    if "dbname" in options or url.fragment:
        raise WrongSetting(name, value, expected)
    return options
