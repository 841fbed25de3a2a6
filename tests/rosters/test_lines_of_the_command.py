"""The command line tells every change, not only how many there are."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, saved, small_roster

pytestmark = pytest.mark.django_db


def command(*words: object) -> str:
    out = io.StringIO()
    with override("en"):
        call_command("import", "roster", *map(str, words), stdout=out)
    return out.getvalue()


def changed() -> Sheets:
    """One addition, a change of an organization and of a membership, an ending."""
    file = small_roster()
    file["党组织"][1][1] = "东边村党支部"
    file["党员"][1][5] = "正式党员"
    file["党员"].append(["孙五", None, "女", None, "A2", "正式党员", "2009-07-01"])
    file["分工"].pop()
    return file


def test_a_preview_tells_every_change(apply: Door, tmp_path: Path) -> None:
    apply(small_roster())
    path = saved(tmp_path / "r.xlsx", changed())
    lines = command(path, "--preview", "--complete", "--effective", "2011-09-01").splitlines()
    assert lines[:3] == [
        "Addition: Person 1",
        (
            "  Person 孙五: name: 孙五, gender: Female, organization: A2, standing: Full member, "
            "from: 2009-07-01, joined the Party on: 2009-07-01"
        ),
        "Change: Membership 1, Organization 1",
    ]
    assert "  Organization 东边村党支部 (A1): name: 东村党支部 → name: 东边村党支部" in lines
    membership = next(line for line in lines if line.startswith("  Membership 李二"))
    assert "Probationary member" in membership.split(" → ")[0]
    assert "Full member" in membership.split(" → ")[1]
    ending = lines[lines.index("Ending: Charge 1") + 1]
    assert ending.startswith("  Charge 赵四: organization: A2")


def test_the_data_has_every_change_by_kind(apply: Door, tmp_path: Path) -> None:
    apply(small_roster())
    path = saved(tmp_path / "r.xlsx", changed())
    order = [path, "--complete", "--effective", "2011-09-01", "--json"]
    answer = json.loads(command(*order, "--preview"))
    assert answer["counts"]["add"] == {"person": 1}
    changes = answer["changes"]
    assert {kind: len(changes[kind]) for kind in changes} == {"add": 1, "change": 2, "end": 1}
    (renamed,) = (line for line in changes["change"] if line["model"] == "organization")
    assert renamed == {
        "model": "organization",
        "label": "东边村党支部 (A1)",
        "sheet": "党组织",
        "row": 3,
        "from": {"name": "东村党支部"},
        "to": {"name": "东边村党支部"},
    }
    (full,) = (line for line in changes["change"] if line["model"] == "membership")
    assert full["from"] == {
        "organization": "A1",
        "standing": "probationary",
        "valid_from": "2011-06-01",
    }
    assert full["to"] == {"organization": "A1", "standing": "full", "valid_from": "2011-09-01"}
    assert changes["end"][0]["to"] is None
    assert "identity_hash" not in json.dumps(answer)
    assert json.loads(command(*order, "--apply"))["changes"] == changes


def test_a_new_organization_and_an_ended_one_are_told_by_what_people_read(
    apply: Door, tmp_path: Path
) -> None:
    apply(small_roster())
    file = small_roster()
    for sheet in file:
        file[sheet].pop()
    file["党组织"].append(["A3", "北村党支部", "党支部", "基层", "农村", "A", "2009-01-01"])
    path = saved(tmp_path / "r.xlsx", file)
    order = [path, "--preview", "--complete", "--effective", "2011-09-01"]
    lines = command(*order).splitlines()
    assert (
        "  Organization 北村党支部 (A3): name: 北村党支部, kind: Branch, level: Grassroots, "
        "sector: 农村, organization above: A, from: 2009-01-01"
    ) in lines
    assert "  Organization 西村党支部 (A2): from: 2001-01-01" in lines
    changes = json.loads(command(*order, "--json"))["changes"]
    (new,) = (line for line in changes["add"] if line["model"] == "organization")
    assert list(new["to"]) == ["code", "name", "kind", "level", "sector", "parent", "valid_from"]
    (over,) = (line for line in changes["end"] if line["model"] == "organization")
    assert over["from"] == {"code": "A2", "valid_from": "2001-01-01"}


def test_a_refused_file_has_no_changes(tmp_path: Path) -> None:
    file = small_roster()
    file["党员"][0][3] = "2000万"
    out = io.StringIO()
    with pytest.raises(Exception, match="1 error"), override("en"):
        call_command(
            "import",
            "roster",
            str(saved(tmp_path / "r.xlsx", file)),
            "--preview",
            "--json",
            stdout=out,
        )
    assert json.loads(out.getvalue())["changes"] == {"add": [], "change": [], "end": []}
