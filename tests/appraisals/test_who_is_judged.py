"""Whom a ballot is about is said by its pack; what is owed, counted and listed follows from it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.queries import coverage
from pingyi.appraisals.queries.counts import graded_members, members_on
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.appraisals.queries.stages import stages_done
from pingyi.appraisals.queries.worklist import worklist
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_of, judged_people
from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Person
from pingyi.rosters.operations import import_rows
from tests.cast import FOUNDED, Register, identity_number
from tests.packs_of_their_own import HEAD, STAGES, ballot, counted, missing

TOWNS = 'units = { levels = ["township"], kinds = ["committee"] }'
CADRES = 'people = { categories = ["township_secretary", "township_leader"] }'
Opened = Callable[[str], Round]


@pytest.fixture
def outsider(register: Register, now: datetime) -> Person:
    """A leader of the township who is a member of no organization here."""
    import_rows(
        sheets={
            "posts": [
                ("钱外来", identity_number(90), "T1", "副镇长", "township_leader", FOUNDED, None),
            ]
        },
        scope=None,
        effective_on=FOUNDED,
        by=None,
        now=now,
    )
    return Person.objects.get(name="钱外来")


def test_townships_are_judged_and_no_branch(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "organization", TOWNS))
    towns = {("中共青石镇委员会",) * 2, ("中共白水镇委员会",) * 2}
    assert missing(round_) == towns
    counted(round_, "T1", "a", now)
    assert missing(round_) == {("中共白水镇委员会",) * 2}
    top = round_.campaign.units.get(code="X")
    [below] = coverage.progress_below(round_, [top]).values()
    assert (below.branches, below.counted, below.missing) == (2, 1, 1)
    with pytest.raises(Refusal) as caught:
        counted(round_, "T1-1", "a", now)
    assert caught.value.code == "form_of_others"
    assert "柳湾村党支部" in str(caught.value)


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ('units = { sectors = ["school", "rural"] }', {"T1-1", "T1-2", "T2-1"}),
        ('units = { codes = ["T1-3", "X"] }', {"T1-3", "X"}),
        ('units = { kinds = ["branch"], codes = ["T1-3", "X"] }', {"T1-3"}),
        ('units = { levels = ["county"] }', {"X"}),
        ("", {"T1-1", "T1-2", "T1-3", "T2-1"}),
    ],
)
def test_organizations_are_judged_by_their_marks(
    who: str, codes: set[str], own_campaign: Opened
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "organization", who))
    owing = coverage.owed(round_).units
    assert owing is not None
    assert set(owing.values_list("code", flat=True)) == codes


def test_cadres_are_judged_who_are_members_elsewhere_or_nowhere(
    outsider: Person, own_campaign: Opened, now: datetime
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", CADRES))
    town, other = "中共青石镇委员会", "中共白水镇委员会"
    assert missing(round_) == {
        ("陈卫东", town), ("李秀兰", town), ("钱外来", town), ("周明", other),
    }  # fmt: skip
    t1 = round_.campaign.units.get(code="T1")
    assert [gap.subject for gap in gaps_of(round_, [t1.path])] == ["陈卫东", "李秀兰", "钱外来"]
    owing = gaps_of(round_).by_person([])
    assert Counter((by, place) for by, _duty, _unit, place, _n in owing) == {
        (None, town): 3, (None, other): 1,
    }  # fmt: skip
    count = counted(round_, "T1", "a", now)
    assert {one.name for one in graded_members(count)} == {"陈卫东", "李秀兰", "钱外来"}
    assert count.lines.count() == 3
    assert missing(round_) == {("周明", other)}
    assert stages_done(round_, t1) == {"ballot"}
    assert coverage.owed(round_).units is None


def test_whoever_leads_two_organizations_is_judged_at_the_first_of_them(
    own_campaign: Opened,
) -> None:
    both = 'people = { categories = ["township_leader", "grassroots_secretary"] }'
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", both))
    places = dict(judged_people(round_.campaign).values_list("name", "judged_name"))
    assert places["李秀兰"] == "中共青石镇委员会"
    assert places["王大山"] == "柳湾村党支部"
    assert len(places) == 4
    form = needed_plan(round_).forms[0]
    office = round_.campaign.units.get(code="T1-3")
    assert members_on(form, office) == []


def test_people_are_named_one_by_one(outsider: Person, own_campaign: Opened) -> None:
    named = """people = { named = [
      { unit = "T1", name = "钱外来" }, { unit = "T1-1", name = "张小芳" },
      { unit = "T1-2", name = "张小芳" }, { unit = "T9", name = "陈卫东" },
    ] }"""
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", named))
    assert missing(round_) == {("钱外来", "中共青石镇委员会"), ("张小芳", "柳湾村党支部")}
    form = needed_plan(round_).forms[0]
    village = round_.campaign.units.get(code="T1-1")
    assert [one.name for one in members_on(form, village)] == ["张小芳"]


def test_groups_have_forms_of_their_own(own_campaign: Opened, now: datetime) -> None:
    """Villages one ballot, schools another, full members of offices a third (N13)."""
    round_ = own_campaign(
        HEAD
        + STAGES
        + ballot("a", "organization", 'units = { sectors = ["rural"] }')
        + ballot("b", "organization", 'units = { sectors = ["school"] }')
        + ballot("c", "member", 'graded = "full"\nunits = { sectors = ["government", "rural"] }')
        + ballot("d", "member", f'{CADRES}\nunits = {{ codes = ["T2"] }}')
    )
    assert missing(round_) == {
        ("柳湾村党支部",) * 2, ("石桥村党支部",) * 2, ("青石中学党支部",) * 2,
        ("王大山", "柳湾村党支部"), ("张小芳", "柳湾村党支部"), ("高远", "青石镇机关党支部"),
        ("陈卫东", "青石镇机关党支部"), ("李秀兰", "青石镇机关党支部"),
        ("吴桂英", "石桥村党支部"), ("郑强", "石桥村党支部"), ("周明", "石桥村党支部"),
    }  # fmt: skip
    form = needed_plan(round_).forms[3]
    assert [one.name for one in members_on(form, round_.campaign.units.get(code="T2"))] == ["周明"]
    assert members_on(form, round_.campaign.units.get(code="T1")) == []
    counted(round_, "T1-2", "b", now)
    assert ("青石中学党支部",) * 2 not in missing(round_)


def test_two_ballots_on_one_organization_are_both_owed(own_campaign: Opened, now: datetime) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "organization") + ballot("b", "organization"))
    village = round_.campaign.units.get(code="T1-1")
    counted(round_, "T1-1", "a", now)
    assert ("柳湾村党支部",) * 2 in missing(round_)
    assert stages_done(round_, village) == set()
    counted(round_, "T1-1", "b", now)
    assert ("柳湾村党支部",) * 2 not in missing(round_)
    assert stages_done(round_, village) == {"ballot"}


def test_what_is_not_judged_is_exempt_and_the_round_closes(
    outsider: Person, own_campaign: Opened, office_user: User, now: datetime
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", CADRES))
    counted(round_, "T2", "a", now)
    with pytest.raises(Refusal) as caught:
        close_round(round_=round_, by=None, now=now)
    assert caught.value.code == "gaps_left"
    gaps = gaps_of(round_)
    campaigns.exempt_many(
        round_=round_, gaps=gaps, reason="年内长期借调在外单位", by=office_user, now=now
    )
    assert missing(round_) == set()
    assert close_round(round_=round_, by=None, now=now).state == "closed"


def test_the_quota_is_a_share_of_those_who_have_a_row(
    outsider: Person, own_campaign: Opened, now: datetime
) -> None:
    quota = """
