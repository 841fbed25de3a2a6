"""Another round is looked at on the same page where it has one, else on the page above."""

from collections.abc import Callable

from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.reviews.models import Assignment
from tests.reviews.conftest import assignments
from tests.web.conftest import Ask

__all__ = ["assignments"]
SECOND = {"campaign_code": "cx2011", "round_code": "second"}


def test_an_assignment_belongs_to_its_round(
    at: Ask, assignments: Callable[[str], Assignment], office_user: User
) -> None:
    there = {"campaign_code": "cx2011", "round_code": "first", "pk": assignments("张小芳").pk}
    page = at(office_user, reverse("reviews:assignment", kwargs=there)).content.decode()
    above = reverse("reviews:assignments", kwargs=SECOND)
    assert above in page
    assert reverse("reviews:assignment", kwargs={**there, **SECOND}) not in page
    assert at(office_user, above).status_code == 200


def test_a_stage_that_waits_in_another_round_is_not_offered(
    at: Ask, first_round: Round, office_user: User
) -> None:
    there = {"campaign_code": "cx2011", "round_code": "first", "unit_code": "T1-1"}
    stage = {**there, "stage_code": "opinions"}
    page = at(office_user, reverse("appraisals:stage", kwargs=stage)).content.decode()
    assert reverse("appraisals:unit", kwargs={**there, **SECOND}) in page
    assert reverse("appraisals:stage", kwargs={**stage, **SECOND}) not in page


def test_a_page_that_every_round_has_is_kept(
    at: Ask, assignments: Callable[[str], Assignment], office_user: User
) -> None:
    there = {"campaign_code": "cx2011", "round_code": "first", "unit_code": "T1-1"}
    page = at(office_user, reverse("web:unit", kwargs=there)).content.decode()
    assert reverse("web:unit", kwargs={**there, **SECOND}) in page
