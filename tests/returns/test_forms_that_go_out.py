"""The form on which a unit answers: the official tables, locked but for what is to be typed."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from pingyi.core.refusals import Refusal
from pingyi.documents.form_cells import read_form
from pingyi.returns.exports.form import form_file
from pingyi.returns.operations.imprint import fill_in_imprint
from pingyi.returns.queries.form import Form, form_of, words_typed
from pingyi.returns.queries.standing import tables_asked
from pingyi.returns.rules.forms import compared
from tests.at_once import refused
from tests.returns.desk import FOOT, RURAL, WHY, Desk, county, town

__all__ = ["county", "town"]

pytestmark = pytest.mark.any_database


def made(desk: Desk, table: str = "") -> Form:
    tables = tables_asked(desk.round, table)
    return form_of(desk.round, desk.unit, tables, nonce="0f", now=desk.now)


def opened(form: Form, now: Any, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(form_file(form, made_at=now)), data_only=values)


def spot(form: Form, key: str) -> tuple[str, str]:
    return next(
        (page.title, each.name) for page in form.pages for each in page.spots if each.key == key
    )


def test_labels_are_locked_and_entries_hold_what_was_counted(town: Desk) -> None:
    form = made(town)
    book, values = opened(form, town.now), opened(form, town.now, values=True)
    assert book.sheetnames == ["附件1", "附件2", "附件3", "说明", "_form"]
    assert book["_form"].sheet_state == "hidden"
    sheet, name = spot(form, RURAL)
    assert values[sheet][name].value == 3
    assert book[sheet].protection.sheet
    assert not book[sheet][name].protection.locked
    assert book[sheet]["A1"].protection.locked
    # The rows of a round that has not begun are not filled in.
    later = book[sheet][spot(form, "annex3.reviewed_second.rural")[1]]
    assert later.protection.locked
    rules = {str(rule.sqref): rule for rule in book[sheet].data_validations.dataValidation}
    assert '"零报告"' in rules[name].formula1
    assert "零报告、不适用、不详" in rules[name].error


def test_sums_are_formulas_with_their_results(town: Desk) -> None:
    form = made(town)
    book, values = opened(form, town.now), opened(form, town.now, values=True)
    total = next(each for each in form.pages[2].spots if RURAL in each.parts)
    assert book["附件3"][total.name].value == total.formula == "=SUM(C5:H5)"
    assert values["附件3"][total.name].value == 3 + 3 + 2
    # Beside the figure its reason, and both sums of what is to agree.
    both = [each.name for each in form.pages[3].spots if each.kind == "sum"]
    assert [values["说明"][name].value for name in both] == [3, 3]


def test_day_and_names_are_typed_under_the_words_of_the_pack(town: Desk) -> None:
    fill_in_imprint(
        round_=town.round, unit=town.unit, filled_on=town.now.date(), foot=FOOT, by=town.by,
        now=town.now,
    )  # fmt: skip
    form = made(town)
    values = opened(form, town.now, values=True)["附件1"]
    printed = [cell.value for row in values.iter_rows() for cell in row if cell.value]
    assert f"填报单位（盖章）：{town.unit.name}" in printed
    for place, label in enumerate(FOOT):
        assert f"{label}：" in printed
        assert values[spot(form, f"foot.annex1.{place}")[1]].value == FOOT[label]
    assert values[spot(form, "filled_on.annex1")[1]].value.date() == town.now.date()
    assert spot(form, "foot.annex3.2")[0] == "附件3"


def test_what_the_unit_said_already_stands_there_with_its_reason(town: Desk) -> None:
    town.correct(cell=RURAL, said="unknown", reason=WHY)
    form = made(town, "annex3")
    values = opened(form, town.now, values=True)
    assert values["附件3"][spot(form, RURAL)[1]].value == "不详"
    assert values["说明"][spot(form, f"why.{RURAL}")[1]].value == WHY
    assert values["说明"][spot(form, f"counted.{RURAL}")[1]].value == 3
    # What is to agree with another table is not added up here.
    assert "附件1" not in values.sheetnames


def test_after_a_sending_back_only_those_columns_are_open(town: Desk, county: Desk) -> None:
    town.sealed()
    town.submit(table="annex3")
    county.send_back(table="annex3", remarks={RURAL: WHY})
    form = made(town)
    cells = {key for key in form.closed if key.startswith("annex3.total.")}
    assert RURAL not in cells
    assert "annex3.total.school" in cells
    page = opened(form, town.now)["附件3"]
    assert page[spot(form, "annex3.total.school")[1]].protection.locked
    assert not page[spot(form, RURAL)[1]].protection.locked


def test_it_is_read_back_as_it_went_out(town: Desk) -> None:
    form = made(town)
    file = read_form(form_file(form, made_at=town.now))
    found = compared(form.pages, file, words_typed(), ["_form"])
    assert (found.faults, found.notes) == ([], [])
    assert found.said[RURAL] == 3
    assert len(found.said) == 42 + 48 + 48


def test_one_form_for_each_who_owes_or_one_alone(
    town: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["form", "--campaign", "cx2011", "--round", "first", "--out"]
    call_command("returns", *where, str(tmp_path / "all"))
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "中共松山县委员会_填报表_第一次_X.xlsx",
        "中共白水镇委员会_填报表_第一次_T2.xlsx",
        "中共青石镇委员会_填报表_第一次_T1.xlsx",
    ]
    assert capsys.readouterr().out.startswith("3 份填报表：")
    one = tmp_path / "one.xlsx"
    call_command("returns", *where, str(one), "--unit", "T1", "--table", "annex3")
    assert capsys.readouterr().out == f"{one}\n"
    with refused("needs_a_folder"):
        call_command("returns", *where, str(tmp_path / "all.xlsx"))
    with refused("owes_nothing"):
        call_command("returns", *where, str(tmp_path / "none.xlsx"), "--unit", "T1-1")
    assert not [*tmp_path.glob("all.xlsx"), *tmp_path.glob("none.xlsx")]
    assert openpyxl.load_workbook(one).sheetnames == ["附件3", "说明", "_form"]
    call_command("returns", *where, str(tmp_path), "--unit", "T1", "--table", "annex3")
    assert (tmp_path / "中共青石镇委员会_附件3_第一次_T1.xlsx").is_file()
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "no_such_table"):
        call_command("returns", *where, str(one), "--unit", "T1", "--table", "annex9")
