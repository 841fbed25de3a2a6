"""A version is stamped outside and comes back as a file: bound to it, and to no other."""

import json
from hashlib import sha256
from typing import Any

import pytest

from pingyi.campaigns.models import Unit
from pingyi.documents.layouts import PaperTable
from pingyi.documents.pdf import pdf
from pingyi.documents.scans import read_scan
from pingyi.ledger.queries import lines_about
from pingyi.returns.models import StampedCopy, Version
from pingyi.returns.operations.sending import submit
from pingyi.returns.permissions import why_not_keep_stamped
from pingyi.returns.queries.stamped import suffix_of
from pingyi.returns.rules import stamps
from tests.at_once import refused
from tests.returns.desk import Desk, county, town
from tests.returns.stamping import draft, kept, ofd, scanned, sealed_pdf, sheet, without_code

__all__ = ["county", "town"]


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def version(town: Desk) -> Version:
    return town.sealed()


def test_the_number_of_a_sheet_is_read_as_people_type_it() -> None:
    digest = "10ab01cd" + "e" * 56
    assert stamps.number_of(digest) == "10AB-01CD"
    assert stamps.digests_in(["x", stamps.code_of(digest), stamps.CODE + "1G"]) == [digest]
    for typed in ("10AB-01CD", "lOab o1cd", "１０ａｂ０１ｃｄ", "10ab01cdeeee"):
        assert stamps.names(stamps.signs_typed(typed), digest)
    for typed in ("", "10ab01c", "10ab01ce", "10ab01cd第1版"):
        assert not stamps.names(stamps.signs_typed(typed), digest)
    assert stamps.is_draft(["x", f"7:{digest.upper()}"])
    assert not stamps.is_draft([stamps.code_of(digest)])


def test_a_scan_is_bound_by_its_code(town: Desk, version: Version) -> None:
    content = scanned(sheet(town, version))
    made = kept(town, content, filename=r"C:\扫描\附件3.jpg").copy
    assert (made.version, made.kind, made.binding) == (version, "picture", "code")
    assert (made.filename, made.sha256) == ("附件3.jpg", sha256(content).hexdigest())
    assert made.file.read() == content
    assert (made.uploaded_at, made.uploaded_by) == (town.now, town.by)
    assert suffix_of(made) == "jpg"
    line = lines_about("T1 first annex3").first()
    assert line is not None
    assert line.kind == "return.stamped"
    assert json.loads(line.body.content)["sha256"] == made.sha256


def test_the_same_file_is_the_same_row_and_another_one_is_added(
    town: Desk, version: Version
) -> None:
    pdf = sealed_pdf(sheet(town, version))
    first = kept(town, pdf)
    again = kept(town, pdf, number=1)
    assert (again.copy, again.is_again) == (first.copy, True)
    later = kept(town, scanned(pdf)).copy
    assert [each.pk for each in version.stamped.all()] == [later.pk, first.copy.pk]
    assert first.copy.file.read() == pdf


def test_what_belongs_to_another_version_is_refused_by_name(
    town: Desk, version: Version, units: dict[str, Unit]
) -> None:
    old = sheet(town, version)
    second = town.sealed()
    with refused("of_another_version") as found:
        kept(town, old)
    assert "青石镇委员会附件3第 1 版（第一次）" in str(found.value)
    assert "附件3" in str(found.value)
    # By its hash, where it has no code.
    kept(town, ofd(), number=1, signs=version.digest[:8])
    with refused("of_another_version"):
        kept(town, ofd(), signs=second.digest[:8])
    # By the number that was typed, among the versions of the unit alone.
    with refused("of_another_version"):
        kept(town, without_code(), signs=stamps.number_of(version.digest))
    other = Desk(town.round, units["T2"], town.now, None)
    foreign = other.sealed()
    with refused("other_signs"):
        kept(town, without_code(), signs=foreign.digest[:8])
    with refused("of_another_version"):
        kept(town, sheet(other, foreign))
    assert StampedCopy.objects.count() == 1


def test_without_a_code_its_number_is_typed(town: Desk, version: Version) -> None:
    with refused("signs_missing"):
        kept(town, ofd())
    with refused("other_signs") as found:
        kept(town, ofd(), signs="12345678")
    assert stamps.number_of(version.digest) in str(found.value)
    made = kept(town, ofd(), signs=stamps.number_of(version.digest)).copy
    assert (made.kind, made.binding, suffix_of(made)) == ("ofd", "hand", "ofd")
    unnamed = kept(town, without_code("grey"), filename="盖章", signs=version.digest).copy
    assert (unnamed.binding, suffix_of(unnamed)) == ("hand", "jpg")


def test_the_sheet_itself_is_no_stamped_copy(town: Desk, version: Version) -> None:
    with refused("not_stamped") as found:
        kept(town, sheet(town, version))
    assert "文件中看不到印章" in str(found.value)
    # Nor is any other that shows no code and nothing else.
    with refused("not_stamped"):
        kept(town, pdf(PaperTable(title="统计表", blocks=())), signs=version.digest[:8])
    assert not StampedCopy.objects.exists()


def test_what_is_no_version_of_here_is_refused(
    town: Desk, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refused("a_draft"):
        kept(town, draft(town))
    monkeypatch.setattr(version, "digest", "f" * 64)
    with refused("of_no_version_here"):
        kept(town, sheet(town, version))
    with refused("no_such_version"):
        kept(town, ofd(), number=2)
    with refused("no_such_version"):
        kept(town, ofd(), number=99_999)
    with refused("no_such_version"):
        kept(town, ofd(), table="annex2")
    with refused("no_scan"):
        kept(town, b"PK")


def test_only_the_unit_itself_uploads_and_while_the_campaign_is_open(
    town: Desk, county: Desk, version: Version
) -> None:
    with refused("not_the_sender"):
        kept(county, sheet(town, version))
    # Sent up or not.
    submit(round_=town.round, unit=town.unit, table="annex3", by=town.by, now=town.now)
    kept(town, sealed_pdf(sheet(town, version)))
    closed = Unit.objects.select_related("campaign").get(pk=town.unit.pk)
    closed.campaign.state = "closed"
    refusal = why_not_keep_stamped(town.by, closed)
    assert refusal is not None
    assert refusal.code == "campaign_closed"


def test_the_sheet_to_be_stamped_bears_its_number(town: Desk, version: Version) -> None:
    from pypdfium2 import PdfDocument

    pdf = sheet(town, version)
    text = PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert stamps.number_of(version.digest) in text
    assert read_scan(pdf).codes == (stamps.code_of(version.digest),)
