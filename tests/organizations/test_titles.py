"""A title says whether somebody is the secretary of the organization itself."""

import pytest

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.organizations.queries import leader_categories, secretary_categories
from pingyi.organizations.rules.titles import names_leader, names_secretary


@pytest.mark.parametrize(
    "title",
    [
        "书记",
        "支部书记",
        "党总支书记",
        " 党支部书记 ",
        "村支书",
        "党委书记、局长",
        "村委会主任兼支部书记",
        "书记 主任",
        "集团党委书记",
        "新世纪社区党支部书记",
        "前进村党支部书记",
        "原种场支部书记",
    ],
)
def test_whoever_is_called_secretary_is_one(title: str) -> None:
    assert names_secretary(title)


@pytest.mark.parametrize(
    "title",
    [
        "副书记",
        "专职副书记",
        "副支书",
        "纪委书记",
        "纪检书记",
        "团支部书记",
        "团支书",
        "第一书记",
        "原支部书记",
        "前支部书记",
        "前任书记",
        "名誉书记",
        "政法委书记",
        "书记员",
        "书记助理",
        "村支部书记助理",
        "组织委员",
        "",
        "、",
    ],
)
def test_deputies_and_secretaries_of_others_are_none(title: str) -> None:
    assert not names_secretary(title)


@pytest.mark.django_db
@pytest.mark.any_database
def test_each_level_and_kind_has_the_category_of_its_secretary() -> None:
    found = {place: row.code for place, row in secretary_categories().items()}
    level, kind = Level, OrganizationKind
    assert found[level.GRASSROOTS, kind.BRANCH] == "grassroots_secretary"
    assert found[level.COUNTY_UNIT, kind.BRANCH] == "grassroots_secretary"
    assert found[level.GRASSROOTS, kind.COMMITTEE] == "grassroots_secretary"
    assert found[level.TOWNSHIP, kind.WORK_COMMITTEE] == "township_secretary"
    assert found[level.COUNTY_UNIT, kind.LEADING_GROUP] == "county_department_secretary"
    assert found[level.COUNTY, kind.COMMITTEE] == "county_secretary"
    assert found[level.COUNTY, kind.LEADING_GROUP] == "county_department_secretary"
    assert found[level.CITY, kind.COMMITTEE] == "city_secretary"
    assert found[level.CITY, kind.WORK_COMMITTEE] == "city_department_secretary"
    assert found[level.PROVINCE, kind.LEADING_GROUP] == "province_department_secretary"
    assert (level.PROVINCE, kind.COMMITTEE) not in found
    assert len(found) == len(level) * len(kind) - 1


@pytest.mark.parametrize(
    "title",
    [
        "副书记",
        "党委副书记、镇长",
        "党委委员、副镇长",
        "组织委员",
        "政法委员",
        "委员",
        "党组成员、副局长",
    ],
)
def test_deputies_and_members_of_the_committee_are_leaders(title: str) -> None:
    assert names_leader(title)


@pytest.mark.parametrize(
    "title",
    [
        "书记",
        "镇长",
        "纪委副书记",
        "纪委委员",
        "村委委员",
        "团委副书记",
        "原副书记",
        "人大代表",
        "",
    ],
)
def test_others_and_members_of_other_bodies_are_none(title: str) -> None:
    assert not names_leader(title)


@pytest.mark.django_db
@pytest.mark.any_database
def test_committees_have_a_category_of_their_other_leaders_and_branches_none() -> None:
    found = {place: row.code for place, row in leader_categories().items()}
    level, kind = Level, OrganizationKind
    assert found[level.TOWNSHIP, kind.COMMITTEE] == "township_leader"
    assert found[level.COUNTY_UNIT, kind.LEADING_GROUP] == "county_department_leader"
    assert found[level.GRASSROOTS, kind.COMMITTEE] == "grassroots_leader"
    assert (level.GRASSROOTS, kind.BRANCH) not in found
    assert (level.COUNTY, kind.COMMITTEE) not in found
