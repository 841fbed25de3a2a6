"""Who sees which part of a campaign."""

from pingyi.accounts.enums import Right, Role
from pingyi.accounts.models import Grant
from pingyi.accounts.operations.grants import grant_role
from pingyi.accounts.queries.accounts import forget_grants
from pingyi.campaigns import permissions
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.people import change_standing
from pingyi.campaigns.queries.gaps import Gap
from pingyi.campaigns.queries.rounds import amendments_visible_to
from pingyi.campaigns.queries.scopes import (
    campaigns_visible_to,
    participant_of,
    participants_visible_to,
    rounds_visible_to,
    scopes,
    units_visible_to,
)
from pingyi.campaigns.queries.universe import ancestors, home_unit, root_unit, subtree
from tests.cast import user_with


def codes(actor, campaign):
    return [unit.code for unit in units_visible_to(actor, campaign)]


def names(actor, campaign):
    return {person.name for person in participants_visible_to(actor, campaign)}


def test_everybody_sees_the_own_subtree(
    campaign, office_user, clerk_user, branch_secretary_user, member_user, inspector_user
):
    everything = ["X", "T1", "T1-1", "T1-2", "T1-3", "T2", "T2-1"]
    assert codes(None, campaign) == codes(office_user, campaign) == everything
    assert codes(inspector_user, campaign) == everything
    assert codes(clerk_user, campaign) == ["T1", "T1-1", "T1-2", "T1-3"]
    assert codes(branch_secretary_user, campaign) == ["T1-1"]
    assert codes(member_user, campaign) == ["T1-1"]


def test_people_are_seen_by_their_unit_and_members_see_themselves(
    campaign, register, office_user, branch_secretary_user, member_user, now
):
    assert len(names(None, campaign)) == len(names(office_user, campaign)) == 11
    assert names(branch_secretary_user, campaign) == {"王大山", "张小芳", "刘洋"}
    assert names(member_user, campaign) == {"张小芳"}
    stranger = user_with("stranger", Role.MEMBER, register.village, now)
    assert names(stranger, campaign) == set()


def test_a_branch_secretary_who_belongs_elsewhere_sees_themselves_too(campaign, register, now):
    user = user_with(
        "visitor", Role.BRANCH_SECRETARY, register.village, now, register.people["t2_member"]
    )
    assert names(user, campaign) == {"王大山", "张小芳", "刘洋", "郑强"}


def test_leaders_from_outside_are_seen_where_they_hold_posts_or_charges(register, now, clerk_user):
    campaign = open_campaign(
        code="t1",
        name="x",
        pack_code="minzhu-pingyi",
        root=register.t2,
        cut_off_on=now.date(),
        by=None,
        now=now,
    )
    user = user_with("t2-secretary", Role.SECRETARY, register.t2, now)
    assert "高远" in names(user, campaign)
    village = user_with("t2-branch", Role.BRANCH_SECRETARY, register.t2_village, now)
    assert "高远" not in names(village, campaign)
    assert list(campaigns_visible_to(clerk_user)) == []
    assert list(campaigns_visible_to(user)) == [campaign]
    assert rounds_visible_to(user).count() == 1
    assert rounds_visible_to(clerk_user).count() == 0
    assert campaigns_visible_to(None).count() == 1


def test_roles_hold_at_the_unit_and_below(campaign, units, clerk_user):
    assert permissions.holds(clerk_user, units["T1"], Right.EXEMPT)
    assert permissions.holds(clerk_user, units["T1-1"], Right.EXEMPT)
    assert not permissions.holds(clerk_user, units["T1-1"], Right.RUN_CAMPAIGNS)
    assert not permissions.holds(clerk_user, units["X"], Right.EXEMPT)
    assert not permissions.holds(clerk_user, units["T2"], Right.EXEMPT)
    assert permissions.holds(None, units["X"], Right.RUN_CAMPAIGNS)


