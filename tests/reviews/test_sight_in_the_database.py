"""Who sees which review: the query gives what the rule says."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.reviews.models import Assignment, Publication, Review
from pingyi.reviews.operations.assign import reassign
from pingyi.reviews.operations.consequences import publish
from pingyi.reviews.queries.sight import publications_visible_to, reviews_visible_to, viewer_of
from pingyi.reviews.rules.visibility import Published, Seen, Viewer, reaches, sees_review
from tests.cast import Register, user_with
from tests.reviews.conftest import HELD_ON

Record = Callable[..., Review]
VIEWERS = [
    "office", "clerk", "other_clerk", "member", "probationer", "leader", "branch_secretary",
    "inspector", "school_secretary",
]  # fmt: skip
# What is published, how far, and from which unit; the unit that reports for it.
PUBLISHED = [("unit", "T1-1", "T1"), ("township", "T1-2", "T1"), ("county", "T2", "T2")]


@pytest.fixture
def school_secretary_user(register: Register, now: datetime) -> User:
    """Leads the school and nothing else."""
    person = register.people["school_secretary"]
    return user_with("school-secretary", Role.MEMBER, register.school, now, person)


@pytest.fixture
def lent(
    record: Record,
    assignments: Callable[[str], Assignment],
    participants: dict[str, Participant],
    now: datetime,
) -> Review:
    """The secretary of the school reviews a member of the village, where he leads nobody."""
    reassign(
        assignment=assignments("刘洋"),
        reviewer=participants["school_secretary"],
        reason="支部书记住院",
        by=None,
        now=now,
    )
    return record("school_secretary", "village_probationer")


@pytest.fixture
def published(record: Record, units: dict[str, Unit], now: datetime) -> list[Review]:
    """Three reviews, each made known in its scope."""
    reviews = [
        record("village_secretary", "village_member", 1),
        record("school_secretary", "school_member", 2),
        record("t2_secretary", "T2-1"),
    ]
    for review, (scope, unit, _) in zip(reviews, PUBLISHED, strict=True):
        publish(
            unit=units[unit],
            reviews=[review],
            scope=scope,
            way="meeting",
            published_on=HELD_ON,
            by=None,
            now=now,
        )
    return reviews


def known(publication: Publication, units: dict[str, Unit]) -> Published:
    """A publication as the rule sees it."""
    reporting = {unit: units[reports].path for _, unit, reports in PUBLISHED}
    return Published(publication.scope, publication.unit.path, reporting[publication.unit.code])


def sees(viewer: Viewer, review: Review, units: dict[str, Unit]) -> bool:
    """The rule about one review."""
    place = review.unit or review.participant.unit
    publications = [known(one, units) for one in review.publications.all()]
    return sees_review(
        viewer, Seen(review.reviewer_id, review.participant_id, place.path, publications)
    )


@pytest.mark.parametrize("name", [None, *VIEWERS])
def test_the_database_and_the_rule_agree(
    name: str | None,
    request: pytest.FixtureRequest,
    campaign: Campaign,
    published: list[Review],
    lent: Review,
    units: dict[str, Unit],
) -> None:
    actor = None if name is None else request.getfixturevalue(f"{name}_user")
    viewer = viewer_of(actor, campaign)
    reviews = reviews_visible_to(viewer, campaign)
    assert set(reviews) == {one for one in [*published, lent] if sees(viewer, one, units)}
    publications = publications_visible_to(viewer, campaign)
    assert set(publications) == {
        one for one in Publication.objects.all() if reaches(known(one, units), viewer)
    }


@pytest.mark.parametrize(
    ("name", "seen"), [("school_secretary", True), ("probationer", True), ("member", False)]
)
def test_an_unpublished_review_is_seen_by_its_reviewer_and_its_subject(
    name: str, seen: bool, request: pytest.FixtureRequest, campaign: Campaign, lent: Review
) -> None:
    viewer = viewer_of(request.getfixturevalue(f"{name}_user"), campaign)
    assert reviews_visible_to(viewer, campaign).filter(pk=lent.pk).exists() is seen
