"""What an import does that its sender may not think of stands beside the button that applies it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.rosters.forms.upload import UploadForm
from pingyi.rosters.queries.messages import HEEDED, HEEDED_SHOWN, TOLD, heeded, issue_lines
from pingyi.rosters.queries.sentences import SENTENCES
from tests.cast import Register
from tests.documents.incoming import excel
from tests.rosters.conftest import Door

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def note(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params}


def test_each_of_them_is_a_remark_with_a_sentence() -> None:
    assert SENTENCES.keys() >= HEEDED | TOLD
    assert not HEEDED & TOLD


def test_the_first_few_are_shown_and_the_others_counted() -> None:
    many = [note("sheet_hidden")] * (HEEDED_SHOWN + 2) + [note("column_ignored")]
    lines, more = heeded(many)
    assert (len(lines), more) == (HEEDED_SHOWN, 2)
    assert heeded(many[-1:]) == ([], 0)


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("standing_assumed", "王一、李二等 30 人"),
        ("begins_with_import", "王一、李二等 30 个党组织"),
    ],
)
def test_a_list_of_names_that_is_cut_says_how_many_there_are(code: str, end: str) -> None:
    cut = note(code, count=30, names=["王一", "李二"], day="2011-06-01")
    assert issue_lines([cut])[0].sentence.endswith(end)
    whole = note(code, count=2, names=["王一", "李二"], day="2011-06-01")
    assert issue_lines([whole])[0].sentence.endswith("王一、李二")


def test_they_stand_on_whichever_tab_is_open(
    client: Client, office_user: User, register: Register, preview: Door
) -> None:
    rows = [["林新", "女", register.village.name, "支部书记"]]
    made = preview(
        excel({"名单": [["姓名", "性别", "所在党支部", "备注"], *rows]}),
        scope=register.county,
        by=office_user,
    )
    assert made.errors == []
    client.force_login(office_user)
    page = client.get(reverse("rosters:preview", args=[made.pk]), {"tab": "add"})
    shown = page.content.decode()
    to_do, told = shown.index("请核对，需要时先处理"), shown.index("读取说明，不需要处理")
    assert to_do < shown.index("林新 支部书记") < told


def test_the_first_import_asks_nothing_that_only_a_later_one_can_mean(
    client: Client, office_user: User, register: Register, db: None
) -> None:
    client.force_login(office_user)
    page = client.get(reverse("rosters:list")).content.decode()
    assert 'name="complete"' in page
    form = UploadForm(scopes=[], today=date(2011, 6, 1), is_first=True)
    assert [field.name for field in form.visible_fields()] == ["file", "scope", "shown_only"]
    assert form["effective_on"].value() == date(2011, 6, 1)
