"""Typed readers of PINGYI_* environment variables.

A value that is set but wrong is refused with a sentence that says what to set; it never falls
back to the default in silence.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class WrongSetting(Exception):
    """An environment variable holds something that cannot be meant."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} is not usable: set {expected}.")


def text(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> str:
    """The text of a variable, or the default where it is not set."""
    return env.get(name, default)


def required(name: str, expected: str, *, env: Mapping[str, str] = os.environ) -> str:
    """The text of a variable that must be set; refuses an empty one."""
    value = env.get(name, "")
    if not value:
        raise WrongSetting(name, value, expected)
    return value


def boolean(name: str, default: bool, *, env: Mapping[str, str] = os.environ) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off."""
    value = env.get(name)
    if value is None:
        return default
    match value.strip().lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
    raise WrongSetting(name, value, "one of 1, true, yes, on, 0, false, no, off")


def integer(name: str, default: int, *, least: int, env: Mapping[str, str] = os.environ) -> int:
    """A whole number of at least `least`."""
    value = env.get(name)
    if value is None:
        return default
    expected = f"a whole number of at least {least}"
    try:
        number = int(value)
    except ValueError:
        raise WrongSetting(name, value, expected) from None
    if number < least:
        raise WrongSetting(name, value, expected)
    return number


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


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
    ),
}


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
        path = unquote(url.path[1:])
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(path),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if url.scheme in ("postgres", "postgresql") and len(url.path) > 1:
        # The socket folder may stand in ?host=, as libpq allows.
        query = dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.get("host", url.hostname or ""),
            "PORT": str(port or query.get("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise WrongSetting(name, value, expected)
