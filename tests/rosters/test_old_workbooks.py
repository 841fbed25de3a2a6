"""Rosters of Excel 97 and of OpenDocument give what the .xlsx gives (issue 2, section 2)."""

import json
from pathlib import Path

import pytest

from pingyi.core.refusals import Refusal
from tests.rosters.old_workbooks import XLS, dated_roster, ods
from tests.rosters.test_lists_and_command import command
from tests.rosters.workbook import saved, small_roster

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", ["xls", "ods"])
FIRST_DAY = ("--effective", "2011-06-01")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """One roster in three formats."""
    found = {kind: tmp_path / f"roster.{kind}" for kind in ("xlsx", "xls", "ods")}
    saved(found["xlsx"], dated_roster())
    found["xls"].write_bytes(XLS.read_bytes())
    found["ods"].write_bytes(ods(dated_roster()))
    return found


def answer(path: Path, mode: str = "--preview") -> dict[str, object]:
    found = json.loads(command(path, mode, *FIRST_DAY, "--json"))
    found.pop("sha256")
    return found


@KINDS
def test_the_preview_is_that_of_the_xlsx(files: dict[str, Path], kind: str) -> None:
    preview = answer(files[kind])
    assert preview == answer(files["xlsx"])
    assert preview["counts"]["add"]["organization"] == 3
    assert preview["errors"] == []


@KINDS
def test_every_value_is_that_of_the_xlsx(files: dict[str, Path], kind: str) -> None:
    """What the .xlsx has written, the other file finds unchanged: names, dates, numbers."""
    answer(files["xlsx"], "--apply")
    assert answer(files[kind])["counts"] == {"add": {}, "change": {}, "end": {}}


@KINDS
def test_a_file_is_known_by_its_content(files: dict[str, Path], kind: str) -> None:
    wrong = files[kind].rename(files[kind].with_name("roster-renamed.xlsx"))
    assert answer(wrong) == answer(files["xlsx"])


def test_a_wrong_cell_of_an_ods_is_named_by_sheet_and_cell(tmp_path: Path) -> None:
    sheets = small_roster()
    sheets["党组织"][1][2] = "协会"
    (tmp_path / "roster.ods").write_bytes(ods(sheets))
    with pytest.raises(Refusal) as refused:
        answer(tmp_path / "roster.ods")
    assert "党组织!C3" in str(refused.value.details[0])
