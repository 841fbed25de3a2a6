"""Opening a campaign and what is frozen."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.queries.freezing import preview
from pingyi.campaigns.queries.packs import known_pack, pack_of
from pingyi.campaigns.queries.rounds import deadlines_of
from pingyi.campaigns.queries.universe import reporting_units, universe_figures
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.organizations.models import Membership, Organization
from pingyi.register import operations as register_operations
from tests.campaigns_cast import CUT_OFF
from tests.cast import FOUNDED


def open_with(register, now, **changes):
    given = {
        "code": "cx2011",
        "name": "创先争优活动",
        "pack_code": "chuangxian-2011",
        "root": register.county,
        "cut_off_on": CUT_OFF,
        "by": None,
        "now": now,
    }
    return open_campaign(**(given | changes))


def refused(register, now, **changes):
    with pytest.raises(Refusal) as refusal:
        open_with(register, now, **changes)
    assert not Campaign.objects.exists()
    assert not Unit.objects.exists()
    return refusal.value


def test_the_tree_is_frozen_with_its_paths(planned_campaign):
    paths = dict(planned_campaign.units.values_list("code", "path"))
    assert paths == {
        "X": "00001/",
        "T1": "00001/00001/",
        "T1-1": "00001/00001/00001/",
        "T1-2": "00001/00001/00002/",
        "T1-3": "00001/00001/00003/",
        "T2": "00001/00002/",
        "T2-1": "00001/00002/00001/",
    }
    village = planned_campaign.units.get(code="T1-1")
    assert (village.depth, village.parent.code, village.sector) == (2, "T1", "rural")
    assert (village.kind, village.level, village.initials != "") == ("branch", "grassroots", True)


def test_the_townships_report(planned_campaign):
    assert [unit.code for unit in reporting_units(planned_campaign)] == ["T1", "T2"]


def test_people_are_frozen_with_unit_standing_posts_and_charges(planned_campaign, register):
    person = register.people["t1_leader"]
    leader = planned_campaign.participants.get(person=person)
    assert (leader.name, leader.unit.code, leader.standing) == ("李秀兰", "T1-3", "full")
    posts = [(p.unit.code, p.title, p.category, p.role) for p in leader.posts.all()]
    assert posts == [
        ("T1", "党委副书记", "township_leader", "leader"),
        ("T1-3", "支部书记", "grassroots_secretary", "secretary"),
    ]
    assert [p.position for p in leader.posts.all()] == [13, 7]
    assert [charge.unit.code for charge in leader.charges.all()] == ["T1-1"]
    newcomer = planned_campaign.participants.get(person=register.people["village_probationer"])
    assert newcomer.standing == "probationary"


def test_leaders_from_outside_the_tree_are_frozen_without_unit(register, now):
    campaign = open_with(register, now, root=register.t2)
    outsider = campaign.participants.get(person=register.people["county_leader"])
    assert outsider.unit is None
    assert outsider.standing == ""
    assert [charge.unit.code for charge in outsider.charges.all()] == ["T2"]
    assert campaign.units.count() == 2
    figures = universe_figures(campaign)
    assert (figures.members, figures.leaders_without_membership) == (3, 1)
    assert [unit.code for unit in reporting_units(campaign)] == ["T2"]


def test_a_post_outside_the_categories_is_frozen_without_category(register, now):
    register_operations.appoint(
        person=register.people["village_member"],
        organization=register.village,
        title="组织委员",
        category=None,
        on=FOUNDED,
        by=None,
        now=now,
    )
    campaign = open_with(register, now)
    member = campaign.participants.get(person=register.people["village_member"])
    assert [(p.title, p.category, p.role, p.position) for p in member.posts.all()] == [
        ("组织委员", "", "", 0)
    ]


def test_what_happens_after_the_cut_off_changes_nothing(planned_campaign, register, now):
    person = register.people["village_member"]
    before = planned_campaign.participants.get(person=person).unit_id
    register_operations.transfer_member(
        person=person,
        organization=register.school,
        on=CUT_OFF + timedelta(days=1),
        by=None,
        now=now,
    )
    assert planned_campaign.participants.get(person=person).unit_id == before


def test_a_move_after_the_cut_off_is_not_frozen_and_one_on_the_day_is(register, now):
    for days, key in ((0, "village_member"), (1, "village_probationer")):
        register_operations.transfer_member(
            person=register.people[key],
            organization=register.school,
            on=CUT_OFF + timedelta(days=days),
            by=None,
            now=now,
        )
    campaign = open_with(register, now)
    where = dict(campaign.participants.values_list("person__name", "unit__code"))
    assert where["张小芳"] == "T1-2"
    assert where["刘洋"] == "T1-1"


def test_the_pack_is_kept_as_it_was(planned_campaign):
    assert planned_campaign.pack_copy.content["document"]["number"] == "安创先办〔2011〕2号"
    assert len(planned_campaign.pack_hash) == 64
    assert pack_of(planned_campaign) is pack_of(planned_campaign)
    assert pack_of(planned_campaign) == known_pack("chuangxian-2011").pack


def test_rounds_and_deadlines_come_from_the_pack(planned_campaign):
    rounds = [(r.code, r.position, r.opens_on, r.state) for r in planned_campaign.rounds.all()]
    assert rounds == [
        ("first", 1, date(2011, 6, 16), "planned"),
        ("second", 2, date(2011, 12, 1), "planned"),
    ]
    due = [(d.round.code, d.tier, d.due_on) for d in deadlines_of(planned_campaign)]
    assert due == [
        ("first", "unit", date(2011, 6, 28)),
        ("first", "county", date(2011, 6, 30)),
        ("second", "county", date(2011, 12, 30)),
    ]


def test_given_days_replace_those_of_the_pack(register, now):
    campaign = open_with(
        register,
        now,
        dates={"first": (date(2011, 6, 1), date(2011, 7, 1))},
        due={("first", "unit"): date(2011, 6, 20)},
    )
    first = campaign.rounds.get(code="first")
    assert (first.opens_on, first.closes_on) == (date(2011, 6, 1), date(2011, 7, 1))
    assert first.deadlines.get(tier="unit").due_on == date(2011, 6, 20)


def test_opening_writes_one_line_into_the_ledger(planned_campaign):
    entry = Entry.objects.get(kind="campaign.opened")
    assert entry.subject == "campaign:cx2011"
    assert entry.actor_role == "command line"
    assert '"members":11' in entry.body.content


def test_a_taken_code_is_refused(planned_campaign, register, now):
    with pytest.raises(Refusal) as refusal:
        open_with(register, now)
    assert refusal.value.code == "code_taken"


def test_codes_that_are_words_of_addresses_are_refused(register, now):
    assert refused(register, now, code="packs").code == "code_taken"


def test_a_malformed_code_is_refused(register, now):
    assert refused(register, now, code="no blanks").code == "invalid"


def test_a_cut_off_in_the_future_is_refused(register, now):
    assert refused(register, now, cut_off_on=date(2011, 6, 2)).code == "cut_off_in_future"


def test_a_cut_off_today_is_allowed(register, now):
    assert open_with(register, now, cut_off_on=date(2011, 6, 1)).pk


def test_an_unknown_pack_is_refused_with_those_there_are(register, now):
    refusal = refused(register, now, pack_code="nothing")
    assert refusal.code == "unknown_pack"
    assert "banzi-ceping, chuangxian-2011, ganbu-ceping, minzhu-pingyi" in str(refusal)


def test_a_pack_with_problems_is_refused_with_all_of_them(register, now, settings, tmp_path):
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "pack.toml").write_text('code = "wrong"', encoding="utf-8")
    settings.PACK_DIRS = [tmp_path]
    refusal = refused(register, now, pack_code="wrong")
    assert refusal.code == "wrong_pack"
    assert any("wrong/pack.toml name" in str(detail) for detail in refusal.details)


def test_a_pack_that_counts_by_what_the_register_does_not_know_is_refused(
    register, now, settings, tmp_path
):
    source = settings.PACK_DIRS[0] / "chuangxian-2011" / "pack.toml"
    folder = tmp_path / "chuangxian-2011"
    folder.mkdir()
    text = source.read_text(encoding="utf-8")
    text = text.replace('code = "rural"', 'code = "moon"').replace('"county_unit"]', '"planet"]')
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    settings.PACK_DIRS = [tmp_path]
    details = [str(detail) for detail in refused(register, now).details]
    assert [detail.split(":")[0].split("：")[0] for detail in details] == [
        "reporting_levels",
        "tables.annex2.blocks.moon",
        "tables.annex3.blocks.moon",
    ]


def test_a_day_before_the_tree_existed_is_refused(register, now):
    with override("en"):
        refusal = refused(register, now, cut_off_on=date(2009, 1, 1))
        assert refusal.code == "empty_tree"
        assert "begins on Jan. 1, 2010" in str(refusal)


def test_the_first_day_with_members_is_named(register, now):
    Membership.objects.create(
        person=register.people["village_member"],
        organization=register.county,
        standing="full",
        valid_from=date(2003, 1, 1),
        valid_to=date(2004, 1, 1),
    )
    Organization.objects.filter(pk=register.county.pk).update(valid_from=date(2000, 1, 1))
    register.county.refresh_from_db()
    with override("en"):
        refusal = refused(register, now, cut_off_on=date(2009, 1, 1))
        assert refusal.code == "empty_tree"
        assert "from Jan. 1, 2010 on" in str(refusal)


def test_a_tree_without_any_member_is_refused(register, now):
    Membership.objects.all().delete()
    with override("en"):
        assert "has no members" in str(refused(register, now))


def test_a_tree_that_is_too_deep_is_refused(register, now, monkeypatch):
    monkeypatch.setattr("pingyi.campaigns.rules.tree.MOST_LEVELS", 2)
    assert refused(register, now).code == "too_deep"


def test_days_of_an_unknown_round_or_tier_are_refused(register, now):
    day = date(2011, 6, 1)
    refusal = refused(register, now, dates={"third": (day, day)}, due={("first", "moon"): day})
    assert refusal.code == "unknown_round"
    assert "third, first.moon" in str(refusal)


def test_a_round_that_closes_before_it_opens_is_refused(register, now):
    days = (date(2011, 6, 2), date(2011, 6, 1))
    assert refused(register, now, dates={"first": days}).code == "closes_before_it_opens"


def test_only_the_office_of_the_root_or_above_opens(register, now, office_user, clerk_user):
    assert refused(register, now, by=clerk_user, root=register.t1).code == "not_office"
    assert open_with(register, now, by=office_user, root=register.t1).opened_by == office_user


def test_the_preview_tells_what_would_be_frozen_and_what_is_odd(register, now):
    pack = known_pack("chuangxian-2011").pack
    seen = preview(register.t2, CUT_OFF, pack)
    assert (seen.units, seen.reporting_units, seen.members, seen.post_holders) == (2, 1, 3, 3)
    assert seen.without_branch.names == ("高远",)
    assert (seen.without_secretary.count, seen.without_sector.count) == (0, 0)
    register_operations.end_post(
        post=register.people["school_secretary"].posts.get(), on=CUT_OFF, by=None, now=now
    )
    assert preview(register.t1, CUT_OFF, pack).without_secretary.names == ("青石中学党支部",)


def test_the_preview_tells_whom_nobody_would_review(register, now):
    """Under a top without secretary: whatever no leader is in charge of, with its secretaries."""
    pack = known_pack("chuangxian-2011").pack
    whole = preview(register.county, CUT_OFF, pack)
    assert whole.without_reviewer.names == ()
    charge = register.people["county_leader"].charges.get(organization=register.t2)
    register_operations.end_charge(charge=charge, on=CUT_OFF, by=None, now=now)
    left = preview(register.county, CUT_OFF, pack).without_reviewer
    assert left.names == ("中共白水镇委员会",)
    reviewless = known_pack("minzhu-pingyi").pack
    assert preview(register.county, CUT_OFF, reviewless).without_reviewer.count == 0


def test_nothing_of_a_preview_is_written(register):
    preview(register.county, CUT_OFF, known_pack("chuangxian-2011").pack)
    assert not Participant.objects.exists()


def test_opening_asks_the_same_number_of_questions_for_any_size(
    register, now, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40):
        open_with(register, now)


def test_campaigns_of_one_moment_stand_in_one_order():
    """The first of them is the one whose frame a page of no campaign shows."""
    assert str(Campaign.objects.all().query).endswith('"campaigns_campaign"."id" ASC')
