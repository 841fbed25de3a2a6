"""More than tests/house/every_address.py has: each deed finds what it needs."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django_otp.oath import totp

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations import create_account
from pingyi.accounts.operations.accounts import deactivate
from pingyi.accounts.operations.first_codes import make_first_code
from pingyi.accounts.operations.grants import grant_role
from pingyi.accounts.operations.one_time_codes import confirm_one_time_code, start_one_time_code
from pingyi.appraisals.operations import add_opinion
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.campaigns.operations.exemptions import exempt_many
from pingyi.campaigns.operations.people import add_participant
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries.gaps import gaps_of
from pingyi.notifications.operations.wishes import choose_address
from pingyi.organizations.enums import OrganizationKind
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.register import operations as register_
from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.sending import accept, submit, waive
from pingyi.rosters.operations import apply_roster, upload_roster
from tests.appraisals.conftest import FIGURES
from tests.cast import FOUNDED, PASSWORD, TODAY, Register, user_with
from tests.returns.desk import FOOT, Words
from tests.rosters.workbook import workbook

CUT_OFF = date(2011, 5, 31)


def enlarge(
    register: Register, first_round: Round, people: dict[str, User], appraise: Any, now: datetime
) -> dict[str, str]:
    """Everything that is missing for the deeds; who comes second is an account of the same role.

    Gives the pages of the deeds that only some of their kind allow.
    """
    plain = {"by": None, "now": now}
    for role, place in (("office", register.county), ("clerk", register.t1)):
        second = user_with(f"{role}-2", Role(role), place, now)
        # The first office has one already.
        choose_address(address=f"{role}@b.example", is_wanted=True, by=second, now=now)
    start_one_time_code(by=people["member"], now=now)
    school = first_round.campaign.units.get(code="T1-2")
    newcomer = register_.add_person(name="郝新来", **plain)
    add_participant(
        campaign=first_round.campaign, person=newcomer, unit=school, standing="full",
        reason="漏报补列", **plain,
    )  # fmt: skip
    more = replace(FIGURES, collected=FIGURES.issued + 1)
    appraise(school, more)
    return {
        **_accounts(register, plain),
        **_register(register, plain),
        **_campaigns(register, plain),
        **_imports(register, plain),
        **_returns(first_round, plain),
        **_put_right(school, plain),
        "appraisals:void-count": reverse(
            "appraisals:count", args=["cx2011", "first", "T1-2", "annex4"]
        ),
        "campaigns:add-unit": reverse("campaigns:add-unit", args=["cx2011"]) + "?q=清泉",
        "campaigns:add-person": reverse("campaigns:add-person", args=["cx2011"]) + "?q=何",
    }


def _put_right(school: Unit, plain: dict[str, Any]) -> dict[str, str]:
    """Of the opinions about the school one is taken up, one set aside; one is set aside already,
    which is undone.
    """
    appraisal = school.appraisals.get()
    first, second, third = (
        add_opinion(appraisal=appraisal, text=text, **plain)
        for text in ("操场失修", "很好", "没有意见")
    )
    item = register_item(unit=school, problem="操场失修", **plain)
    [source] = set_aside(said=[third], reason="没有提出问题", **plain)
    return {
        "rectification:register": f"/rectification/cx2011/register/?opinion={first.pk}",
        "rectification:aside": f"/rectification/cx2011/aside/?opinion={second.pk}",
        "rectification:assign-many": f"/rectification/cx2011/assign/?item={item.pk}",
        "rectification:undo": f"/rectification/cx2011/merge/?undo={source.pk}",
    }


def _returns(first_round: Round, plain: dict[str, Any]) -> dict[str, str]:
    """One township has a table in each state, the other one that is waived."""
    units = {unit.code: unit for unit in first_round.campaign.units.all()}
    town = {"round_": first_round, "unit": units["T1"], **plain}
    for table in ("annex2", "annex3"):
        seal(table=table, filled_on=TODAY, foot=FOOT, words=Words(), **town)
    submit(table="annex2", **town)
    amended = {**town, "table": "annex1"}
    submit(**amended)
    accept(**amended)
    seal(filled_on=TODAY, foot=FOOT, words=Words(), cause="漏报一名转出党员，现予更正", **amended)
    other = {"round_": first_round, "unit": units["T2"], "table": "annex2", **plain}
    waive(reason="该镇本轮并入邻镇一并填报", **other)
    board = reverse("returns:units", args=["cx2011", "first"])
    open_, sent, sealed, waived = (
        f"{board}{place}" for place in ("T1/", "T1/?table=annex2", "T1/?table=annex3",
        "T2/?table=annex2")
    )  # fmt: skip
    return {
        "returns:seal": f"{open_}tables/annex1/seal/",
        "returns:stamped": f"{open_}tables/annex3/versions/1/stamped/",
        "returns:correct": f"{open_}heads/annex1.total.township_leader/correct/",
        "returns:submit": sealed,
        "returns:withdraw": sent,
        "returns:accept": sent,
        "returns:send-back": f"{open_}tables/annex2/send-back/",
        "returns:accept-many": f"{board}-/accept/",
        "returns:extend": f"{board}T2/tables/annex1/extend/",
        "returns:waive": f"{board}T2/tables/annex1/waive/",
        "returns:claim": waived,
        "returns:drop": f"{open_}?table=annex1",
    }


def _accounts(register: Register, plain: dict[str, Any]) -> dict[str, str]:
    def account(name: str, **more: Any) -> User:
        return create_account(
            username=name, name=name, password=PASSWORD, role=Role.INSPECTOR,
            organization=register.t1, **more, **plain,
        )  # fmt: skip

    deactivate(user=account("gone"), **plain)
    make_first_code(user=account("waits"), **plain)
    with_codes = account("codes")
    device = start_one_time_code(by=with_codes, now=plain["now"])
    confirm_one_time_code(code=f"{totp(device.bin_key):06d}", by=with_codes, now=plain["now"])
    nobody = account("nobody-yet")
    office = User.objects.get(username="office")
    grant_role(user=nobody, role=Role.OFFICE, organization=register.t1, by=office, now=plain["now"])
    return {
        "accounts:link-person": reverse("accounts:detail", args=[nobody.pk]) + "?person_name=赵",
        "accounts:withdraw-proposal": reverse("accounts:detail", args=[nobody.pk]),
        "accounts:create-many": reverse("accounts:create-many") + "?role=member&organization=T1",
    }


def _register(register: Register, plain: dict[str, Any]) -> dict[str, str]:
    empty = register_.create_organization(
        code="T1-4", name="清泉村党支部", kind=OrganizationKind.BRANCH, level="grassroots",
        sector="rural", parent=register.t1, on=FOUNDED, **plain,
    )  # fmt: skip
    second = register_.add_secondary_affiliation(
        organization=empty, parent=register.t2, on=FOUNDED, **plain
    )
    register_.add_person(name="何无归", **plain)
    left = register.people["school_member"]
    register_.end_membership(person=left, on=TODAY, reason="died", **plain)
    twice, again = (
        register_.register_member(
            organization=register.school, name=name, on=FOUNDED, **plain
        ).person
        for name in ("何晓东", "何小东")
    )
    third = register_.register_member(
        organization=register.school, name="何小冬", on=FOUNDED, **plain
    ).person  # fmt: skip
    register_.merge_people(kept=twice, other=third, taking=(), reason="重复登记", **plain)
    village, probationer = register.village.pk, register.people["village_probationer"].pk

    def page(name: str, pk: int, query: str = "") -> tuple[str, str]:
        return f"register:{name}", reverse(f"register:{name}", args=[pk]) + query

    return dict(
        [
            page("close", empty.pk),
            page("end-affiliation", second.pk),
            page("change-standing", probationer),
            page("transfer", probationer, "?q=中学"),
            page("admit", left.pk, "?q=柳湾"),
            page("appoint", village, "?q=张"),
            page("put-in-charge", village, "?q=张"),
            ("register:merge-people", reverse("register:merge-people", args=[twice.pk, again.pk])),
            page("separate-people", third.pk),
        ]
    )


def _campaigns(register: Register, plain: dict[str, Any]) -> dict[str, str]:
    """One whose round can be opened, one that can be cancelled, one whose round can be closed, one
    that can be closed.
    """

    def opened(code: str) -> Campaign:
        return campaigns.open_campaign(
            code=code, name=f"活动{code}", pack_code="minzhu-pingyi", root=register.county,
            cut_off_on=CUT_OFF, **plain,
        )  # fmt: skip

    def without_gaps(campaign: Campaign) -> Round:
        round_ = campaigns.open_round(round_=campaign.rounds.get(), **plain)
        exempt_many(round_=round_, gaps=list(gaps_of(round_)), reason="全部另行安排", **plain)
        return round_

    opened("planned")
    opened("mistaken")
    without_gaps(opened("explained"))
    close_round(round_=without_gaps(opened("over")), **plain)
    return {
        "campaigns:cancel": reverse("campaigns:cancel", args=["mistaken"]),
        "campaigns:close-round": reverse("campaigns:campaign", args=["explained"]),
        "campaigns:reopen-round": reverse("campaigns:reopen-round", args=["over", "year"]),
        "campaigns:remove-unit": reverse("campaigns:remove-unit", args=["planned", "T1-4"]),
    }


def _imports(register: Register, plain: dict[str, Any]) -> dict[str, str]:
    """One that can be undone, then one that can be applied, a list with its own headings, and one
    that names an organization nobody knows.
    """

    def upload(code: str, content: bytes | None = None, **more: Any) -> Any:
        row = [code, f"{code}党支部", "党支部", "基层", "农村", "T1", "2011-01-01"]
        return upload_roster(
            content=content or workbook({"党组织": [row]}),
            filename=f"{code}.xlsx" if content is None else f"{code}.csv",
            scope=register.t1, effective_on=date(2011, 6, 1), **more, **plain,
        )  # fmt: skip

    applied = upload("T1-81")
    applied.refresh_from_db()
    apply_roster(roster_import=applied, **plain)
    upload("T1-82")
    listed = upload("T1-83", "村编码,村名称\nT1-83,新村党支部\n".encode())
    members = "姓名,性别,入党时间,所在党支部\n王一,男,2001-07,东河村党支部\n"
    near = "姓名,性别,入党时间,所在党支部\n张晓芳,,2001-07,柳湾村党支部\n".encode()
    alike = upload("T1-85", near)
    asked = upload("T1-84", members.encode())
    posts = "姓名,性别,所在党支部,备注\n张小芳,女,柳湾村党支部,组织委员\n"
    remarked = upload("T1-86", posts.encode())
    return {
        "rosters:columns": reverse("rosters:columns", args=[listed.pk, "levels"]),
        "rosters:places": reverse("rosters:places", args=[asked.pk]),
        "rosters:people": reverse("rosters:people", args=[alike.pk]),
        "rosters:posts": reverse("rosters:preview", args=[remarked.pk]),
    }
