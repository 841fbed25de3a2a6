"""The picker at the top finds organizations as the register does."""

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from tests.web.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["青石", "qsz", "QSZ", "zgqsz", "t1"])
def test_an_organization_is_found_by_a_part_of_name_initials_or_code(
    office_user: User, first_round: Round, at: Ask, text: str
) -> None:
    page = at(office_user, f"/search/?q={text}", HTTP_HX_REQUEST="true").content.decode()
    assert "中共青石镇委员会" in page
    assert "中共白水镇委员会" not in page
