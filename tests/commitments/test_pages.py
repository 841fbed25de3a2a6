"""The pages: list, own page, wall, its sheets, a list from Excel, every deed, beside a review."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Participant, Round, Unit
from pingyi.commitments.models import Commitment
from pingyi.commitments.rules.lists import day_said, kind_said
from tests.commitments.conftest import DONE, TEXT
from tests.documents_reading import MM, pdf_pages

ROOM = "/commitments/cx2011/"
WALL = f"{ROOM}units/T1-1/"
Promised = Callable[..., Commitment]
AsUser = Callable[[User], Client]
HEAD = ["姓名", "类别", "承诺内容", "完成时限"]


@pytest.fixture
def as_user(client: Client) -> AsUser:
    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


def text_of(answer: Any) -> str:
    return answer.content.decode()


def a_list(*rows: list[Any]) -> SimpleUploadedFile:
    book, file = Workbook(), BytesIO()
    book.active.title = "公开承诺"
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("承诺.xlsx", file.getvalue())


def test_a_member_promises_on_the_own_page(
    as_user: AsUser, member_user: User, campaign: Campaign
) -> None:
    client = as_user(member_user)
    assert "还没有提出承诺" in text_of(client.get(f"{ROOM}mine/"))
    form = text_of(client.get(f"{WALL}propose/"))
    # For oneself alone, not for the branch.
    assert "党组织本身" not in form
    assert "王大山" not in form
    me = Participant.objects.get(person=member_user.person, campaign=campaign)
    said = {"who": str(me.pk), "kind": "deed", "text": TEXT, "due_on": "2099-12-31"}
    client.post(f"{WALL}propose/", said)
    assert TEXT in text_of(client.get(f"{ROOM}mine/"))
    assert TEXT not in text_of(client.get(WALL))
    assert TEXT in text_of(client.get(ROOM))
    assert client.get(f"{ROOM}units/T1-2/propose/").status_code == 404


def test_every_deed_has_its_page(
    as_user: AsUser, promised: Promised, branch_secretary_user: User, member_user: User
) -> None:
    commitment = promised()
    here = f"{ROOM}items/{commitment.pk}/"

    def do(user: User, what: str, **given: str) -> str:
        client = as_user(user)
        seen = client.get(f"{here}{what}/").context["deed"].edits.version
        client.post(f"{here}{what}/", {**given, "seen": seen})
        commitment.refresh_from_db()
        return commitment.state

    assert do(branch_secretary_user, "send_back", reason="写明哪两户") == "sent_back"
    said = {"kind": "deed", "text": "帮扶张家、李家", "due_on": "2099-12-31"}
    assert do(member_user, "revise", **said) == "proposed"
    assert do(branch_secretary_user, "examine") == "examined"
    assert do(branch_secretary_user, "publish") == "published"
    assert "帮扶张家、李家" in text_of(as_user(member_user).get(WALL))
    assert do(member_user, "keep", **DONE) == "kept"
    given = {"fulfilment": "whole", "verdict": "入户查看"}
    assert do(branch_secretary_user, "check", **given) == "checked"
    assert do(branch_secretary_user, "appraise", words="群众满意") == "appraised"
    page = text_of(as_user(member_user).get(here))
    assert DONE["evidence"] in page
    assert "群众满意" in page
    assert client_status(as_user(member_user), f"{here}burn/") == 404
    assert "公开承诺 1 项，已兑现 1 项" in text_of(as_user(member_user).get(WALL))


def client_status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_the_wall_is_printed_in_both_sizes(
    as_user: AsUser, promised: Promised, member_user: User
) -> None:
    promised("published", participant=None, text="承诺" * 900)
    for _number in range(30):
        promised("published")
    client = as_user(member_user)
    assert f"{WALL}wall-a3.pdf" in text_of(client.get(WALL))
    for size, width in (("a4", 210), ("a3", 297)):
        content = client.get(f"{WALL}wall-{size}.pdf").content
        assert pypdfium2.PdfDocument(content)[0].get_width() * MM == pytest.approx(width, abs=0.5)
        pages = pdf_pages(content)
        assert len(pages) > 1
        assert sum(page.count("张小芳") for page in pages) == 30
    assert client.get(f"{WALL}wall-a5.pdf").status_code == 404


def test_a_wall_may_be_empty(as_user: AsUser, clerk_user: User, campaign: Campaign) -> None:
    client = as_user(clerk_user)
    assert "还没有公示的承诺" in text_of(client.get(WALL))
    assert pdf_pages(client.get(f"{WALL}wall-a4.pdf").content)


def test_a_branch_is_taken_over_from_a_list(
    as_user: AsUser, branch_secretary_user: User, campaign: Campaign
) -> None:
    client = as_user(branch_secretary_user)
    rows = (
        ["张 小芳", "岗位", TEXT, "2099年12月31日"],
        [None, None, "修好机耕道三公里", "2099-12-31"],
    )
    sent = client.post(f"{WALL}import/", {"file": a_list(*rows)})
    assert sent.url == f"{ROOM}?state=proposed"
    found = {each.text: each for each in Commitment.objects.all()}
    assert found[TEXT].kind == "post"
    assert found[TEXT].participant.name == "张小芳"
    assert found["修好机耕道三公里"].participant is None
    assert found["修好机耕道三公里"].kind == "common"


def test_every_line_that_cannot_be_taken_over_is_named(
    as_user: AsUser, branch_secretary_user: User, member_user: User, campaign: Campaign
) -> None:
    client = as_user(branch_secretary_user)
    rows = (
        ["张小芳", "岗位", TEXT, "年底"],
        ["无此人", "岗位", TEXT, "2099-12-31"],
        ["张小芳", "唱歌", TEXT, "2099-12-31"],
        ["张小芳", "岗位", TEXT, "2099-12-31"],
    )
    page = text_of(client.post(f"{WALL}import/", {"file": a_list(*rows)}))
    for words in ("第 2 行", "第 3 行", "第 4 行", "无此人", "唱歌"):
        assert words in page
    assert "第 5 行" not in page
    broken = SimpleUploadedFile("承诺.xlsx", b"not a workbook")
    assert client.post(f"{WALL}import/", {"file": broken}).status_code == 422
    assert not Commitment.objects.exists()
    refused = as_user(member_user).post(f"{WALL}import/", {"file": a_list(rows[3])})
    assert refused.status_code == 422
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (date(2011, 12, 31), "2011-12-31"),
        (datetime(2011, 12, 31, 8), "2011-12-31"),
        ("2011-12-31", "2011-12-31"),
        ("2011年6月5日", "2011-06-05"),
        ("2011.13.40", None),
        ("年底", None),
        (None, None),
    ],
)
def test_days_are_read_as_people_write_them(said: Any, day: str | None) -> None:
    found = day_said(said)
    assert (found and found.isoformat()) == day


def test_kinds_are_known_by_their_names() -> None:
    kinds = {"common": "共性承诺", "post": "岗位承诺"}
    assert [kind_said(said, kinds) for said in ("岗位", "", "唱歌")] == ["post", "common", ""]


def test_the_list_narrows_and_is_a_file(
    as_user: AsUser, promised: Promised, clerk_user: User, units: dict[str, Unit]
) -> None:
    promised("appraised", text="修好水渠")
    promised(participant=None, text="建好公开栏")
    promised(unit=units["T2-1"], participant=None, text="别处的事")
    client = as_user(clerk_user)
    page = text_of(client.get(ROOM))
    assert "修好水渠" in page
    assert "别处的事" not in page
    assert "修好水渠" not in text_of(client.get(ROOM, {"state": "proposed"}))
    assert "没有找到" in text_of(client.get(ROOM, {"q": "唱歌"}))
    book = load_workbook(BytesIO(client.get(f"{ROOM}ledger.xlsx").getvalue()))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert {"修好水渠", "建好公开栏"} <= set(cells)
    assert client.get(f"{ROOM}ledger.docx").status_code == 404


def test_the_office_sees_all_and_a_leader_what_was_promised_beside_the_review(
    as_user: AsUser, promised: Promised, office_user: User, branch_secretary_user: User,
    first_round: Round, member: Participant,
) -> None:  # fmt: skip
    promised("published")
    assert TEXT in text_of(as_user(office_user).get(ROOM))
    form = reverse("reviews:review-person", args=["cx2011", "first", member.pk])
    page = text_of(as_user(branch_secretary_user).get(form))
    assert TEXT in page


def test_a_campaign_without_kinds_has_no_such_page(
    as_user: AsUser, office_user: User, yearly: Callable[[str], Round]
) -> None:
    yearly("minzhu-pingyi")
    client = as_user(office_user)
    assert client.get("/commitments/year/").status_code == 404
    assert "/commitments/year/" not in text_of(client.get("/?campaign=year"))
