"""Files of evidence: kept with their row, seen by few, removed until it is reported."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pingyi.accounts.models import User
from pingyi.documents.cleaned import Cleaned
from pingyi.ledger.models import Entry
from pingyi.rectification import operations
from pingyi.rectification.exports import ledger_table
from pingyi.rectification.models import Evidence, Item
from pingyi.rectification.operations.evidence import keep_evidence, remove_evidence
from pingyi.rectification.rules.evidence import MOST_FILES, is_left_over, shown_name
from tests.at_once import refused
from tests.rectification.conftest import REPORT

ROOM = "/rectification/cx2011/"
ItemIn = Callable[..., Item]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files" / "evidence"


@pytest.fixture
def keep(now: datetime) -> Callable[..., Evidence]:
    def kept(item: Item, content: bytes = b"dots", name: str = "现场.jpg") -> Evidence:
        what = Cleaned("jpeg", content)
        return keep_evidence(item=item, content=what, filename=name, by=None, now=now)

    return kept


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (30, 20), "green").save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("现场照片.jpg", "现场照片"),
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\一.PNG", "一"),
        (".htaccess", ".htaccess"),
        ("a\x00b\u202egpj.exe", "abgpj"),
        ("长" * 90 + ".pdf", "长" * 60),
    ],
)
def test_a_name_has_no_folder_and_no_ending(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_file_without_a_row_is_left_over_after_ten_minutes() -> None:
    assert not is_left_over(written_at=0.0, now=600.0)
    assert is_left_over(written_at=0.0, now=601.0)


def test_a_file_shows_what_was_done_instead_of_words(
    item_in: ItemIn, keep: Callable[..., Evidence], office_user: User, folder: Path, now: datetime
) -> None:
    item = item_in("assigned")
    with refused("evidence_missing"):
        operations.report(item=item, outcome="已清淤", evidence=" ", by=None, now=now)
    made = keep(item)
    assert (made.name, made.size, Path(made.file.path).parent) == ("现场", 4, folder)
    assert Entry.objects.filter(kind="rectification.evidence_kept").count() == 1
    with refused("kept_already"):
        keep(item, name="同一张.jpg")
    operations.report(item=item, outcome="已清淤", evidence="", by=None, now=now)
    closed = operations.close(item=item, verdict="查看现场", by=office_user, now=now)
    [row] = ledger_table(closed.campaign, [closed]).rows
    assert "1 个文件" in row
    with refused("not_now"):
        keep(closed, b"late")


def test_only_the_owner_adds_and_no_more_than_enough(
    item_in: ItemIn, keep: Callable[..., Evidence], inspector_user: User, now: datetime
) -> None:
    item = item_in("assigned")
    with refused("not_the_owner"):
        keep_evidence(
            item=item, content=Cleaned("png", b"x"), filename="x", by=inspector_user, now=now
        )
    Item.objects.filter(pk=item.pk).update(files=MOST_FILES)
    with refused("many_files"):
        keep(item)


def test_what_is_removed_goes_from_the_disk_later(
    item_in: ItemIn, keep: Callable[..., Evidence], folder: Path, now: datetime
) -> None:
    item = item_in("assigned")
    made, other = keep(item), keep(item, b"other")
    assert remove_evidence(evidence=made, by=None, now=now).files == 1
    with refused("gone"):
        remove_evidence(evidence=made, by=None, now=now)
    assert len(list(folder.iterdir())) == 2
    written = datetime.fromtimestamp(Path(other.file.path).stat().st_mtime, tz=now.tzinfo)
    assert operations.clear_away(now=written + timedelta(minutes=1)) == 0
    assert operations.clear_away(now=written + timedelta(hours=1)) == 1
    assert [f"evidence/{path.name}" for path in folder.iterdir()] == [other.file.name]
    assert operations.clear_away(now=written + timedelta(hours=1)) == 0


def test_without_any_file_nothing_is_cleared_away(db: None, now: datetime) -> None:
    assert operations.clear_away(now=now) == 0


@pytest.fixture
def pages(client: Client) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


def test_it_is_uploaded_fetched_and_removed(
    pages: Callable[[User], Client], clerk_user: User, other_clerk_user: User, item_in: ItemIn
) -> None:
    item = item_in("assigned")
    here = f"{ROOM}items/{item.pk}/"
    client = pages(clerk_user)
    assert f"{here}evidence/" in client.get(here).content.decode()
    renamed = SimpleUploadedFile("发票.pdf", b"MZ\x90\x00 executable")
    answer = client.post(f"{here}evidence/", {"file": renamed})
    assert answer.status_code == 422
    assert "不是 JPEG、PNG 或 PDF" in answer.content.decode()
    client.post(f"{here}evidence/", {"file": SimpleUploadedFile("现场.jpg", picture())})
    made = Evidence.objects.get()
    file = f"{here}evidence/{made.pk}/"
    assert file in client.get(here).content.decode()
    answer = client.get(file)
    assert answer.getvalue().startswith(b"\xff\xd8\xff")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert pages(other_clerk_user).get(file).status_code == 404
    assert client.post(f"{file}remove/").status_code == 404
    client = pages(clerk_user)
    client.post(f"{file}remove/")
    assert not Evidence.objects.exists()
    assert client.get(file).status_code == 404


def test_once_reported_nothing_is_added(
    pages: Callable[[User], Client], clerk_user: User, item_in: ItemIn
) -> None:
    item = item_in("reported")
    here = f"{ROOM}items/{item.pk}/"
    assert REPORT["evidence"] in (page := pages(clerk_user).get(here).content.decode())
    assert f"{here}evidence/" not in page
    assert "不能" in pages(clerk_user).get(f"{here}evidence/").content.decode()
