"""A column that a migration adds to a vouched table is empty in the rows that are there: what the
ledger vouched for them with still holds (ADR 0018).
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from django.db.models.fields import NOT_PROVIDED

from pingyi.ledger.doors import VOUCHED

# Filled in by the migration itself, and left out of what the ledger vouches for.
FILLED = {"by_pinyin", "by_strokes", "files"}


def added() -> Iterator[tuple[str, AddField]]:
    """Every column that was added to a table of ours for which the ledger vouches."""
    vouched = {each.model._meta.label_lower for each in VOUCHED.values()}
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("pingyi.")}
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        for step in migration.operations:
            if not isinstance(step, AddField) or room not in ours:
                continue
            if f"{room}.{step.model_name}" in vouched:
                yield f"{room} {name}: {step.name}", step


def is_empty_before(step: AddField) -> bool:
    """Whether a row that is there gets the empty value: a whole number has none but null."""
    default = step.field.default
    if step.field.null:
        return default is NOT_PROVIDED or default is None
    return default is False or default == ""


def test_there_are_such_columns() -> None:
    assert len(list(added())) > len(FILLED)


def test_what_was_vouched_for_still_is_after_an_upgrade() -> None:
    """Seen: every campaign of an older database was said to have been changed."""
    assert [
        name for name, step in added() if step.name not in FILLED and not is_empty_before(step)
    ] == []
