"""A value as one database stores it, as the other one takes it; the same within one."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

Form = Callable[[object], object]


def _moment(stored: object) -> str:
    """'2011-06-28T01:30:00.12+00:00' as Django writes it there: '2011-06-28 01:30:00.120000'."""
    return str(datetime.fromisoformat(str(stored)).astimezone(UTC).replace(tzinfo=None))


# By database that made the backup, database that takes it, and kind of column.
FORMS: Mapping[tuple[str, str], Mapping[str, Form]] = {
    ("sqlite", "postgresql"): {
        "BooleanField": bool,
        "DateTimeField": lambda stored: f"{stored}+00:00",
    },
    ("postgresql", "sqlite"): {
        "BooleanField": lambda stored: int(bool(stored)),
        "DateTimeField": _moment,
        "JSONField": lambda stored: json.dumps(json.loads(str(stored))),
        "UUIDField": lambda stored: str(stored).replace("-", ""),
    },
}


def forms(source: str, target: str, kinds: list[str]) -> list[Form | None]:
    """How each column is to be changed, None where it stays as it is."""
    known = FORMS.get((source, target), {})
    return [known.get(kind) for kind in kinds]


def taken(row: list[object], changes: list[Form | None]) -> list[object]:
    """A row as the other database takes it; what is empty stays empty."""
    return [
        value if change is None or value is None else change(value)
        for value, change in zip(row, changes, strict=True)
    ]
