from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingyi.reviews.rules.assignments import (
    AFFILIATION,
    CHARGE,
    Derived,
    FrozenCharge,
    FrozenPerson,
    FrozenPost,
    FrozenUnit,
    derive,
)

# county 1 > township 2 > branch 3
UNITS = [
    FrozenUnit(1, None, "00001/"),
    FrozenUnit(2, 1, "00001/00002/"),
    FrozenUnit(3, 2, "00001/00002/00003/"),
]
COUNTY_SECRETARY = FrozenPost(10, 1, "secretary", 1)
TOWNSHIP_SECRETARY = FrozenPost(20, 2, "secretary", 5)
TOWNSHIP_LEADER = FrozenPost(21, 2, "leader", 12)
BRANCH_SECRETARY = FrozenPost(30, 3, "secretary", 6)
POSTS = [COUNTY_SECRETARY, TOWNSHIP_SECRETARY, TOWNSHIP_LEADER, BRANCH_SECRETARY]
PEOPLE = [
    FrozenPerson(10, None),
    FrozenPerson(20, 3),
    FrozenPerson(21, 3),
    FrozenPerson(30, 3),
    FrozenPerson(31, 3),
]


def derived(*, people=PEOPLE, posts=POSTS, charges=(), units=UNITS):
    found = derive(units, people, posts, charges)
    return {
        ("unit", d.unit_id) if d.unit_id else ("person", d.person_id): (d.reviewer_id, d.source)
        for d in found
    }


def test_a_member_is_reviewed_by_the_secretary_of_their_unit():
    assert derived()["person", 31] == (30, AFFILIATION)


def test_a_member_of_a_unit_without_secretary_has_no_reviewer():
    assert derived(posts=[COUNTY_SECRETARY, TOWNSHIP_SECRETARY])["person", 31] == (
        None,
        AFFILIATION,
    )


def test_a_member_of_the_leading_group_is_reviewed_by_the_secretary_beside_them():
    assert derived()["person", 21] == (20, AFFILIATION)


def test_a_leader_without_secretary_beside_them_is_reviewed_from_above():
    assert derived(posts=[COUNTY_SECRETARY, TOWNSHIP_LEADER])["person", 21] == (10, AFFILIATION)


def test_a_secretary_is_reviewed_by_the_leader_in_charge():
    assert derived(charges=[FrozenCharge(21, 3)])["person", 30] == (21, CHARGE)


def test_a_secretary_is_otherwise_reviewed_by_the_secretary_of_the_unit_above():
    assert derived()["person", 30] == (20, AFFILIATION)


def test_where_the_unit_above_has_no_secretary_the_next_one_up_reviews():
    assert derived(posts=[COUNTY_SECRETARY, BRANCH_SECRETARY])["person", 30] == (10, AFFILIATION)


def test_nobody_reviews_themselves_even_when_in_charge_of_their_own_unit():
    assert derived(charges=[FrozenCharge(30, 3)])["person", 30] == (20, AFFILIATION)


def test_a_secretary_of_two_units_reviews_nobody_in_their_own_line():
    both = [COUNTY_SECRETARY, FrozenPost(20, 2, "secretary", 5), FrozenPost(20, 3, "secretary", 6)]
    assert derived(posts=both)["person", 20] == (10, AFFILIATION)


def test_the_secretary_at_the_top_has_no_reviewer():
    assert derived(people=[*PEOPLE[1:], FrozenPerson(10, 3)])["person", 10] == (None, AFFILIATION)


def test_the_post_nearest_the_top_decides_and_a_secretary_comes_before_a_leader():
    posts = [
        *POSTS,
        FrozenPost(21, 3, "secretary", 6),
        FrozenPost(31, 2, "leader", 12),
        FrozenPost(31, 2, "secretary", 5),
    ]
    found = derived(posts=posts)
    assert found["person", 21] == (20, AFFILIATION)
    assert found["person", 31] == (10, AFFILIATION)


def test_a_unit_is_reviewed_by_the_leader_in_charge_of_it():
    assert derived(charges=[FrozenCharge(21, 3)])["unit", 3] == (21, CHARGE)


