"""As what the secretary of an organization and its other leaders count, where nobody says it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.organizations.models import PostCategory

FILE = Path(__file__).parent.parent / "classification.toml"


@cache
def _stated(whose: str) -> Mapping[tuple[str, str], str]:
    """A table of the file: level and kind -> code of a leader category."""
    found: dict[tuple[str, str], str] = {}
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))[whose]:
        levels, kinds = row.get("levels", Level.values), row.get("kinds", OrganizationKind.values)
        for place in product(levels, kinds):
            found.setdefault(place, row["post_category"])
    return found


def secretary_categories() -> dict[tuple[str, str], PostCategory]:
    """Level and kind of an organization -> the leader category of its secretary; only categories
    that the register has. One query."""
    return _known("secretary_of")


def leader_categories() -> dict[tuple[str, str], PostCategory]:
    """The same of the other members of a committee's leading group: deputies, members."""
    return _known("leader_of")


def _known(whose: str) -> dict[tuple[str, str], PostCategory]:
    known = PostCategory.objects.in_bulk()
    return {place: known[code] for place, code in _stated(whose).items() if code in known}
