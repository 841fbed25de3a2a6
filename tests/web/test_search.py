"""The picker at the top finds organizations and people as the register does."""

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from tests.cast import Register
from tests.web.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["青石", "qsz", "QSZ", "zgqsz", "t1"])
def test_an_organization_is_found_by_a_part_of_name_initials_or_code(
    office_user: User, first_round: Round, at: Ask, text: str
) -> None:
    page = at(office_user, f"/search/?q={text}", HTTP_HX_REQUEST="true").content.decode()
    assert "中共青石镇委员会" in page
    assert "中共白水镇委员会" not in page


@pytest.mark.parametrize("text", ["张小芳", "小芳", "zxf"])
def test_people_are_found_by_name_and_initials(
    text: str, at: Ask, clerk_user: User, other_clerk_user: User, first_round: Round
) -> None:
    page = at(clerk_user, f"/search/?q={text}").content.decode()
    assert "张小芳" in page
    assert "/register/people/" in page
    assert "张小芳" not in at(other_clerk_user, f"/search/?q={text}").content.decode().replace(
        f'value="{text}"', ""
    )


def test_people_are_found_by_the_last_four_by_whoever_may_know_them(
    at: Ask, clerk_user: User, inspector_user: User, register: Register, first_round: Round
) -> None:
    last4 = register.people["village_member"].identity_last4
    assert "张小芳" in at(clerk_user, f"/search/?q={last4}").content.decode()
    assert "张小芳" not in at(inspector_user, f"/search/?q={last4}").content.decode()


def test_a_member_finds_no_people_and_one_letter_finds_nobody(
    at: Ask, member_user: User, clerk_user: User, first_round: Round
) -> None:
    assert "/register/people/" not in at(member_user, "/search/?q=赵文").content.decode()
    assert "/register/people/" not in at(clerk_user, "/search/?q=张").content.decode()
