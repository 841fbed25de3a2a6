"""Lists with headings of their own, and the command line."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Affiliation, Organization, Person
from pingyi.rosters.models import RosterImport
from tests.rosters.conftest import Door
from tests.rosters.workbook import saved, small_roster

pytestmark = pytest.mark.django_db
DIVISIONS = Path(__file__).parents[1] / "fixtures" / "anhua-divisions.csv"


def command(*words: object) -> str:
    out = io.StringIO()
    call_command("import", "roster", *map(str, words), stdout=out)
    return out.getvalue()


def test_the_real_list_comes_in_as_a_tree() -> None:
    command(DIVISIONS, "--apply", "--effective", "2011-01-01")
    assert Organization.objects.filter(level="township").count() == 23
    assert Organization.objects.filter(level="grassroots").count() == 433
    assert Affiliation.objects.count() == 433
    village = Organization.objects.get(code="430923101001")
    assert village.name == "清塘社区"
    assert village.affiliations.get().parent.name == "清塘铺镇"
    assert village.valid_from == date(2011, 1, 1)


def test_the_real_list_twice_changes_nothing() -> None:
    command(DIVISIONS, "--apply")
    answer = json.loads(command(DIVISIONS, "--apply", "--json"))
    assert answer["counts"] == {"add": {}, "change": {}, "end": {}}


def test_a_mapping_file_says_what_the_columns_are(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text(
        json.dumps(
            {
                "levels": [
                    {
                        "code": "village_code",
                        "name": "village",
                        "level": "grassroots",
                        "kind": "general_branch",
                        "sector": "rural",
                    }
                ]
            }
        )
    )
    command(DIVISIONS, "--apply", "--map", tmp_path / "map.json")
    assert Organization.objects.filter(kind="general_branch", sector="rural").count() == 433


@pytest.mark.parametrize(
    "mapping",
    [
        "[]",
        "{",
        '{"levels": []}',
        '{"levels": [{}]}',
        '{"levels": [{"code": "a", "name": "b", "level": "x"}]}',
        '{"levels": [{"code": "a", "name": "b", "level": "county", "kind": "x"}]}',
        '{"sheet": "x"}',
        '{"sheet": "members"}',
        '{"levels": [{"code": "a", "name": "b", "level": "county", "kind": "branch"}]}',
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, mapping: str) -> None:
    (tmp_path / "map.json").write_text(mapping)
    with pytest.raises(Refusal):
        command(DIVISIONS, "--preview", "--map", tmp_path / "map.json")


def test_a_list_of_members_under_other_headings(apply: Door) -> None:
    apply(small_roster())
    content = "支部,名字,类型\nA1,孙五,正式\nA2,周六,预备\n".encode("gb18030")
    columns = {"organization": "支部", "name": "名字", "standing": "类型"}
    apply(content, mapping={"sheet": "members", "columns": columns})
    assert Person.objects.get(name="周六").memberships.get().standing == "probationary"


def test_names_and_places_of_a_list_must_agree(preview: Door) -> None:
    content = "a_code,a,b_code,b\nK1,北乡,K11,一村\nK1,南乡,K11,一村\nK2,东乡,K11,一村\n,,K12,\n"
    made = preview(content.encode())
    assert [error["code"] for error in made.errors] == [
        "two_names",
        "two_parents",
        "required",
        "required",
    ]


def test_a_preview_from_the_command_line_leaves_nothing(tmp_path: Path) -> None:
    answer = command(saved(tmp_path / "r.xlsx", small_roster()), "--preview")
    assert "3" in answer
    assert not Organization.objects.exists()
    assert not RosterImport.objects.exists()


def test_errors_go_to_the_terminal_all_at_once(tmp_path: Path) -> None:
    file = small_roster()
    file["党员"][0][3] = "2000万"
    file["党员"][1][4] = None
    with pytest.raises(Refusal) as refused:
        command(saved(tmp_path / "r.xlsx", file), "--apply", "--json")
    assert len(refused.value.details) == 2
    assert "党员!D2" in str(refused.value.details[0])
    assert not RosterImport.objects.exists()


def test_a_scope_places_the_rows_below_it(tmp_path: Path) -> None:
    path = saved(tmp_path / "r.xlsx", small_roster())
    command(path, "--apply")
    part = {"党组织": [["A9", "新党支部", "党支部", "基层", "农村", None, None]]}
    command(saved(tmp_path / "p.xlsx", part), "--apply", "--scope", "A")
    assert Organization.objects.get(code="A9").affiliations.get().parent.code == "A"
    with pytest.raises(Refusal):
        command(path, "--preview", "--scope", "nowhere")


def test_wrong_use_is_told_apart() -> None:
    with pytest.raises(CommandError):
        command(DIVISIONS)
    with pytest.raises(CommandError):
        command(DIVISIONS, "--preview", "--effective", "tomorrow")
    with pytest.raises(Refusal):
        command("nothing.xlsx", "--preview")
