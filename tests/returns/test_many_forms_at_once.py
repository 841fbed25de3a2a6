"""Many forms handed in together: each has its own receipt, and one that is wrong stops no other."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pingyi.accounts.models import User
from pingyi.campaigns.models import Unit
from pingyi.core.unfinished import LONG_WORK
from pingyi.returns.enums import BatchState
from pingyi.returns.models import Batch, Intake
from pingyi.returns.operations import many
from pingyi.returns.operations.many import hand_in_many, take_up
from pingyi.returns.permissions import why_not_hand_in_many
from pingyi.returns.tasks import give_up, take_in_many
from tests.at_once import refused
from tests.returns.desk import RURAL, Desk, county, town
from tests.returns.filling import filled, form_for

__all__ = ["county", "town"]
HERE = "/tables/cx2011/first/-/many/"


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def forms(town: Desk, county: Desk, units: dict[str, Unit]) -> list[tuple[str, bytes]]:
    """One of each township, the second with an error; and what is no form."""
    other = Desk(county.round, units["T2"], county.now, None)
    return [
        ("青石镇.xlsx", filled(town)),
        (r"表\白水镇.xlsx", filled(other, {RURAL: "2000万"})),
        ("说明.xlsx", b"no workbook"),
    ]


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files:
            archive.writestr(name.replace("\\", "/"), content)
    return made.getvalue()


Handed = Callable[..., Batch]


@pytest.fixture
def handed(county: Desk, django_capture_on_commit_callbacks: Any) -> Handed:
    """Files handed in by the office, and read."""

    def made(files: list[tuple[str, bytes]], desk: Desk = county) -> Batch:
        assert desk.by is not None
        with django_capture_on_commit_callbacks(execute=True):
            batch = hand_in_many(round_=desk.round, files=files, by=desk.by, now=desk.now)
        batch.refresh_from_db()
        return batch

    return made


def told(batch: Batch) -> list[tuple[str, str, str]]:
    """Of each file its name, what became of it, and why it has no receipt."""
    return [
        (each.filename, each.intake.code if each.intake else "", each.problem)
        for each in batch.files.select_related("intake")
    ]


def test_one_that_is_wrong_stops_no_other(
    forms: list[tuple[str, bytes]], handed: Handed, town: Desk
) -> None:
    batch = handed([("一批.zip", zipped(forms[:2])), forms[2]])
    assert batch.state == BatchState.DONE
    assert told(batch) == [
        ("青石镇.xlsx", "submitted", ""),
        ("白水镇.xlsx", "no_number", ""),
        ("说明.xlsx", "not_a_workbook", ""),
    ]
    assert town.state() == "submitted"
    assert not batch.files.filter(content__isnull=False).exists()
    assert Intake.objects.get(state="submitted").is_handed_in
    # Again: the same receipts, and said so.
    again = handed(forms)
    assert [each.is_again for each in again.files.all()] == [True, False, False]
    assert Intake.objects.count() == 3


def test_whose_form_is_not_theirs_is_refused_by_itself(
    forms: list[tuple[str, bytes]], handed: Handed, town: Desk
) -> None:
    batch = handed([*forms[1:2], *forms[:1]], town)
    assert [code for _name, code, _problem in told(batch)] == ["unknown_unit", "submitted"]


def test_a_file_without_a_receipt_says_why(handed: Handed) -> None:
    large = b"P" * (4 * 1024 * 1024 + 1)
    ((name, code, problem),) = told(handed([("大.xlsx", large)]))
    assert (name, code) == ("大.xlsx", "")
    assert "4 MB" in problem
    damaged = bytearray(zipped([("甲.xlsx", b"1" * 100)]))
    damaged[40] ^= 0xFF
    assert "加密或损坏" in told(handed([("一批.zip", bytes(damaged))]))[0][2]


def test_too_much_at_once_is_refused_whole(
    county: Desk, settings: Any, monkeypatch: pytest.MonkeyPatch, inspector_user: User
) -> None:
    given: dict[str, Any] = {"round_": county.round, "by": county.by, "now": county.now}
    with refused("no_file"):
        hand_in_many(files=[("一批.zip", zipped([("__MACOSX/x", b"")]))], **given)
    monkeypatch.setattr(many, "MOST_UNPACKED", 1)
    with refused("files_too_large"):
        hand_in_many(files=[("甲.xlsx", b"12")], **given)
    monkeypatch.setattr(many, "MOST_FILES", 1)
    with refused("too_many_files"):
        hand_in_many(files=[("甲.xlsx", b""), ("乙.xlsx", b"")], **given)
    settings.UPLOAD_LIMIT_BYTES = 1
    with refused("files_too_large"):
        hand_in_many(files=[("甲.xlsx", b"12")], **given)
    with refused("not_to_hand_in"):
        hand_in_many(files=[], **given | {"by": inspector_user})
    assert not Batch.objects.exists()
    county.round.campaign.state = "closed"
    assert county.by is not None
    refusal = why_not_hand_in_many(county.by, county.round)
    assert refusal is not None
    assert refusal.code == "campaign_closed"


def test_what_was_broken_off_goes_on_where_it_was(
    forms: list[tuple[str, bytes]], county: Desk, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any, clerk_user: User,
) -> None:  # fmt: skip
    assert county.by is not None
    given: dict[str, Any] = {"by": county.by, "now": county.now}
    batch = hand_in_many(round_=county.round, files=forms, **given)
    work = LONG_WORK[take_in_many.module_path]
    assert list(work.rows()) == [batch]
    taken: list[str] = []
    real = many.take_in

    def breaks(**given: Any) -> Any:
        if taken:
            raise OSError
        taken.append(given["filename"])
        return real(**given)

    monkeypatch.setattr(many, "take_in", breaks)
    with pytest.raises(OSError):  # noqa: PT011  it has no words
        take_in_many.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.files.filter(content__isnull=False).count()) == ("failed", 2)
    monkeypatch.setattr(many, "take_in", real)
    with refused("not_broken_off"):
        take_up(batch=batch, by=clerk_user, now=county.now)
    with django_capture_on_commit_callbacks(execute=True):
        take_up(batch=batch, **given)
        # Pressed twice it is the same work.
        take_up(batch=batch, **given)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert told(batch)[0][1] == "submitted"
    # Nothing is done twice, and nothing where there is nothing.
    take_in_many.func(batch.pk)
    take_in_many.func(0)
    give_up(batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


@pytest.mark.any_database
def test_the_pages(
    client: Client, forms: list[tuple[str, bytes]], county: Desk, town: Desk,
    django_capture_on_commit_callbacks: Any, inspector_user: User, other_clerk_user: User,
) -> None:  # fmt: skip
    assert county.by is not None
    client.force_login(county.by)
    assert HERE in client.get("/tables/cx2011/first/").content.decode()
    assert HERE in client.get("/tables/cx2011/first/T1/intake/").content.decode()
    assert "暂无记录" in client.get(HERE).content.decode()
    assert client.post(HERE, {"seen": ""}).status_code == 422
    files = [SimpleUploadedFile(name, content) for name, content in forms]
    sent = client.post(HERE, {"together": files})
    working = client.get(sent.url).content.decode()
    assert "正在读取填报表" in working
    asked = client.get(f"{sent.url}progress/", headers={"HX-Request": "true"})
    assert "0 / 3" in asked.content.decode()
    assert client.get(f"{sent.url}progress/").url == sent.url
    assert "3 份中有 3 份需要改正" in client.get("/").content.decode()
    take_in_many.func(Batch.objects.get().pk)
    page = client.get(sent.url).content.decode()
    assert "共 3 份，已上报 1 份" in page
    assert "2000万" in page
    assert "有 1 处需要改正" in page
    done = client.get(f"{sent.url}progress/", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert "没有找到该文件" in client.get(f"{sent.url}?q=zzz").content.decode()
    assert sent.url in client.get(HERE).content.decode()
    Batch.objects.update(state="failed")
    assert "已中断" in client.get(sent.url).content.decode()
    assert "继续读取" in client.post(f"{sent.url}again/", follow=True).content.decode()
    # Others have none of it.
    client.force_login(other_clerk_user)
    assert client.get(HERE).status_code == 200
    assert [client.get(sent.url + path).status_code for path in ("", "progress/")] == [404, 404]
    assert client.post(f"{sent.url}again/").status_code == 404
    client.force_login(inspector_user)
    assert client.get(HERE).status_code == 403


def test_one_that_says_what_was_sent_before_is_no_failure(
    forms: list[tuple[str, bytes]], handed: Handed, town: Desk, client: Client
) -> None:
    handed(forms[:1])
    batch = handed([("另存.xlsx", filled(town, form=form_for(town, nonce="1e")))])
    assert told(batch) == [("另存.xlsx", "unchanged", "")]
    client.force_login(batch.sent_by)
    page = client.get(f"{HERE}{batch.pk}/").content.decode()
    assert "无须办理" in page
    assert "需要改正" not in page