def test_the_office_of_a_township_is_not_the_office_of_the_campaign(campaign, register, now):
    user = user_with("township-office", Role.OFFICE, register.t1, now)
    assert not permissions.is_office(user, campaign)
    assert [found.code for found in permissions.openable_roots(user)] == ["T1"]


def test_where_one_may_open_campaigns_is_told_by_code(register, now):
    user = user_with("office-of-some", Role.OFFICE, register.t2, now)
    for place in (register.village, register.county, register.t1):
        grant_role(user=user, role=Role.OFFICE, organization=place, by=None, now=now)
    found = permissions.openable_roots(user)
    assert [place.code for place in found] == ["T1", "T1-1", "T2", "X"]


def test_a_round_that_is_not_closed_lists_a_hundred_gaps(campaign):
    gap = Gap("review", 1, None, "柳湾村党支部", "柳湾村党支部", "00001/", 1)
    told = permissions.why_not_close_over([gap] * 150, campaign)
    assert "150" in str(told)
    assert told.details == (permissions.gap_sentence(gap, campaign),) * 100
    assert permissions.why_not_close_over([gap], campaign, listed=0).details == ()


def test_only_the_office_changes_the_days_of_a_round(first_round, office_user, clerk_user):
    assert permissions.why_not_change_round_dates(office_user, first_round) is None
    refusal = permissions.why_not_change_round_dates(clerk_user, first_round)
    assert refusal.code == "not_office"


def test_scopes_are_read_once_and_anew_after_a_new_grant(
    campaign, register, clerk_user, now, django_assert_num_queries
):
    first = scopes(clerk_user, campaign)
    with django_assert_num_queries(0):
        assert scopes(clerk_user, campaign) is first
    Grant.objects.create(
        user=clerk_user, role=Role.INSPECTOR, organization=register.t2, granted_at=now
    )
    forget_grants(clerk_user)
    assert [(scope.role, scope.unit.code) for scope in scopes(clerk_user, campaign)] == [
        ("clerk", "T1"),
        ("inspector", "T2"),
    ]


def test_the_actor_as_a_person_of_the_campaign(
    campaign, participants, member_user, clerk_user, register, now
):
    assert participant_of(member_user, campaign) == participants["village_member"]
    assert participant_of(clerk_user, campaign) is None
    assert participant_of(None, campaign) is None


def test_where_a_person_belongs(campaign, participants, units):
    assert home_unit(participants["village_member"]) == units["T1-1"]
    leader = participants["county_leader"]
    leader.unit = None
    assert home_unit(leader) == units["X"]
    leader.posts.all().delete()
    assert home_unit(leader) == units["T1"]
    leader.charges.all().delete()
    assert home_unit(leader) == units["X"]


def test_above_and_below_a_unit(campaign, units):
    assert [unit.code for unit in ancestors(units["T1-1"])] == ["X", "T1"]
    assert [unit.code for unit in subtree(units["T2"])] == ["T2", "T2-1"]
    assert root_unit(campaign) == units["X"]


def test_a_member_reads_what_was_amended_about_organizations_and_oneself_only(
    campaign, participants, units, member_user, branch_secretary_user, now
):
    why = {"reason": "核对后更正", "by": None, "now": now}
    for key, standing in (("village_member", "probationary"), ("village_probationer", "full")):
        change_standing(participant=participants[key], standing=standing, **why)

    def named(actor):
        found = amendments_visible_to(actor, campaign)
        return {row.participant.name for row in found}

    assert named(None) == named(branch_secretary_user) == {"张小芳", "刘洋"}
    assert named(member_user) == {"张小芳"}


def test_what_is_missing_is_for_those_who_answer_for_others(
    campaign, member_user, branch_secretary_user, inspector_user, now
):
    assert permissions.why_not_see_gaps(None, campaign) is None
    assert permissions.why_not_see_gaps(branch_secretary_user, campaign) is None
    assert permissions.why_not_see_gaps(inspector_user, campaign) is None
    assert permissions.why_not_see_gaps(member_user, campaign).code == "not_a_reader"