[[appraisal.flags]]
kind = "quota"
code = "many"
label = "超过三分之一"
form = "a"
item = "overall"
option = "yes"
at_most = "1/3"
"""
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", CADRES) + quota)
    count = counted(round_, "T1", "a", now)
    [flag] = count.flags.all()
    assert flag.facts == {"numerator": 3, "denominator": 3, "threshold": "1/3"}


def test_where_members_are_judged_nothing_else_is_read(own_campaign: Opened) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "organization", TOWNS))
    assert list(judged_people(round_.campaign)) == []


@pytest.fixture
def reading(client: Client) -> Callable[[User, str], str]:
    def read(user: User, address: str) -> str:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_pages_are_of_the_judged(
    outsider: Person,
    own_campaign: Opened,
    reading: Callable[[User, str], str],
    office_user: User,
    secretary_user: User,
    client: Client,
    now: datetime,
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "member", CADRES))
    listed = reading(office_user, reverse("appraisals:units", args=["own", "year"]))
    assert "中共青石镇委员会" in listed
    assert "柳湾村党支部" not in listed
    page = reading(secretary_user, reverse("appraisals:unit", args=["own", "year", "T1"]))
    assert "附表a" in page
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    branch = reverse("appraisals:unit", args=["own", "year", "T1-1"])
    assert client.get(branch).status_code == 404
    counted(round_, "T1", "a", now)
    result = reading(secretary_user, reverse("appraisals:result", args=["own", "year", "T1"]))
    assert "钱外来" in result
    gaps = reading(office_user, reverse("campaigns:gaps", args=["own", "year"]))
    assert "周明" in gaps
    assert "中共白水镇委员会" in gaps


def test_whoever_answers_for_a_judged_unit_finds_its_stage_in_the_worklist(
    own_campaign: Opened, secretary_user: User, branch_secretary_user: User
) -> None:
    round_ = own_campaign(HEAD + STAGES + ballot("a", "organization", TOWNS))
    today = round_.opens_on
    [line] = worklist(secretary_user, round_, today).owed
    assert line.for_whom == "中共青石镇委员会"
    assert worklist(branch_secretary_user, round_, today).owed == []
