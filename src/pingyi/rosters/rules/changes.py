"""One line of an import: what is added, changed or ended."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pingyi.rosters.enums import ChangeKind

ADD, CHANGE, END = ChangeKind.ADD.value, ChangeKind.CHANGE.value, ChangeKind.END.value
LONGEST_LABEL = 200
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """Days are ISO texts, organizations codes. A new person stands in `after["key"]`; rows that
    belong to a person name it in `after["person"]` by that key, or by `p` and the id."""

    kind: str
    model: str
    label: str
    sheet: str = ""
    row: int | None = None
    object_id: int | None = None
    before: Fields | None = None
    after: Fields | None = None


def counted(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many changes of each kind, by model."""
    found = Counter((change.kind, change.model) for change in changes)
    counts: dict[str, dict[str, int]] = {ADD: {}, CHANGE: {}, END: {}}
    for (kind, model), number in sorted(found.items()):
        counts[kind][model] = number
    return counts


def iso(day: date | None) -> str | None:
    """A day as text."""
    return day.isoformat() if day else None


def fitted(label: str) -> str:
    """A label as long as the column allows."""
    return label[:LONGEST_LABEL]


def differing(before: Fields, after: Fields) -> tuple[dict[str, object], dict[str, object]]:
    """Only the fields of `after` that say something else than `before`."""
    keys = [key for key, value in after.items() if before.get(key) != value]
    return {key: before.get(key) for key in keys}, {key: after[key] for key in keys}
