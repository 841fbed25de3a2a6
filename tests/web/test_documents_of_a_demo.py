"""Whatever leaves a demo says on every page that it is invented (issue 2, section 9)."""

import ast
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as word
import openpyxl
import pytest
from django.test import Client
from django.utils import translation

import pingyi
from pingyi.accounts.models import User
from pingyi.accounts.queries import signature
from pingyi.campaigns.models import Round
from pingyi.ledger.enums import LedgerKind
from pingyi.ledger.operations import append
from pingyi.ledger.queries import is_demo, mark_of_fiction
from tests.documents_reading import pdf_pages

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]

TABLES = "/tables/cx2011/first/T1/"
REGISTER = ["/register/organizations.xlsx", "/register/people.xlsx"]
OTHERS = [
    "/campaigns/cx2011/exemptions.xlsx",
    "/campaigns/cx2011/amendments.xlsx",
    "/reviews/cx2011/ledger.xlsx",
    "/reviews/cx2011/ledger.pdf",
    "/appraisals/cx2011/first/ledger.xlsx",
    "/appraisals/cx2011/first/ledger.pdf",
    "/appraisals/cx2011/first/results/annex5.xlsx",
    "/supervision/cx2011/first/supervision.xlsx",
    *(f"{TABLES}document/annex1.{kind}" for kind in ("pdf", "xlsx", "docx")),
    f"{TABLES}document/all.pdf",
]


@pytest.fixture
def demo(db: None, now: datetime) -> None:
    """The first line of the ledger is that of a demo."""
    append(
        kind=LedgerKind.DEMO_BUILT, subject="虚构县", body={}, rows=(), by=signature(None), now=now
    )


def heads(content: bytes) -> list[str]:
    """What stands at the head of each page."""
    if content.startswith(b"%PDF"):
        return pdf_pages(content)
    if b"word/document.xml" in content:
        return [word.Document(BytesIO(content)).sections[0].header.paragraphs[0].text]
    return [openpyxl.load_workbook(BytesIO(content)).worksheets[0]["A1"].value]


def fetched(client: Client, user: User, address: str) -> list[str]:
    client.force_login(user)
    answer: Any = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return heads(content)


@pytest.mark.parametrize("address", [*REGISTER, *OTHERS])
def test_a_document_of_a_demo_says_so_on_every_page(
    demo: None, client: Client, office_user: User, first_round: Round, address: str
) -> None:
    with translation.override("zh-hans"):
        mark = mark_of_fiction()
    assert mark
    assert all(mark in head for head in fetched(client, office_user, address))


@pytest.mark.parametrize("address", [REGISTER[0], *OTHERS[3:4], *OTHERS[-4:]])
def test_a_document_of_a_real_county_carries_no_mark(
    client: Client, office_user: User, first_round: Round, address: str
) -> None:
    assert not is_demo()
    assert mark_of_fiction() == ""
    assert not any("虚构" in str(head) for head in fetched(client, office_user, address))


def test_a_blank_ballot_of_a_demo_is_the_official_form(
    demo: None, client: Client, office_user: User, first_round: Round
) -> None:
    pages = fetched(client, office_user, "/paper/cx2011/first/T1/blank/annex4.pdf")
    assert not any("虚构" in page for page in pages)


def test_no_list_or_table_forgets_the_mark() -> None:
    layouts = {"LedgerTable", "PaperTable"}
    calls = [
        (path.name, node.lineno, {keyword.arg for keyword in node.keywords})
        for room in Path(pingyi.__file__).parent.glob("*/exports*")
        for path in ([room] if room.is_file() else room.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in layouts
    ]
    assert len(calls) > 5
    assert [(name, line) for name, line, given in calls if "mark" not in given] == []
