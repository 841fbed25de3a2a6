"""What a person is warned of before a roster is written, and what has to be confirmed."""

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Membership, Organization
from pingyi.rosters import operations
from pingyi.rosters.models import RosterImport
from pingyi.rosters.queries.snapshot import names
from pingyi.rosters.rules.lists import mapping_fault
from tests.cast import NOW
from tests.rosters.conftest import Door
from tests.rosters.workbook import Sheets, saved, small_roster, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LATER = date(2011, 9, 1)
NOTHING: Sheets = {}


def command(*words: object) -> str:
    out = io.StringIO()
    with override("en"):
        call_command("import", "roster", *map(str, words), stdout=out)
    return out.getvalue()


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [issue["code"] for issue in found]


def note(made: RosterImport, code: str) -> dict[str, Any]:
    return next(issue for issue in made.notes if issue["code"] == code)


def test_a_file_that_ends_most_of_the_register_is_pointed_out(apply: Door, preview: Door) -> None:
    apply(small_roster())
    made = preview(NOTHING, complete=True, effective_on=LATER)
    assert made.errors == []
    assert note(made, "ends_most")["params"] == {
        "organizations": 3,
        "all_organizations": 3,
        "members": 3,
        "all_members": 3,
    }
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "ends_most"
    assert Organization.objects.filter(valid_to=None).count() == 3


def test_it_is_written_when_it_is_confirmed(apply: Door, preview: Door) -> None:
    apply(small_roster())
    made = preview(NOTHING, complete=True, effective_on=LATER)
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert not Organization.objects.filter(valid_to=None).exists()


def test_the_members_alone_are_enough_for_a_question(apply: Door, preview: Door) -> None:
    apply(small_roster())
    file = small_roster()
    del file["党员"][1:]
    del file["分工"]
    made = preview(file, complete=True, effective_on=LATER)
    assert note(made, "ends_most")["params"]["organizations"] == 0
    assert note(made, "ends_most")["params"]["members"] == 2


def test_half_is_not_most_and_below_a_scope_only_its_part_is_counted(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    part = {"党组织": [["A1", "东村党支部", "党支部", "基层", "农村", "A", "2001-01-01"]]}
    part["党员"] = small_roster()["党员"][:2]
    part["职务"] = small_roster()["职务"]
    part["分工"] = small_roster()["分工"][:1]
    made = preview(part, complete=True, effective_on=LATER, scope="A")
    assert made.counts["end"] == {"charge": 1, "membership": 1, "organization": 1}
    assert "ends_most" not in codes(made.notes)


def test_the_command_line_asks_and_takes_really(apply: Door, tmp_path: Path) -> None:
    apply(small_roster())
    file = saved(tmp_path / "empty.xlsx", NOTHING)
    order = [file, "--complete", "--effective", LATER]
    assert "ends 2 of 2 organizations and 3 of 3 members" in command(*order, "--preview")
    with pytest.raises(Refusal) as refused:
        command(*order, "--apply")
    assert "--really" in str(refused.value.details[0])
    assert RosterImport.objects.count() == 1
    command(*order, "--apply", "--really")
    assert not Membership.objects.filter(valid_to=None).exists()


def test_the_page_asks_with_the_numbers(client: Any, register: Any, office_user: Any) -> None:
    client.force_login(office_user)
    made = operations.upload_roster(
        content=workbook(NOTHING),
        filename="empty.xlsx",
        scope=register.county,
        effective_on=LATER,
        complete=True,
        by=office_user,
        now=NOW,
    )
    address = reverse("rosters:preview", args=[made.pk])
    apply_address = reverse("rosters:apply", args=[made.pk])
    with override("en"):
        client.cookies["django_language"] = "en"
        page = client.get(address).text
    organizations = Organization.objects.filter(valid_to=None).count() - 1
    assert f"ends {organizations} of {organizations} organizations" in page
    assert 'data-confirm="' in page
    client.post(apply_address)
    assert Organization.objects.filter(valid_to=None).count() == organizations + 1
    client.post(apply_address, {"really": "yes"})
    assert Organization.objects.filter(valid_to=None).count() == 1


@pytest.mark.parametrize(("column", "cell"), [(3, "D2"), (6, "G2")])
def test_nobody_is_born_or_joins_in_the_future(preview: Door, column: int, cell: str) -> None:
    file = small_roster()
    file["党员"][0][column] = "2099-01-01"
    made = preview(file)
    assert [(issue["cell"], issue["code"]) for issue in made.errors] == [(cell, "in_the_future")]


def test_a_day_after_the_effective_one_is_taken_while_it_has_come(preview: Door) -> None:
    file = small_roster()
    file["党员"][0][6] = NOW.date().isoformat()
    assert preview(file, effective_on=date(2011, 1, 1)).errors == []
    file["党员"][0][6] = "2011-12-01"
    assert preview(file, effective_on=date(2012, 1, 1)).errors == []


def test_members_whom_no_table_counts_are_pointed_out(apply: Door, preview: Door) -> None:
    file = small_roster()
    file["党组织"][1][4] = None
    made = preview(file)
    assert note(made, "members_without_sector")["params"] == {"count": 1, "names": ["东村党支部"]}
    apply(file)
    more = {"党员": [["孙五", None, "女", None, "A1", "正式党员", None]]}
    assert "members_without_sector" in codes(preview(more).notes)
    assert "members_without_sector" not in codes(preview(small_roster()).notes)
    sectors = {"党组织": [file["党组织"][1]]}
    assert "members_without_sector" in codes(preview(sectors).notes)


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("[]", "mapping.no_object"),
        ('{"levels": []}', "mapping.no_levels"),
        ('{"levels": [{"code": ["a"], "name": "b"}]}', "mapping.no_columns"),
        ('{"levels": [{"code": "a", "name": "b", "level": "x"}]}', "mapping.not_offered"),
        (
            '{"levels": [{"code":"a","name":"b","level":"city","kind":"branch","sector":"x"}]}',
            "mapping.not_offered",
        ),
        ('{"sheet": "x"}', "mapping.not_offered"),
        ('{"sheet": []}', "mapping.not_offered"),
        ('{"sheet": "members"}', "mapping.columns_missing"),
        ('{"sheet": "members", "columns": {"name": ["a"]}}', "mapping.columns_missing"),
        (
            '{"sheet": "charges", "columns": {"name": "a", "organization": "b", "since": 1}}',
            "mapping.columns_missing",
        ),
        (
            '{"sheet": "charges", "columns": {"name": "a", "organization": "b", "colour": "d"}}',
            "mapping.not_offered",
        ),
    ],
)
def test_a_wrong_mapping_is_named_in_both_languages(
    tmp_path: Path, mapping: str, code: str
) -> None:
    (tmp_path / "map.json").write_text(mapping, encoding="utf-8")
    (tmp_path / "list.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        command(tmp_path / "list.csv", "--preview", "--map", tmp_path / "map.json")
    assert refused.value.code == code
    assert str(tmp_path / "map.json") in str(refused.value)


def test_the_mappings_of_the_documentation_are_right() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
    examples = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 2
    sectors = names().sectors.values()
    assert [mapping_fault(json.loads(example), sectors) for example in examples] == [None, None]


def test_a_mapping_file_that_is_not_there_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"There is no file .*nowhere\.json") as refused:
        command(tmp_path / "list.csv", "--preview", "--map", tmp_path / "nowhere.json")
    assert refused.value.code == "no_file"


