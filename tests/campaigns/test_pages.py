"""Pages of campaigns: what they show, what they do, what lies outside."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from pingyi.campaigns.doors import DUTIES, Duty, Owed
from pingyi.campaigns.models import Amendment, Exemption, Participant, Unit
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.opening import open_campaign
from pingyi.campaigns.operations.people import move_participant
from pingyi.campaigns.operations.rounds import close_round, open_round
from pingyi.ledger.models import Entry
from pingyi.register import operations as register_operations

pytestmark = pytest.mark.any_database

GAPS = []


def owed(round_):
    return Owed(people=round_.campaign.participants.filter(pk__in=GAPS))


@pytest.fixture
def with_gaps(monkeypatch, units, participants):
    GAPS[:] = [participants[key].pk for key in ("village_member", "school_member", "t2_member")]
    monkeypatch.setitem(DUTIES._answers, "review", Duty("点评", owed))


def at(name, **kwargs):
    return reverse(f"campaigns:{name}", kwargs=kwargs)


def page(client, user, name, **kwargs):
    client.force_login(user)
    return client.get(at(name, **kwargs))


CAMPAIGN = {"campaign_code": "cx2011"}
ROUND = {**CAMPAIGN, "round_code": "first"}


@pytest.mark.parametrize(
    "name",
    [
        "campaign",
        "units",
        "people",
        "exemptions",
        "amendments",
        "exemptions-export",
        "amendments-export",
    ],
)
def test_pages_open_for_everybody_in_the_campaign(client, campaign, office_user, clerk_user, name):
    for user in (office_user, clerk_user):
        assert page(client, user, name, **CAMPAIGN).status_code == 200


def test_what_lies_outside_is_not_found(client, register, now, clerk_user, other_clerk_user):
    campaign = open_campaign(
        code="cx2011",
        name="x",
        pack_code="ganbu-ceping",
        root=register.t2,
        cut_off_on=now.date(),
        by=None,
        now=now,
    )
    assert page(client, other_clerk_user, "campaign", **CAMPAIGN).status_code == 200
    assert page(client, clerk_user, "campaign", **CAMPAIGN).status_code == 404
    kwargs = {**CAMPAIGN, "round_code": "year"}
    assert page(client, clerk_user, "gaps", **kwargs).status_code == 404
    client.force_login(other_clerk_user)
    outside = campaign.participants.get(unit=None)
    assert client.get(at("move-person", **CAMPAIGN, pk=outside.pk + 99)).status_code == 404
    assert client.get(at("move-unit", **CAMPAIGN, unit_code="T1")).status_code == 404
    assert client.post(at("revoke-exemption", **CAMPAIGN, pk=1)).status_code == 404


def test_the_list_leads_to_campaigns_and_packs(client, campaign, office_user, clerk_user):
    text = page(client, office_user, "list").content.decode()
    assert at("campaign", **CAMPAIGN) in text
    assert at("pack", pack_code="minzhu-pingyi") in text
    assert at("open") in text
    assert at("open") not in page(client, clerk_user, "list").content.decode()


def test_a_pack_is_shown_as_people_read_it(client, office_user, clerk_user):
    for code in ("chuangxian-2011", "minzhu-pingyi", "ganbu-ceping"):
        assert page(client, clerk_user, "pack", pack_code=code).status_code == 200
    text = page(client, office_user, "pack", pack_code="chuangxian-2011").content.decode()
    assert "安创先办〔2011〕2号" in text
    assert "比较满意" in text
    assert page(client, office_user, "pack", pack_code="nothing").status_code == 404


def test_a_wrong_pack_is_shown_with_its_problems(client, office_user, settings, tmp_path):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "pack.toml").write_text("x = 1", encoding="utf-8")
    settings.PACK_DIRS = [tmp_path]
    assert (
        "odd/pack.toml name" in page(client, office_user, "pack", pack_code="odd").content.decode()
    )
    assert page(client, office_user, "list").status_code == 200
    assert client.get(at("open") + "?pack=odd").status_code == 404


def test_rounds_are_opened_and_closed_by_buttons(client, planned_campaign, office_user, clerk_user):
    client.force_login(clerk_user)
    client.post(at("open-round", **ROUND))
    assert planned_campaign.rounds.get(code="first").state == "planned"
    client.force_login(office_user)
    assert client.get(at("open-round", **ROUND)).status_code == 405
    # The first page says what comes next.
    assert client.post(at("open-round", **ROUND)).url == "/"
    assert planned_campaign.rounds.get(code="first").state == "open"
    client.post(at("close-round", **ROUND))
    assert planned_campaign.rounds.get(code="first").state == "closed"
    assert client.post(at("close-round", **ROUND)).url == at("campaign", **CAMPAIGN)
    assert client.get(at("reopen-round", **ROUND)).status_code == 200
    client.post(at("reopen-round", **ROUND), {"reason": "漏报"})
    assert planned_campaign.rounds.get(code="first").state == "open"
    assert (
        client.get(at("reopen-round", **ROUND)).context["deed"].refusal.code == "round_not_closed"
    )


def test_dates_are_changed_by_a_form(client, campaign, first_round, office_user):
    client.force_login(office_user)
    assert "2011-06-28" in client.get(at("round-dates", **ROUND)).content.decode()
    days = {"opens_on": "2011-06-16", "due.unit": "2011-07-01", "due.county": "2011-07-02"}
    wrong = client.post(at("round-dates", **ROUND), {**days, "closes_on": "2011-06-01"})
    assert wrong.context["form"].non_field_errors()
    client.post(at("round-dates", **ROUND), {**days, "closes_on": "2011-07-02"})
    assert first_round.deadlines.get(tier="unit").due_on.isoformat() == "2011-07-01"


def test_closing_over_gaps_leads_to_the_list_of_gaps(client, with_gaps, office_user, first_round):
    client.force_login(office_user)
    assert client.post(at("close-round", **ROUND)).url == at("gaps", **ROUND)
    text = client.get(at("gaps", **ROUND)).content.decode()
    assert "张小芳" in text
    assert "disabled" in text
    assert "理由至少写 6 个字" in text


def test_gaps_are_found_by_name_and_ordered(client, with_gaps, office_user, first_round):
    def shown(asked):
        found = client.get(at("gaps", **ROUND) + asked)
        return [row["gap"].subject for row in found.context["rows"]]

    client.force_login(office_user)
    everybody = shown("")
    assert "张小芳" in everybody
    assert len(everybody) == 3
    assert shown("?q=小芳") == ["张小芳"]
    assert shown("?q=柳湾村") == ["张小芳"]
    assert shown("?sort=-unit") == everybody[::-1]
    assert shown("?sort=subject") == shown("?sort=-subject")[::-1]


def test_the_gaps_are_counted_and_read_once(client, with_gaps, office_user):
    client.force_login(office_user)
    with CaptureQueriesContext(connection) as asked:
        client.get(at("gaps", **ROUND))
    statements = [query["sql"] for query in asked if "gap_duty" in query["sql"]]
    counts = [
        q["sql"] for q in asked if "COUNT" in q["sql"] and "campaigns_participant" in q["sql"]
    ]
    assert (len(statements), len(counts)) == (1, 1)


def test_gaps_are_exempt_one_by_one_and_all_together(
    client, with_gaps, office_user, participants, first_round
):
    client.force_login(office_user)
    key = f"review-p{participants['village_member'].pk}"
    nothing = client.post(at("gaps", **ROUND), {"reason": "外出"})
    assert nothing.context["form"].non_field_errors()
    gone = client.post(at("gaps", **ROUND), {"reason": "外出", "gap": ["review-p0"]})
    assert gone.context["form"].errors["gap"]
    assert client.post(at("gaps", **ROUND), {"reason": "外出", "gap": [key]}).status_code == 302
    assert Exemption.objects.get().participant == participants["village_member"]
    thin = client.post(at("gaps", **ROUND), {"reason": "培训", "everything": "on"})
    assert thin.context["form"].non_field_errors()
    assert Exemption.objects.count() == 1
    client.post(at("gaps", **ROUND), {"reason": "参加集中培训", "everything": "on"})
    assert Exemption.objects.count() == 3
    client.post(at("close-round", **ROUND))
    first_round.refresh_from_db()
    assert first_round.state == "closed"


def test_a_clerk_sees_and_exempts_the_own_gaps_only(client, with_gaps, clerk_user, inspector_user):
    text = page(client, clerk_user, "gaps", **ROUND).content.decode()
    assert "张小芳" in text
    assert "郑强" not in text
    many = {"reason": "外出务工未归", "everything": "on"}
    client.post(at("gaps", **ROUND), many)
    assert Exemption.objects.count() == 2
    client.force_login(inspector_user)
    refused = client.post(at("gaps", **ROUND), many)
    assert refused.context["form"].non_field_errors()
    assert Exemption.objects.count() == 2


def test_all_means_all_that_were_searched_for(client, with_gaps, office_user, participants):
    client.force_login(office_user)
    address = at("gaps", **ROUND) + "?q=张小芳"
    client.post(address, {"reason": "外出务工未归", "everything": "on"})
    assert [each.participant for each in Exemption.objects.all()] == [
        participants["village_member"]
    ]


def test_exempting_many_asks_with_the_number(client, with_gaps, office_user):
    client.cookies["django_language"] = "en"
    html = page(client, office_user, "gaps", **ROUND).content.decode()
    assert 'data-confirm-many="Exempt {n} gaps with this one reason?"' in html
    assert 'name="everything" data-many="3"' in html
    assert html.count('name="gap" data-many="1"') == 3
    assert 'data-over="50"' in html


def test_an_exemption_is_revoked_with_a_reason_and_the_search_stays(
    client, first_round, units, participants, clerk_user, now
):
    given = {"round_": first_round, "duty": "review", "reason": "外出", "by": None, "now": now}
    one = exempt(unit=units["T1-1"], **given)
    exempt(participant=participants["village_member"], **given)
    client.force_login(clerk_user)
    listed = at("exemptions", **CAMPAIGN) + "?q=外出"
    revoke = at("revoke-exemption", **CAMPAIGN, pk=one.pk) + f"?{urlencode({'q': '外出'})}"
    text = client.get(listed).content.decode()
    assert revoke in text
    assert "有效 2 项" in text
    assert client.post(revoke, {"reason": ""}).status_code == 422
    answer = client.post(revoke, {"reason": "已返回支部"})
    assert answer.url == at("exemptions", **CAMPAIGN) + f"?{urlencode({'q': '外出'})}"
    one.refresh_from_db()
    assert one.revoked_by == clerk_user
    assert "已返回支部" in Entry.objects.latest("seq").body.content
    text = client.get(listed).content.decode()
    assert "有效 1 项" in text
    assert client.get(revoke).status_code == 200
    export = client.get(at("exemptions-export", **CAMPAIGN) + "?q=外出")
    assert export.content.startswith(b"PK")


def test_people_are_amended_by_forms(client, campaign, participants, units, office_user, register):
    client.force_login(office_user)
    member = participants["village_member"]
    kwargs = {**CAMPAIGN, "pk": member.pk}
    for name in ("move-person", "change-standing", "remove-person"):
        assert client.get(at(name, **kwargs)).status_code == 200
    wrong = client.post(at("move-person", **kwargs), {"unit": "nowhere", "reason": "x"})
    assert wrong.context["form"].errors["unit"]
    same = client.post(at("move-person", **kwargs), {"unit": "T1-1", "reason": "x"})
    assert same.context["form"].non_field_errors()
    client.post(at("move-person", **kwargs), {"unit": "青石中学党支部", "reason": "转出"})
    client.post(at("change-standing", **kwargs), {"standing": "probationary", "reason": "误"})
    client.post(at("remove-person", **kwargs), {"reason": "已故"})
    member.refresh_from_db()
    assert (member.unit, member.standing, member.is_active) == (
        units["T1-2"],
        "probationary",
        False,
    )
    assert client.get(at("add-person", **CAMPAIGN)).status_code == 200
    assert "张小芳" in client.get(at("add-person", **CAMPAIGN) + "?q=张小芳").content.decode()
    person = register.people["village_member"]
    client.post(
        at("add-person", **CAMPAIGN),
        {"target": person.pk, "unit": "T1-1", "standing": "full", "reason": "误删"},
    )
    member.refresh_from_db()
    assert (member.unit, member.is_active) == (units["T1-1"], True)
    assert Amendment.objects.count() == 4
    assert "误删" in client.get(at("campaign", **CAMPAIGN)).content.decode()
    assert "误删" in client.get(at("amendments", **CAMPAIGN)).content.decode()
    export = client.get(at("amendments-export", **CAMPAIGN) + "?q=误删")
    assert export.content.startswith(b"PK")


def test_units_are_amended_by_forms(client, campaign, units, office_user, register, now):
    register_operations.create_organization(
        code="N",
        name="新支部",
        kind="branch",
        level="grassroots",
        sector=None,
        parent=register.t1,
        on=now.date() - timedelta(days=1),
        by=None,
        now=now,
    )
    client.force_login(office_user)
    assert client.get(at("add-unit", **CAMPAIGN)).status_code == 200
    found = client.get(at("add-unit", **CAMPAIGN) + "?q=新支部")
    ((target, _label),) = found.context["form"].fields["target"].choices
    client.post(at("add-unit", **CAMPAIGN), {"target": target, "unit": "T1", "reason": "新成立"})
    unit = Unit.objects.get(code="N")
    kwargs = {**CAMPAIGN, "unit_code": "N"}
    for name in ("move-unit", "remove-unit"):
        assert client.get(at(name, **kwargs)).status_code == 200
    client.post(at("move-unit", **kwargs), {"unit": "T2", "reason": "区划调整"})
    unit.refresh_from_db()
    assert unit.parent == units["T2"]
    client.post(at("remove-unit", **kwargs), {"reason": "误加"})
    unit.refresh_from_db()
    assert not unit.is_active


def test_a_name_that_several_units_have_is_not_enough(client, campaign, participants, office_user):
    Unit.objects.filter(code="T2").update(name="青石中学党支部")
    client.force_login(office_user)
    kwargs = {**CAMPAIGN, "pk": participants["village_member"].pk}
    wrong = client.post(at("move-person", **kwargs), {"unit": "青石中学党支部", "reason": "x"})
    assert wrong.context["form"].errors["unit"]


def test_who_may_not_amend_reads_the_reason_instead_of_a_form(
    client, campaign, participants, clerk_user
):
    client.force_login(clerk_user)
    kwargs = {**CAMPAIGN, "pk": participants["village_member"].pk}
    page = client.get(at("remove-person", **kwargs))
    assert str(page.context["deed"].refusal) in page.content.decode()
    assert 'name="reason"' not in page.content.decode()
    assert "remove/" not in client.get(at("people", **CAMPAIGN)).content.decode()


def test_the_campaign_is_closed_by_a_button(client, campaign, first_round, office_user, now):
    client.force_login(office_user)
    client.post(at("close", **CAMPAIGN))
    campaign.refresh_from_db()
    assert campaign.state == "open"
    close_round(round_=first_round, by=None, now=now)
    second = open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    close_round(round_=second, by=None, now=now)
    client.post(at("close", **CAMPAIGN))
    campaign.refresh_from_db()
    assert campaign.state == "closed"
    for name in ("campaign", "list"):
        kwargs = CAMPAIGN if name == "campaign" else {}
        assert client.get(at(name, **kwargs)).status_code == 200


@pytest.mark.parametrize("name", ["units", "people", "exemptions", "amendments", "gaps"])
def test_lists_ask_the_same_number_of_questions_for_one_row_and_three(
    client, with_gaps, units, participants, first_round, office_user, now, name
):
    keys = ["village_member", "school_member", "t2_member"]
    kwargs = ROUND if name == "gaps" else CAMPAIGN
    client.force_login(office_user)
    # The first page after the sign-in notes that the session is used.
    client.get(at("list"))

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(at(name, **kwargs)).status_code == 200
        return len(found)

    def act(key):
        exempt(
            round_=first_round,
            duty="appraisal",
            participant=participants[key],
            reason="外出",
            by=office_user,
            now=now,
        )
        move_participant(
            participant=participants[key],
            unit=units["T1-3"],
            reason="转出",
            by=office_user,
            now=now,
        )

    GAPS[1:] = []
    Participant.objects.exclude(pk=participants[keys[0]].pk).update(is_active=False)
    Unit.objects.exclude(code__in=["X", "T1-3"]).update(is_active=False)
    act(keys[0])
    one = asked()
    Participant.objects.update(is_active=True)
    Unit.objects.update(is_active=True)
    for key in keys[1:]:
        act(key)
        GAPS.append(participants[key].pk)
    assert asked() == one


def test_the_missing_of_one_unit_are_exempted_without_the_others(
    client, office_user, clerk_user, with_gaps, units
):
    client.force_login(office_user)
    address = at("gaps", **ROUND)
    assert client.get(address).context["listing"].total == 3
    below = client.get(f"{address}?unit=T2")
    assert below.context["listing"].total == 1
    assert 'name="unit" value="T2"' in below.content.decode()
    assert client.get(f"{address}?unit=nowhere").status_code == 404
    client.force_login(clerk_user)
    assert client.get(f"{address}?unit=T2").status_code == 404
    client.force_login(office_user)
    client.post(f"{address}?unit=T2", {"everything": "on", "reason": "汛期停止活动"})
    assert Exemption.objects.count() == 1
