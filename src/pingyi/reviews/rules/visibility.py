"""Who sees a review, and whom a publication reaches (N6): the one place where this is decided."""

from collections.abc import Collection
from dataclasses import dataclass

# The reach of a publication, by the code of its scope; any other scope reaches nobody further.
UNIT = "unit"
TOWNSHIP = "township"
COUNTY = "county"
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever looks: nobody signed in has neither person nor paths.

    `keeps` are the paths of the units whose records they may read, by their role or because they
    lead there; `belongs` are the paths of the units they belong to in any way.
    """

    participant_id: int | None = None
    keeps: Collection[str] = ()
    belongs: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A publication: its scope, the unit it is reckoned from and that one's reporting unit."""

    scope: str
    unit_path: str
    reporting_path: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A review as far as sight depends on it."""

    reviewer_id: int
    subject_id: int | None
    subject_path: str
    published: Collection[Published] = ()


def sees_review(viewer: Viewer, review: Seen) -> bool:
    """Keepers of the unit, the reviewer, the subject, and whoever a publication reaches."""
    if viewer.participant_id is not None and viewer.participant_id in (
        review.reviewer_id,
        review.subject_id,
    ):
        return True
    if within(review.subject_path, viewer.keeps):
        return True
    return any(reaches(publication, viewer) for publication in review.published)


def reaches(publication: Published, viewer: Viewer) -> bool:
    """Whether the publication is made known to this viewer: exactly its scope."""
    if publication.scope == PUBLIC or within(publication.unit_path, viewer.keeps):
        return True
    if publication.scope == COUNTY:
        return bool(viewer.belongs)
    if publication.scope == TOWNSHIP:
        return any(path.startswith(publication.reporting_path) for path in viewer.belongs)
    if publication.scope == UNIT:
        return any(path.startswith(publication.unit_path) for path in viewer.belongs)
    return False


def within(path: str, tops: Collection[str]) -> bool:
    """Whether the path lies in the subtree of one of the tops, itself included."""
    return any(path.startswith(top) for top in tops)
