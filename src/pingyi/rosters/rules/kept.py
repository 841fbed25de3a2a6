"""What an import keeps of a change: its fields and its person as JSON."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from pingyi.rosters.rules.changes import Change
from pingyi.rosters.rules.fields import BY_MODEL, Fields, NewPerson, PersonRef, said_by

Json = dict[str, Any]


def to_json(change: Change) -> Json:
    """What the row says before and after it, and whose row it is."""
    kept: Json = {
        name: _written(said)
        for name, said in (("before", change.before), ("after", change.after))
        if said is not None
    }
    if isinstance(change.person, NewPerson):
        kept["person"] = [change.person.sheet, change.person.row]
    elif change.person is not None:
        kept["person"] = change.person
    return kept


def _written(said: Fields) -> Json:
    kept = said_by(said)
    for name, write in WRITE.items():
        if kept.get(name) is not None:
            kept[name] = write(kept[name])
    return kept


def from_json(model: str, kept: Json) -> tuple[Fields | None, Fields | None, PersonRef | None]:
    """What a row of that kind says before and after, and whose it is."""
    person = kept.get("person")
    return (
        _read(model, kept["before"]) if "before" in kept else None,
        _read(model, kept["after"]) if "after" in kept else None,
        NewPerson(*person) if isinstance(person, list) else person,
    )


def _read(model: str, kept: Json) -> Fields:
    said = dict(kept)
    for name, read in READ.items():
        if said.get(name) is not None:
            said[name] = read(said[name])
    return BY_MODEL[model](**said)


DAYS = ("since", "valid_from", "born_on", "joined_on")
WITHIN = {"place": "affiliation", "membership": "membership"}
WRITE: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(DAYS, date.isoformat),
    **dict.fromkeys(WITHIN, _written),
}
READ: Mapping[str, Callable[[Any], Fields | date]] = {
    **dict.fromkeys(DAYS, date.fromisoformat),
    **{name: partial(_read, model) for name, model in WITHIN.items()},
}
