"""The printed summary of an appraisal has the opinions, and what became of them (N8)."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.test import Client
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from pingyi.accounts.models import User
from pingyi.appraisals.models import Opinion
from pingyi.campaigns.models import Unit
from pingyi.rectification import operations
from pingyi.rectification.models import Item
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.queries.told import put_right
from tests.appraisals.conftest import unit_lines
from tests.rectification.conftest import PLAN, REPORT

SUMMARY = "/appraisals/cx2011/first/T1-1/filled/annex4"
Said = Callable[[Unit, str], Opinion]


def test_it_has_figures_opinions_and_what_was_put_right(
    client: Client, clerk_user: User, prepared: Any, signed: Any, said: Said, village: Unit,
    now: datetime,
) -> None:  # fmt: skip
    appraisal = prepared(village)
    client.force_login(clerk_user)
    assert client.get(f"{SUMMARY}.pdf").status_code == 404
    signed(appraisal, unit_lines())
    assert put_right(appraisal) == []
    ditch, lamp, fine, _waits = (
        said(village, text) for text in ("水渠堵了", "路灯不亮", "很好", "账目不公开")
    )
    who: dict[str, Any] = {"by": None, "now": now}
    item = register_item(unit=village, problem="水渠\n淤塞", said=[ditch], **who)
    operations.assign(item=item, **PLAN, **who)
    operations.report(item=item, **REPORT, **who)
    register_item(unit=village, problem="路灯不亮", said=[lamp], **who)
    set_aside(said=[fine], reason="没有提出问题", **who)
    assert Item.objects.count() == 2
    lines = [
        "第 1 号 水渠 淤塞：待验收。六月二十日清淤完毕",
        "第 2 号 路灯不亮：已挂号",
        "意见共 4 条：已登记 2 条，不需整改 1 条，待登记 1 条。",
    ]
    assert put_right(appraisal) == lines
    sheet = load_workbook(BytesIO(client.get(f"{SUMMARY}.xlsx").content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "意见和建议整改落实情况：\n" + "\n".join(lines) in cells
    assert [cell for cell in cells if isinstance(cell, int)][:4] == [6, 2, 1, 1]
    pages = PdfDocument(client.get(f"{SUMMARY}.pdf").content)
    text = pages[0].get_textpage().get_text_range()
    assert "4. 账目不公开" in text
    assert "第 2 号 路灯不亮" in text
    assert client.get(f"{SUMMARY}.docx").status_code == 404
    assert client.get(SUMMARY.replace("annex4", "annex5") + ".pdf").status_code == 404
