"""A campaign of each pack is opened, worked and closed, and no link of its pages is dead."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from django.urls import resolve, reverse

from pingyi.accounts.models import User
from pingyi.appraisals import queries as appraising
from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_of, pack_of
from pingyi.campaigns.queries.judged import judged_units
from pingyi.campaigns.queries.packs import PackInfo, known_packs
from pingyi.core.refusals import Refusal
from pingyi.reviews.queries import coverage
from pingyi.reviews.queries.tasks import assignments_of
from pingyi.reviews.queries.texts import plan_of
from tests.cast import Register
from tests.web.working import appraise, review_all

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

PACKS = ("chuangxian-2011", "minzhu-pingyi", "ganbu-ceping")
# A unit that each of them judges.
JUDGED = {"ganbu-ceping": "T1"}
LINK = re.compile(r'href="(/[^"#?]*)')
# Downloads are tried elsewhere; the register and the accounts belong to no pack.
ELSEWHERE = re.compile(r"^/(register|accounts|static|language|sign-)|\.(xlsx|pdf|docx)")
ENOUGH = 3


@pytest.fixture
def opened(register: Register, now: datetime) -> Callable[[str], Round]:
    """The first round of a campaign of a pack, open."""

    def made(pack_code: str) -> Round:
        campaign = campaigns.open_campaign(
            code="any",
            name="某项活动",
            pack_code=pack_code,
            root=register.county,
            cut_off_on=date(2011, 5, 31),
            by=None,
            now=now,
        )
        round_ = campaign.rounds.order_by("position").select_related("campaign")[0]
        campaigns.open_round(round_=round_, by=None, now=now)
        round_.refresh_from_db()
        return round_

    return made


@pytest.mark.parametrize("pack_code", PACKS)
def test_a_campaign_is_opened_worked_and_closed(
    pack_code: str, opened: Callable[[str], Round], now: datetime
) -> None:
    round_ = opened(pack_code)
    with pytest.raises(Refusal) as caught:
        close_round(round_=round_, by=None, now=now)
    assert caught.value.code == "gaps_left"
    if pack_of(round_.campaign).review is not None:
        review_all(round_, now)
    for unit in judged_units(round_.campaign):
        appraise(round_, unit, now)
    closed = close_round(round_=round_, by=None, now=now)
    assert closed.state == "closed"


def test_a_vote_may_be_the_first_stage(
    opened: Callable[[str], Round],
    office_user: User,
    client: Client,
    settings: Any,
    tmp_path: Path,
    now: datetime,
) -> None:
    """Nothing is recorded before it: the count itself begins the appraisal."""
    text = (settings.PACK_DIRS[0] / "ganbu-ceping" / "pack.toml").read_text(encoding="utf-8")
    ballot = next(line for line in text.splitlines(keepends=True) if 'code = "ballot"' in line)
    before, after = text.replace(ballot, "").split("stages = [\n")
    panel = after.index('[[appraisal.flags]]\nkind = "panel"')
    folder = tmp_path / "ganbu-ceping"
    folder.mkdir()
    first = f"{before}stages = [\n{ballot}{after[:panel]}"
    (folder / "pack.toml").write_text(first, encoding="utf-8")
    settings.PACK_DIRS = [tmp_path]
    round_ = opened("ganbu-ceping")
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    unit = judged_units(round_.campaign)[0]
    where = ["any", round_.code, unit.code]
    page = reverse("appraisals:unit", args=where)
    address = reverse("appraisals:count", args=[*where, "cadre_sheet"])
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {}).url == address
    for each in judged_units(round_.campaign):
        appraise(round_, each, now)
    assert close_round(round_=round_, by=None, now=now).state == "closed"


@pytest.mark.parametrize("pack_code", PACKS[1:])
def test_without_reviews_nobody_owes_one(pack_code: str, opened: Callable[[str], Round]) -> None:
    round_ = opened(pack_code)
    assert plan_of(round_.campaign) is None
    assert {gap.duty for gap in gaps_of(round_)} == {"appraisal"}
    assert coverage(round_).by_path == {}
    assert not assignments_of(round_).exists()


def test_whoever_is_not_graded_is_not_missing(opened: Callable[[str], Round]) -> None:
    missing = {gap.subject for gap in gaps_of(opened("minzhu-pingyi"))}
    assert "张小芳" in missing
    assert "刘洋" not in missing  # a probationary member votes and is not graded
    assert "柳湾村党支部" not in missing  # no form is about organizations


def test_a_member_without_a_count_is_missing_beside_their_organization(
    opened: Callable[[str], Round],
) -> None:
    missing = {gap.subject for gap in gaps_of(opened("chuangxian-2011")) if gap.duty == "appraisal"}
    assert {"柳湾村党支部", "刘洋"} <= missing


def kind_of(address: str) -> str:
    """The page and the round: of many units or people a few stand for all."""
    match = resolve(address)
    return f"{match.view_name} {match.kwargs.get('round_code', '')}"


@pytest.mark.parametrize("role", ["office", "clerk", "branch_secretary"])
@pytest.mark.parametrize("pack_code", PACKS)
def test_no_link_leads_nowhere(
    pack_code: str,
    role: str,
    opened: Callable[[str], Round],
    client: Client,
    request: pytest.FixtureRequest,
) -> None:
    user: User = request.getfixturevalue(f"{role}_user")
    opened(pack_code)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    seen: Counter[str] = Counter()
    dead, waiting = {}, ["/"]
    while waiting:
        address = waiting.pop(0)
        if ELSEWHERE.search(address):
            continue
        kind = kind_of(address)
        seen[kind] += 1
        if seen[kind] > ENOUGH:
            continue
        answer = client.get(address)
        if answer.status_code not in (200, 302):
            dead[address] = answer.status_code
        if answer.get("Content-Type", "").startswith("text/html"):
            waiting += LINK.findall(answer.content.decode())
    assert dead == {}
    needed = {"web:home", "web:unit"}
    if not (role == "branch_secretary" and pack_code in JUDGED):
        needed.add("appraisals:unit")
    assert needed <= {kind.split()[0] for kind in seen}


def test_where_nothing_is_reviewed_the_unit_with_fewest_counts_comes_first(
    opened: Callable[[str], Round], office_user: User, client: Client, now: datetime
) -> None:
    round_ = opened("minzhu-pingyi")
    appraise(round_, round_.campaign.units.get(code="T2-1"), now)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/supervision/any/year/").content.decode()
    assert page.index("中共青石镇委员会") < page.index("中共白水镇委员会")
    home = client.get("/").content.decode()
    assert "已计票" in home
    units = round_.campaign.units.filter(code__in=["X", "T2", "T1-1"]).order_by("path")
    below = appraising.progress_below(round_, units)
    assert [(below[unit.pk].counted, below[unit.pk].missing) for unit in units] == [
        (1, 3), (0, 1), (1, 0),
    ]  # fmt: skip
    assert "点评" not in page[page.index("<main") :]


@pytest.mark.parametrize("code", PACKS)
def test_blank_ballots_are_found_beside_the_stages(
    code: str,
    opened: Callable[[str], Round],
    clerk_user: User,
    member_user: User,
    client: Client,
) -> None:
    round_ = opened(code)
    forms = appraising.ballot_boxes(round_)
    found = {}
    for user in (clerk_user, member_user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        unit = JUDGED.get(code, "T1-1")
        page = client.get(f"/units/any/{round_.code}/{unit}/").content.decode()
        found[user.username] = re.findall(r'href="(/paper/[^"]*\.pdf)"', page)
    assert found["member"] == []
    assert len(found["clerk"]) == len(forms) > 0
    client.force_login(clerk_user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(found["clerk"][0]).content.startswith(b"%PDF")


def test_the_supervision_workbook_has_the_columns_of_the_pack(
    opened: Callable[[str], Round], office_user: User, client: Client
) -> None:
    opened("minzhu-pingyi")
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/supervision/any/year/supervision.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "已计票" in cells
    assert not any("点评" in cell for cell in cells)


@pytest.mark.parametrize(
    ("pack_code", "name", "english"),
    [
        ("chuangxian-2011", "群众评议", "Mass appraisal"),
        ("minzhu-pingyi", "民主评议", "Democratic appraisal"),
        ("ganbu-ceping", "民主测评", "Democratic assessment"),
    ],
)
def test_pages_and_files_have_the_word_of_the_pack(
    pack_code: str, name: str, english: str,
    opened: Callable[[str], Round], office_user: User, client: Client,
) -> None:  # fmt: skip
    round_ = opened(pack_code)
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    for language, word in (("zh-hans", name), ("en", english)):
        client.cookies["django_language"] = language
        for page in ("appraisals:units", "campaigns:gaps", "web:glance"):
            address = reverse(page, args=["any", round_.code])
            text = client.get(address).content.decode()
            assert word in text, (page, language)
            assert "群众评议" not in text or name == "群众评议", (page, language)
    answer = client.get(reverse("appraisals:ledger", args=["any", round_.code, "xlsx"]))
    assert quote(english) in answer["Content-Disposition"]


def test_stages_and_flags_have_words_in_english(
    opened: Callable[[str], Round], office_user: User, client: Client, now: datetime
) -> None:
    round_ = opened("ganbu-ceping")
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    appraise(round_, round_.campaign.units.get(code="T2"), now, best=3)
    where = ["any", "year", "T2"]
    for language, words in (
        ("zh-hans", ("召开测评会", "不称职率超过三分之一")),
        ("en", ("Assessment meeting", "More than a third incompetent")),
    ):
        client.cookies["django_language"] = language
        addresses = [reverse(f"appraisals:{page}", args=where) for page in ("unit", "result")]
        text = "".join(client.get(address).content.decode() for address in addresses)
        assert all(word in text for word in words), language


@pytest.mark.parametrize("info", known_packs(), ids=lambda info: info.code)
def test_every_shipped_pack_is_said_in_english(info: PackInfo) -> None:
    assert info.pack is not None
    assert info.pack.appraisal is not None
    named = [*info.pack.appraisal.stages, *info.pack.appraisal.flags]
    assert [piece.label for piece in named if not piece.label_en] == []