def test_a_unit_is_otherwise_reviewed_by_the_secretary_above():
    found = derived()
    assert found["unit", 3] == (20, AFFILIATION)
    assert found["unit", 2] == (10, AFFILIATION)


def test_the_unit_at_the_top_is_nobody_s_task():
    assert ("unit", 1) not in derived()


def test_people_who_are_members_nowhere_are_no_subjects():
    assert ("person", 10) not in derived()


def test_among_several_in_charge_the_highest_post_reviews_in_any_order():
    charges = [FrozenCharge(99, 3), FrozenCharge(31, 3), FrozenCharge(21, 3), FrozenCharge(20, 3)]
    assert derived(charges=charges)["unit", 3] == (20, CHARGE)
    assert derived(charges=charges[::-1])["unit", 3] == (20, CHARGE)
    people = [*PEOPLE, FrozenPerson(5, 3)]
    charges = [FrozenCharge(5, 3), FrozenCharge(21, 3)]
    assert derived(people=people, charges=charges)["unit", 3] == (21, CHARGE)


def test_a_secretary_who_is_no_leader_by_post_does_not_come_before_the_highest_in_charge():
    posts = [*POSTS, FrozenPost(31, 3, "", 0)]
    charges = [FrozenCharge(31, 3), FrozenCharge(21, 3)]
    assert derived(posts=posts, charges=charges)["unit", 3] == (21, CHARGE)


def test_a_leader_in_charge_of_the_unit_they_lead_is_reviewed_from_above():
    posts = [COUNTY_SECRETARY, TOWNSHIP_LEADER]
    found = derived(posts=posts, charges=[FrozenCharge(21, 2)])
    assert found["person", 21] == (10, AFFILIATION)


def test_a_member_without_a_unit_of_their_own_is_nobody_s_even_where_units_count_from_one():
    assert ("person", 40) not in derived(people=[*PEOPLE, FrozenPerson(40, None)])


def test_posts_without_a_leader_role_change_nothing():
    assert derived(posts=[*POSTS, FrozenPost(31, 3, "", 0)])["person", 31] == (30, AFFILIATION)


def test_posts_of_units_and_people_that_have_left_change_nothing():
    gone = [FrozenPost(31, 77, "secretary", 0), FrozenPost(88, 3, "secretary", 0)]
    assert derived(posts=[*POSTS, *gone])["person", 31] == (30, AFFILIATION)


def test_a_unit_whose_parent_has_left_has_no_reviewer_above():
    orphan = FrozenUnit(4, 77, "00077/00004/")
    assert derived(units=[*UNITS, orphan])["unit", 4] == (None, AFFILIATION)


def test_every_subject_stands_once():
    assert len(derive(UNITS, PEOPLE, POSTS, [FrozenCharge(21, 3), FrozenCharge(20, 3)])) == 6
    assert Derived(3, None, 20, AFFILIATION) in derive(UNITS, PEOPLE, POSTS, [])


@st.composite
def counties(draw):
    """Up to six units in some tree, four people anywhere in it, any posts and charges of theirs."""
    units = [UNITS[0]]
    for number in range(2, draw(st.integers(3, 7))):
        above = draw(st.sampled_from(units))
        units.append(FrozenUnit(number, above.id, f"{above.path}{number:05d}/"))
    places = st.sampled_from([unit.id for unit in units])
    people = [FrozenPerson(id_, draw(places)) for id_ in (10, 20, 30, 40)]
    someone = st.sampled_from([person.id for person in people])
    roles = st.sampled_from(["secretary", "leader"])
    posts = st.builds(FrozenPost, someone, places, roles, st.integers(1, 9))
    charges = st.builds(FrozenCharge, someone, places)
    return {
        "units": units,
        "people": people,
        "posts": draw(st.lists(posts, max_size=8)),
        "charges": draw(st.lists(charges, max_size=4)),
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counties())
def test_nobody_reviews_themselves_in_any_tree(county):
    found = derived(**county)
    themselves = {("person", person.id): person.id for person in county["people"]}
    assert not [key for key, id_ in themselves.items() if found[key][0] == id_]