def test_a_list_is_called_by_its_name_where_a_column_is_missing(tmp_path: Path) -> None:
    columns = {"name": "名字", "organization": "支部", "standing": "类型"}
    mapping = {"sheet": "members", "columns": columns}
    (tmp_path / "map.json").write_text(json.dumps(mapping), encoding="utf-8")
    (tmp_path / "list.csv").write_text("支部,姓,类型\nA1,孙,正式\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        command(tmp_path / "list.csv", "--preview", "--map", tmp_path / "map.json")
    (sentence,) = refused.value.details
    assert sentence.startswith("list.csv has no column 名字, which the mapping names.")


def test_branches_older_than_what_is_above_them_are_pointed_out(
    register: Any, preview: Door
) -> None:
    made = preview(small_roster(), scope="X")
    assert note(made, "older_than_above")["params"] == {
        "count": 1,
        "names": ["甲镇党委 (2010-01-01)"],
    }
    Organization.objects.filter(code="X").update(valid_from=date(1949, 10, 1))
    assert "older_than_above" not in codes(preview(small_roster(), scope="X").notes)
    file = small_roster()
    file["党组织"][0][6] = "2005-01-01"
    assert note(preview(file, scope="X"), "older_than_above")["params"]["names"] == [
        "东村党支部 (2005-01-01)",
        "西村党支部 (2005-01-01)",
    ]


def test_organizations_that_begin_with_the_import_are_pointed_out(
    apply: Door, preview: Door
) -> None:
    file = small_roster()
    file["党组织"][1][6] = None
    made = preview(file, effective_on=date(2011, 3, 1))
    assert note(made, "begins_with_import")["params"] == {
        "count": 1,
        "day": "2011-03-01",
        "names": ["东村党支部"],
    }
    apply(file)
    assert "begins_with_import" not in codes(preview(file).notes)


def test_names_that_papers_show_with_a_box_are_pointed_out(preview: Door) -> None:
    file = small_roster()
    file["党员"][0][0] = "王\U000f0000"
    assert note(preview(file), "no_font")["params"] == {
        "count": 1,
        "codes": "U+F0000",
        "names": [f"王\U000f0000 (…{file['党员'][0][1][-4:]})"],
    }
    file["党员"][0][0] = "王一"
    assert "no_font" not in codes(preview(file).notes)
