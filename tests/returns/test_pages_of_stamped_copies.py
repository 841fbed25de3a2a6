"""The sheet is fetched, stamped, uploaded and fetched again; whoever is outside sees nothing."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from pingyi.accounts.models import User
from pingyi.documents.scans import read_scan
from pingyi.returns import forms
from pingyi.returns.models import StampedCopy, Version
from tests.returns.desk import Desk, county, town
from tests.returns.stamping import kept, ofd, scanned
from tests.returns.test_pages_of_forms import as_user

__all__ = ["county", "town"]
pytestmark = pytest.mark.any_database
UNIT = "/tables/cx2011/first/T1/"
TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
HERE = UNIT + "tables/annex3/versions/1/"


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def version(town: Desk) -> Version:
    return town.sealed()


def posted(user: User | None, content: bytes, name: str = "扫描.jpg", **typed: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return as_user(user).post(HERE + "stamped/", {"file": file, **typed}, follow=True)


def test_there_and_back(town: Desk, county: Desk, version: Version) -> None:
    clerk = as_user(town.by)
    page = clerk.get(UNIT + "?table=annex3").content.decode()
    assert "尚未盖章" in page
    assert "上传已盖章件" in page
    sheet = clerk.get(HERE + "to-be-stamped.pdf")
    assert "%E5%BE%85%E7%9B%96%E7%AB%A0.pdf" in sheet["Content-Disposition"]
    scan = scanned(sheet.content)
    answer = posted(town.by, scan)
    text = answer.content.decode()
    assert "已盖章件已随第 1 版保存" in text
    assert "二维码核对" in text
    assert "此文件先前已上传" in posted(town.by, scan).content.decode()
    # The unit and whoever receives the table see it, and fetch it as it is.
    for user in (town.by, county.by):
        page = as_user(user).get(UNIT + "?table=annex3&version=1").content.decode()
        assert "已盖章" in page
        fetched = as_user(user).get(f"{HERE}stamped/{StampedCopy.objects.get().pk}/")
        assert b"".join(fetched.streaming_content) == scan
        assert "attachment" in fetched["Content-Disposition"]
        assert fetched["Content-Type"] == "image/jpeg"
    versions = clerk.get(UNIT + "tables/annex3/versions/").content.decode()
    assert "已盖章" in versions
    assert read_scan(sheet.content).codes


@pytest.mark.parametrize(
    ("address", "reader"), [(f"{HERE}stamped/", "read_scan"), (f"{UNIT}intake/", "opened")]
)
def test_a_file_is_looked_at_before_the_deed_begins(
    town: Desk, version: Version, monkeypatch: pytest.MonkeyPatch, address: str, reader: str
) -> None:
    """Whoever writes waits for the whole transaction, which a page begins before the deed."""
    looked: list[int] = []
    real = getattr(forms, reader)

    def looking(content: bytes) -> Any:
        looked.append(len(connection.savepoint_ids))
        return real(content)

    monkeypatch.setattr(forms, reader, looking)
    client = as_user(town.by)
    token = TOKEN.search(client.get(address).content.decode())
    assert token is not None
    file = SimpleUploadedFile("件.jpg", b"nothing")
    before = len(connection.savepoint_ids)
    client.post(address, {"file": file, "csrfmiddlewaretoken": token[1]})
    assert looked == [before]


def test_what_is_not_taken_stands_above_the_form(town: Desk, version: Version) -> None:
    answer = posted(town.by, ofd(), "附件3.ofd")
    assert answer.status_code == 422
    assert "识读不出二维码" in answer.content.decode()
    answer = posted(town.by, ofd(), "附件3.ofd", signs=version.digest[:8])
    assert "人工核对编号" in answer.content.decode()
    later = posted(town.by, ofd("B"), "附件3.ofd", signs=version.digest[:8])
    assert "先前的件" in later.content.decode()
    assert "不是 PDF、OFD" in posted(town.by, b"MZ").content.decode()


def test_nobody_else_uploads_and_outside_there_is_nothing(
    town: Desk, county: Desk, version: Version, inspector_user: User, other_clerk_user: User
) -> None:
    copy = kept(town, ofd(), signs=version.digest).copy
    for user in (county.by, inspector_user):
        page = as_user(user).get(HERE + "stamped/").content.decode()
        assert "附件3 盖章.pdf" in page
        assert "enctype" not in page
        assert posted(user, ofd("B"), signs=version.digest).status_code == 422
    paths = ("stamped/", f"stamped/{copy.pk}/", "to-be-stamped.pdf")
    assert [as_user(other_clerk_user).get(HERE + path).status_code for path in paths] == [404] * 3
    assert posted(other_clerk_user, ofd("B"), signs=version.digest).status_code == 404
    assert StampedCopy.objects.count() == 1
    clerk = as_user(town.by)
    assert clerk.get(HERE + "stamped/0/").status_code == 404
    assert clerk.get(HERE.replace("/1/", "/2/") + "stamped/").status_code == 404
