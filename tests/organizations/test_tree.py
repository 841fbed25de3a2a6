"""The tree of one day and who sees which part of it."""

from datetime import date

import pytest

from pingyi.organizations import queries as ground
from pingyi.organizations.models import Affiliation
from tests.cast import FOUNDED, TODAY, Register


def test_the_subtree_is_the_organization_and_everything_below(register: Register) -> None:
    below = ground.organizations_below([register.t1.pk], TODAY)
    assert set(below) == {
        register.t1,
        register.village,
        register.school,
        register.office_branch,
    }


def test_before_the_founding_there_is_nothing_below(register: Register) -> None:
    below = ground.organizations_below([register.county.pk], date(2009, 12, 31))
    assert list(below) == [register.county]


@pytest.mark.parametrize(
    ("edge", "held"),
    [
        ({}, True),
        ({"valid_from": date(2011, 6, 2)}, False),
        ({"valid_to": TODAY}, False),
        ({"valid_to": date(2011, 6, 2)}, False),
        (None, False),
    ],
    ids=["placed", "placed later", "placed before", "at the top afterwards", "never placed"],
)
def test_the_whole_register_lies_below_the_top_where_nothing_else_stands_at_one(
    edge: dict[str, date] | None, held: bool, register: Register
) -> None:
    edges = Affiliation.objects.filter(organization=register.village)
    if edge is None:
        edges.delete()
    elif edge:
        edges.update(**edge)
    assert ground.hold_all([register.county.pk], TODAY) is held
    assert ground.hold_all([register.county.pk, register.village.pk], TODAY)
    assert not ground.hold_all([register.t1.pk], TODAY)
    assert not ground.hold_all([], TODAY)


def test_the_tree_of_a_day_names_every_parent_in_one_query(
    register: Register, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        rows = ground.tree_on(TODAY)
    parents = {row.code: row.parent_id for row in rows}
    assert parents["X"] is None
    assert parents["T1-1"] == register.t1.pk
    assert [row.code for row in rows] == sorted(parents)
    assert ground.tree_on(date(2009, 12, 31)) == []
    assert {row.sector for row in rows if row.code == "T1-2"} == {"school"}


def test_the_path_leads_from_the_top_down(register: Register) -> None:
    assert ground.path_of(register.village.pk, TODAY) == [
        register.county,
        register.t1,
        register.village,
    ]


def test_rows_for_freezing_come_in_one_query_each(
    register: Register, django_assert_num_queries
) -> None:
    with django_assert_num_queries(3):
        members = ground.members_on(FOUNDED)
        posts = ground.posts_on(FOUNDED)
        charges = ground.charges_on(FOUNDED)
    assert len(members) == 11
    assert len(posts) == 8
    assert len(charges) == 6
    assert {row.standing for row in members} == {"full", "probationary"}
    assert {row.category for row in posts} >= {"township_secretary", "grassroots_secretary"}
