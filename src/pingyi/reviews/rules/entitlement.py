"""Who may review whom beyond the assignments: leaders, inside what they lead (rulebook §3)."""

from collections.abc import Collection
from dataclasses import dataclass

from pingyi.reviews.rules.visibility import within


@dataclass(frozen=True, slots=True)
class Lead:
    """Paths of the units where a person holds a leader post, and of those in their charge."""

    posts: Collection[str] = ()
    charges: Collection[str] = ()


def may_review_person(lead: Lead, path: str) -> bool:
    """A member of a unit: by leaders of the unit or above, and by those in charge of it."""
    return within(path, lead.posts) or within(path, lead.charges)


def may_review_unit(lead: Lead, path: str) -> bool:
    """A unit: by leaders above it and those in charge of it; not by its own leaders."""
    return within(path, lead.charges) or any(
        path != top and path.startswith(top) for top in lead.posts
    )
