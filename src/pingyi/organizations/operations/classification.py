"""Sectors and leader categories: brought in line with classification.toml."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from pingyi.accounts.queries import role_text
from pingyi.ledger import operations as ledger
from pingyi.organizations.models import PostCategory, Sector
from pingyi.organizations.rules.classification import Classification, parse_classification

FILE = Path(__file__).parent.parent / "classification.toml"


def read_classification() -> Classification:
    """What the file states."""
    return parse_classification(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def load_classification(*, now: datetime) -> int:
    """Make the tables equal to the file; how many rows changed. Doing it twice changes nothing.

    Rows that the file no longer names stay: the register may still refer to them.
    """
    stated = read_classification()
    sectors = Sector.objects.in_bulk()
    changed: list[Sector | PostCategory] = []
    for sector in stated.sectors:
        row = Sector(code=sector.code, name=sector.name, position=sector.position)
        if _differs(sectors.get(sector.code), row, "name", "position"):
            changed.append(row)
    categories = PostCategory.objects.in_bulk()
    for category in stated.post_categories:
        new = PostCategory(
            code=category.code, name=category.name, role=category.role, position=category.position
        )
        if _differs(categories.get(category.code), new, "name", "role", "position"):
            changed.append(new)
    for changed_row in changed:
        changed_row.save()
    if changed:
        ledger.append(
            kind="register.classification_loaded",
            subject="classification",
            body={"codes": [row.code for row in changed]},
            actor_role=role_text(None),
            now=now,
        )
    return len(changed)


def _differs(old: Sector | PostCategory | None, new: Sector | PostCategory, *fields: str) -> bool:
    """Whether the row is new or says something else."""
    return old is None or any(getattr(old, field) != getattr(new, field) for field in fields)
