"""The pages: list, text, writing, every deed, documents, ledger."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from pingyi.accounts.models import User
from pingyi.appraisals.models import Count
from pingyi.bulletins.models import Bulletin
from pingyi.bulletins.operations import writing
from pingyi.campaigns.models import Round, Unit
from tests.bulletins.conftest import SAID
from tests.documents_reading import pdf_pages, word_file

ROOM = "/bulletins/cx2011/"
Written = Callable[..., Bulletin]
AsUser = Callable[[User], Client]


@pytest.fixture
def as_user(client: Client) -> AsUser:
    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


def page(client: Client, address: str = "", **asked: str) -> str:
    return client.get(f"{ROOM}{address}", asked).content.decode()


def test_whoever_writes_begins_with_a_text_of_the_pack(
    as_user: AsUser, branch_secretary_user: User, counted: Count
) -> None:
    client = as_user(branch_secretary_user)
    assert f"{ROOM}write/first/" in page(client)
    begin = page(client, "write/first/")
    assert "支部评议结果公示" in begin
    assert "第二次点评与评议情况通报" not in begin
    assert "没有找到" in page(client, "write/first/", q="石桥")
    form = page(client, "write/first/T1-1/", **{"from": "appraisal_result"})
    assert "关于柳湾村党支部群众评议结果的公示" in form
    assert "{annex4.overall.satisfaction}" in form
    # What can be named stands beneath, with what it says.
    assert "附件4 对党组织开展创先争优活动的基本评价 · 满意率" in form
    assert "90.0%" in form
    empty = page(client, "write/first/T1-1/")
    assert "关于柳湾村党支部" not in empty
    # Of the other township nothing.
    assert client.get(f"{ROOM}write/first/T2-1/").status_code == 404


def test_a_text_with_its_figures_is_kept_revised_and_read(
    as_user: AsUser, branch_secretary_user: User, counted: Count
) -> None:
    client = as_user(branch_secretary_user)
    said = {
        "kind": "notice",
        "title": "结果公示",
        "text": "收回{annex4.collected}份",
        "scope": "unit",
    }
    refused = client.post(f"{ROOM}write/first/T1-1/", {**said, "text": "共{annex2.total}个"})
    assert refused.status_code == 422
    assert "annex2.total" in refused.content.decode()
    sent = client.post(f"{ROOM}write/first/T1-1/", said)
    bulletin = Bulletin.objects.get()
    here = f"items/{bulletin.pk}/"
    assert sent.url == f"{ROOM}{here}"
    shown = page(client, here)
    assert "收回11份" in shown
    assert "附件4，已签名的计票" in shown
    form = client.get(f"{ROOM}{here}revise/")
    seen = form.context["deed"].edits.version
    client.post(f"{ROOM}{here}revise/", {**said, "title": "评议\r\n结果公示", "seen": seen})
    bulletin.refresh_from_db()
    assert bulletin.title == "评议\n结果公示"


def test_every_deed_has_its_page(
    as_user: AsUser, written: Written, clerk_user: User, member_user: User
) -> None:
    bulletin = written()
    here = f"{ROOM}items/{bulletin.pk}/"

    def do(what: str, **given: str) -> str:
        client = as_user(clerk_user)
        seen = client.get(f"{here}{what}/").context["deed"].edits.version
        client.post(f"{here}{what}/", {**given, "seen": seen})
        bulletin.refresh_from_db()
        return bulletin.state

    assert as_user(member_user).get(here).status_code == 404
    assert do("approve", approver="陈卫东") == "approved"
    assert do("publish") == "published"
    assert "本支部评议已经结束" in as_user(member_user).get(here).content.decode()
    assert do("withdraw", reason="数据有误") == "withdrawn"
    told = as_user(member_user).get(here).content.decode()
    assert "数据有误" in told
    assert "本支部评议已经结束" not in told
    assert as_user(member_user).get(f"{here}document.pdf").status_code == 404
    kept = as_user(clerk_user).get(here).content.decode()
    assert "本支部评议已经结束" in kept
    assert "签发人：陈卫东" in kept
    assert as_user(clerk_user).get(f"{here}burn/").status_code == 404


def test_documents_have_the_official_form(
    as_user: AsUser, written: Written, member_user: User
) -> None:
    bulletin = written(
        "published", agency="柳湾村党支部文件", document_number="柳支〔2011〕1号",
        addressees="全体党员", copies_to="镇党委", text="一、情况\n评议已经结束。",
    )  # fmt: skip
    client = as_user(member_user)
    here = f"{ROOM}items/{bulletin.pk}/document"
    [text] = pdf_pages(client.get(f"{here}.pdf").content)
    for words in (
        "柳湾村党支部文件",
        "柳支〔2011〕1号",
        "全体党员：",
        "抄送：镇党委。",
        "2011年6月1日印发",
    ):
        assert words in text
    titles = [
        paragraph.text for paragraph in word_file(client.get(f"{here}.docx").content).paragraphs
    ]
    assert SAID.title in titles
    assert client.get(f"{here}.odt").status_code == 404


def test_a_draft_says_so_on_every_page(as_user: AsUser, written: Written, clerk_user: User) -> None:
    content = as_user(clerk_user).get(f"{ROOM}items/{written().pk}/document.pdf").content
    assert all("草稿，未签发" in text for text in pdf_pages(content))


@pytest.mark.parametrize(
    ("scope", "unit", "readers"),
    [
        ("unit", "T1-1", {"member", "clerk", "office", "inspector"}),
        ("township", "T1-2", {"member", "clerk", "office", "inspector"}),
        ("unit", "T1-2", {"clerk", "office", "inspector"}),
        ("unit", "T2-1", {"other_clerk", "office", "inspector"}),
        ("county", "T2-1", {"member", "clerk", "office", "other_clerk", "inspector"}),
    ],
)
def test_a_published_bulletin_reaches_exactly_its_scope(
    scope: str, unit: str, readers: set[str], as_user: AsUser, written: Written,
    units: dict[str, Unit], request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    here = f"{ROOM}items/{written('published', units[unit], scope=scope).pk}/"
    everybody = ["member", "clerk", "office", "other_clerk", "inspector"]
    found = {
        role
        for role in everybody
        if as_user(request.getfixturevalue(f"{role}_user")).get(here).status_code == 200
    }
    assert found == readers


def test_an_inspector_sees_no_draft(
    as_user: AsUser, written: Written, inspector_user: User
) -> None:
    draft, published = written(), written("published")
    client = as_user(inspector_user)
    assert client.get(f"{ROOM}items/{draft.pk}/").status_code == 404
    assert f"{ROOM}items/{published.pk}/" in page(client)
    assert "state=draft" not in page(client)


def test_the_list_narrows_and_is_a_file(
    as_user: AsUser, written: Written, office_user: User
) -> None:
    written(title="草稿一")
    written("withdrawn", title="撤回一")
    client = as_user(office_user)
    assert "撤回一" not in page(client, state="draft")
    assert "没有找到" in page(client, state="approved")
    book = load_workbook(BytesIO(client.get(f"{ROOM}ledger.xlsx").getvalue()))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert {"草稿一", "撤回一", "数据有误"} <= set(cells)
    assert client.get(f"{ROOM}ledger.docx").status_code == 404


def test_nothing_was_made_known_yet(as_user: AsUser, member_user: User, campaign: Round) -> None:
    assert "还没有公布" in page(as_user(member_user))


def test_what_waits_stands_on_the_first_page(
    as_user: AsUser, written: Written, clerk_user: User, branch_secretary_user: User,
    member_user: User, office_user: User, first_round: Round, village: Unit, now: datetime,
) -> None:  # fmt: skip
    written(title="待签发")
    written("approved", title="待公布")
    writing.write(round_=first_round, unit=village, said=SAID, by=clerk_user, now=now)
    clerk = as_user(clerk_user).get("/").content.decode()
    assert "签发：待签发" in clerk
    assert f"签发：{SAID.title}" not in clerk
    assert "公布：待公布" in as_user(branch_secretary_user).get("/").content.decode()
    assert f"签发：{SAID.title}" in as_user(office_user).get("/").content.decode()
    assert "待公布" not in as_user(member_user).get("/").content.decode()
