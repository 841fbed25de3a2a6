import pytest

from pingyi.reviews.rules.entitlement import Lead, may_review_person, may_review_unit
from pingyi.reviews.rules.visibility import Published, Seen, Viewer, reaches, sees_review

COUNTY, TOWNSHIP, BRANCH = "00001/", "00001/00002/", "00001/00002/00003/"
OTHER_BRANCH, OTHER_TOWNSHIP = "00001/00002/00004/", "00001/00005/"
REVIEW = Seen(reviewer_id=1, subject_id=2, subject_path=BRANCH)
STRANGER = Viewer()


def published(scope):
    return Published(scope, BRANCH, TOWNSHIP)


def test_the_reviewer_and_the_subject_see_a_review():
    assert sees_review(Viewer(participant_id=1), REVIEW)
    assert sees_review(Viewer(participant_id=2), REVIEW)


def test_a_colleague_does_not_see_it():
    assert not sees_review(Viewer(participant_id=3, belongs=[BRANCH]), REVIEW)


def test_nobody_signed_in_is_nobody_s_subject():
    assert not sees_review(STRANGER, Seen(1, None, BRANCH))


@pytest.mark.parametrize(("top", "seen"), [(COUNTY, True), (BRANCH, True), (OTHER_TOWNSHIP, False)])
def test_keepers_of_the_subtree_see_it(top, seen):
    assert sees_review(Viewer(keeps=[top]), REVIEW) is seen


def test_a_publication_opens_it_to_those_it_reaches():
    review = Seen(1, 2, BRANCH, [published("unit")])
    assert sees_review(Viewer(participant_id=3, belongs=[BRANCH]), review)
    assert not sees_review(Viewer(participant_id=3, belongs=[OTHER_BRANCH]), review)


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ("unit", {BRANCH}),
        ("township", {BRANCH, OTHER_BRANCH}),
        ("county", {BRANCH, OTHER_BRANCH, OTHER_TOWNSHIP}),
        ("public", {BRANCH, OTHER_BRANCH, OTHER_TOWNSHIP, None}),
        ("somewhere", set()),
    ],
)
def test_a_publication_reaches_exactly_its_scope(scope, reached):
    viewers = {
        path: Viewer(belongs=[path] if path else [])
        for path in (BRANCH, OTHER_BRANCH, OTHER_TOWNSHIP, None)
    }
    assert {
        path for path, viewer in viewers.items() if reaches(published(scope), viewer)
    } == reached


def test_keepers_of_the_unit_see_every_publication_of_it():
    assert reaches(published("somewhere"), Viewer(keeps=[TOWNSHIP]))


@pytest.mark.parametrize(
    ("lead", "person", "unit"),
    [
        (Lead(posts=[TOWNSHIP]), True, True),
        (Lead(posts=[BRANCH]), True, False),
        (Lead(charges=[BRANCH]), True, True),
        (Lead(posts=[OTHER_TOWNSHIP], charges=[OTHER_BRANCH]), False, False),
        (Lead(), False, False),
    ],
)
def test_leaders_may_review_inside_what_they_lead(lead, person, unit):
    assert may_review_person(lead, BRANCH) is person
    assert may_review_unit(lead, BRANCH) is unit
