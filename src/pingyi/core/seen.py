"""The version that was seen: what is edited or signed says what it was begun from."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

SIGNS = 16
SIGNS_OF_A_PART = 8


def fingerprint(value: object) -> str:
    """Sixteen hexadecimal digits of what JSON can hold; the same for the same content."""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(said.encode()).hexdigest()[:SIGNS]


@dataclass(frozen=True)
class Said:
    """What is seen beside the fields of a form: what it is called, and what stands there.

    `value` tells two versions apart in whatever language; `words` are shown where it is no text.
    """

    label: str
    value: object
    words: str = ""


# What is seen of a thing, part by part: the name of a field with its value, or something said.
Content = dict[str, Any]


def version_of(content: Content) -> str:
    """Every part with its fingerprint, in one text: `name=1f0c9a52 kind=77ab03e1`."""
    return " ".join(f"{name}={_print_of(value)}" for name, value in content.items())


def changed_since(seen: str, content: Content) -> list[str]:
    """The parts that are not as they were in the version that was seen."""
    known = set(seen.split())
    return [name for name, value in content.items() if f"{name}={_print_of(value)}" not in known]


def seen_too(seen: str, content: Content) -> str:
    """The version of whoever has seen these parts by now, and the others as before."""
    known = dict(part.partition("=")[::2] for part in seen.split())
    now = {name: _print_of(value) for name, value in content.items()}
    return " ".join(f"{name}={print_}" for name, print_ in {**known, **now}.items())


def _print_of(value: object) -> str:
    kept = value.value if isinstance(value, Said) else value
    return fingerprint("" if kept is None else kept)[:SIGNS_OF_A_PART]
