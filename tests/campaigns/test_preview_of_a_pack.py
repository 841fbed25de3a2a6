"""`pingyi campaign packs preview`: the papers of a pack, and a page that leads to them."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.management import call_command

from pingyi.core.refusals import Refusal
from tests.documents_reading import pdf_pages

PACKS = settings.PACK_DIRS[0]
LINK = re.compile(r'href="([^"]+)"')

# Marks of who is judged are said in the words of the register.
pytestmark = pytest.mark.django_db


def previewed(pack: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command("campaign", "packs", "preview", str(pack), "--out", str(out), "--json")
    files: list[str] = json.loads(capsys.readouterr().out)["files"]
    return files


def test_all_papers_are_written_and_the_page_leads_to_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = previewed(PACKS / "chuangxian-2011" / "pack.toml", tmp_path / "new" / "out", capsys)
    out = tmp_path / "new" / "out"
    assert sorted(files) == sorted(path.name for path in out.iterdir())
    page = (out / "index.html").read_text(encoding="utf-8")
    linked = {unquote(link) for link in LINK.findall(page)}
    assert linked == set(files) - {"index.html"}
    assert len([name for name in files if name.endswith(".pdf")]) == 5
    [ballot] = [name for name in files if name.startswith("附件4")]
    assert "联系和服务群众" not in pdf_pages((out / ballot).read_bytes())[0]
    assert "基本评价" in pdf_pages((out / ballot).read_bytes())[0]
    assert "征求意见" in page


def test_each_stratum_that_is_counted_apart_has_its_ballot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = previewed(PACKS / "zhengfeng-hangfeng", tmp_path, capsys)
    marks = {name.partition("（")[2].partition("）")[0] for name in files if name.endswith(".pdf")}
    assert marks == {"服务对象", "上级主管部门", "社会代表"}


def test_it_is_looked_at_again_after_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ganbu-ceping"
    folder.mkdir()
    text = (PACKS / "ganbu-ceping" / "pack.toml").read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    previewed(folder, tmp_path / "out", capsys)
    changed = text.replace('label = "廉"', 'label = "廉洁自律"')
    (folder / "pack.toml").write_text(changed, encoding="utf-8")
    previewed(folder, tmp_path / "out", capsys)
    assert "廉洁自律" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_pack_that_cannot_be_used_is_refused_and_nothing_written(tmp_path: Path) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "pack.toml").write_text('code = "wrong"', encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        call_command("campaign", "packs", "preview", str(folder), "--out", str(tmp_path / "out"))
    assert caught.value.code == "wrong_pack"
    assert caught.value.details
    assert not (tmp_path / "out").exists()


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "out"
    with pytest.raises(Refusal) as caught:
        call_command("campaign", "packs", "preview", str(PACKS / "ganbu-ceping"), "--out", str(out))
    assert caught.value.code == "not_writable"
