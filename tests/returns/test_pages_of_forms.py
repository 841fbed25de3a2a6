"""Fetching the form, sending it in, and what the page says became of it."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi.accounts.models import User
from pingyi.documents.form_cells import read_form
from pingyi.returns.models import Intake
from tests.returns.desk import RURAL, Desk, county, town
from tests.returns.filling import filled

__all__ = ["county", "town"]
pytestmark = pytest.mark.any_database
HERE = "/tables/cx2011/first/T1/"


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def as_user(user: User | None) -> Client:
    client = Client()
    assert user is not None
    client.force_login(user)
    return client


def posted(client: Client, content: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("统计表.xlsx", content)
    return client.post(HERE + "intake/", {"file": file}, **more)


def test_there_and_back_with_an_error(town: Desk, county: Desk) -> None:
    clerk = as_user(town.by)
    form = clerk.get(HERE + "form.xlsx")
    assert "附件3" in read_form(form.content).sheets
    answer = posted(clerk, filled(town, {RURAL: "2000万"}))
    page = clerk.get(answer.url)
    text = page.content.decode()
    assert "2000万" in text
    assert "请只填数字" in text
    assert "有 1 处需要改正" in text
    marked = clerk.get(f"{answer.url}answer.xlsx")
    assert next(iter(read_form(marked.content).sheets)) == "需要改正"
    assert clerk.get(HERE + "intake/").content.decode().count("统计表.xlsx") == 1
    # Who answers the tables hands it in for the unit.
    answer = posted(as_user(county.by), filled(town))
    text = as_user(county.by).get(answer.url).content.decode()
    assert "填报表已原样定稿并上报" in text
    assert "由上级代为提交" in text
    assert "第 1 版，已上报" in text
    assert town.state() == "submitted"


def test_what_is_no_form_is_answered_on_the_same_page(town: Desk) -> None:
    clerk = as_user(town.by)
    assert "文件是空的" in posted(clerk, b"", follow=True).content.decode()
    large = posted(clerk, b"P" * (4 * 1024 * 1024 + 1))
    assert large.status_code == 422
    assert Intake.objects.count() == 1


def test_nobody_else_sends_it_in_or_finds_it(
    town: Desk, inspector_user: User, other_clerk_user: User
) -> None:
    posted(as_user(town.by), b"")
    there = f"{HERE}intake/{Intake.objects.get().pk}/"
    inspector, stranger = as_user(inspector_user), as_user(other_clerk_user)
    assert posted(inspector, b"").status_code == 403
    assert "再提交一份" not in inspector.get(there).content.decode()
    for path in (there, f"{there}answer.xlsx", HERE + "form.xlsx", HERE + "intake/"):
        assert stranger.get(path).status_code == 404
    assert as_user(town.by).get(f"{HERE}intake/0/").status_code == 404


def test_the_forms_of_all_units_in_one_file(
    town: Desk, county: Desk, monkeypatch: pytest.MonkeyPatch, inspector_user: User
) -> None:
    office = as_user(county.by)
    assert "全部单位的 Excel 填报表" in office.get("/tables/cx2011/first/").content.decode()
    asked = office.get("/tables/cx2011/first/forms.zip")
    assert "全部单位的 Excel 填报表" in asked.content.decode()
    monkeypatch.setattr("pingyi.downloads.rules.MOST_AT_ONCE", {"zip": 9})
    made = office.get("/tables/cx2011/first/forms.zip")
    with zipfile.ZipFile(BytesIO(made.content)) as archive:
        names = archive.namelist()
        assert read_form(archive.read(names[-1])).sheets["_form"].values[6, 2] == "T2"
    assert [name.rpartition("_")[2] for name in names] == ["X.xlsx", "T1.xlsx", "T2.xlsx"]
    clerk = as_user(town.by).get("/tables/cx2011/first/forms.zip")
    with zipfile.ZipFile(BytesIO(clerk.content)) as archive:
        assert len(archive.namelist()) == 1
    assert as_user(inspector_user).get("/tables/cx2011/first/forms.zip").status_code == 404
    assert office.get("/tables/cx2011/ninth/forms.zip").status_code == 404
