"""Where an import places organizations without a parent code: known ones stay, new ones go below
what is imported into, which on the command line is the only top of the register."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Affiliation, Organization
from tests.cast import Register
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, saved, small_roster

pytestmark = pytest.mark.django_db
NEW: Sheets = {"党组织": [["N", "新镇党委", "党委", "乡镇街道", None, None, "2010-05-01"]]}


def command(*words: object) -> str:
    out = io.StringIO()
    with override("en"):
        call_command("import", "roster", *map(str, words), stdout=out)
    return out.getvalue()


def above(code: str) -> list[str]:
    rows = Affiliation.objects.filter(organization__code=code, valid_to=None)
    return [row.parent.code for row in rows]


def test_the_same_file_by_page_and_by_command_changes_nothing(
    register: Register, apply: Door, tmp_path: Path
) -> None:
    apply(small_roster(), scope="X")
    assert above("A") == ["X"]
    answer = json.loads(command(saved(tmp_path / "r.xlsx", small_roster()), "--apply", "--json"))
    assert answer["counts"] == {"add": {}, "change": {}, "end": {}}
    assert above("A") == ["X"]


def test_a_known_organization_without_a_parent_code_stays_where_it_is(
    register: Register, apply: Door, preview: Door
) -> None:
    apply(small_roster(), scope="X")
    file = small_roster()
    file["党组织"][2][5] = None
    for scope in (None, "X", "A"):
        made = preview(file, scope=scope, effective_on=date(2011, 9, 1))
        assert not made.errors
        assert made.counts["change"] == {}


def test_the_only_top_takes_what_has_no_parent_code(register: Register, tmp_path: Path) -> None:
    command(saved(tmp_path / "n.xlsx", NEW), "--apply")
    assert above("N") == ["X"]


def test_a_complete_file_of_the_only_top_does_not_end_it(
    register: Register, tmp_path: Path
) -> None:
    command(
        saved(tmp_path / "n.xlsx", NEW),
        *("--apply", "--complete", "--really", "--effective", "2012-01-01"),
    )
    left = Organization.objects.filter(valid_to=None).values_list("code", flat=True)
    assert set(left) == {"X", "N"}


def test_another_top_is_made_where_that_is_said(register: Register, tmp_path: Path) -> None:
    command(saved(tmp_path / "n.xlsx", NEW), "--apply", "--top")
    assert above("N") == []


def test_among_several_tops_the_command_asks_which(register: Register, tmp_path: Path) -> None:
    path = saved(tmp_path / "n.xlsx", NEW)
    command(saved(tmp_path / "r.xlsx", small_roster()), "--apply", "--top")
    with pytest.raises(Refusal) as refused:
        command(path, "--apply")
    assert refused.value.code == "several_tops"
    assert [str(detail) for detail in refused.value.details] == [
        "A 甲镇党委",
        "X 中共松山县委员会",
    ]
    assert not Organization.objects.filter(code="N").exists()
    command(path, "--apply", "--scope", "A")
    assert above("N") == ["A"]


def test_several_tops_that_the_file_leaves_alone_are_no_question(
    register: Register, tmp_path: Path
) -> None:
    path = saved(tmp_path / "r.xlsx", small_roster())
    command(path, "--apply", "--top")
    answer = json.loads(command(path, "--apply", "--json"))
    assert answer["counts"] == {"add": {}, "change": {}, "end": {}}


def test_a_file_cannot_place_something_above_what_it_is_imported_into(
    register: Register, preview: Door, tmp_path: Path
) -> None:
    file: Sheets = {
        "党组织": [
            ["Z", "中共某市委员会", "党委", "市州", None, None, "1990-01-01"],
            ["X", "中共松山县委员会", "党委", "县", None, "Z", None],
        ]
    }
    made = preview(file, scope="X")
    assert [(error["cell"], error["code"]) for error in made.errors] == [("F3", "above_the_scope")]
    command(saved(tmp_path / "z.xlsx", file), "--apply", "--top", "--effective", "2011-06-01")
    assert above("X") == ["Z"]
