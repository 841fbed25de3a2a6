"""What goes back for a form with errors: its own figures in a form made anew, each error marked."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import translation

from pingyi.campaigns.queries import pack_of
from pingyi.core.refusals import Refusal
from pingyi.returns.exports.answers import answer_file
from pingyi.returns.models import Intake
from pingyi.returns.operations.taking import Handed
from pingyi.returns.queries.form_sentences import _WORDS, fault_lines
from pingyi.returns.rules.cells import Cell
from tests.at_once import refused
from tests.returns.desk import RURAL, WHY, Desk, county, town
from tests.returns.filling import codes, filled, form_for, place_of, saved, sent

__all__ = ["county", "town"]
pytestmark = pytest.mark.any_database
PLANTED = {RURAL: "2000万", "annex2.total.rural": "一", "annex1.total.township_secretary": 0}


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_the_answer_is_mended_and_sent_again(town: Desk) -> None:
    given = {**PLANTED, "filled_on.annex1": town.now.date(), "annex3.total.school": "不详"}
    outcome = sent(town, filled(town, given))
    content = answer_file(outcome.intake, nonce="2f", now=town.now)
    book = openpyxl.load_workbook(BytesIO(content))
    form = form_for(town)
    sheet, cell = place_of(form, RURAL)
    assert book[sheet][cell].value == "2000万"
    assert book[sheet][cell].comment.text.startswith("0 或以上的整数")
    assert not book[sheet][cell].protection.locked
    assert book["附件2"][place_of(form, "annex2.total.rural")[1]].value == 1
    assert book["附件3"][place_of(form, "annex3.total.school")[1]].value == "不详"
    lines = list(book["需要改正"].values)
    assert lines[0][:5] == ("工作表", "单元格", "项目", "栏目", "填写内容")
    planted = next(line for line in lines if line[1] == cell)
    assert planted[:5] == ("附件3", cell, "党员数", "农村", "2000万")
    book[sheet][cell].value = 3
    book["附件3"][place_of(form, "annex3.total.school")[1]].value = 2
    for key in ("annex1.total.township_secretary", "annex2.total.rural"):
        page, place = place_of(form, key)
        book[page][place].value = 1
    mended = sent(town, saved(book))
    assert codes(mended) == []
    assert mended.intake.code == "submitted"


def test_of_a_file_that_is_no_form_nobody_knows_whose_it_is(town: Desk) -> None:
    outcome = sent(town, b"")
    assert (outcome.intake.code, outcome.intake.unit) == ("empty_file", None)
    with pytest.raises(ValueError, match="nobody knows"):
        answer_file(outcome.intake, nonce="2f", now=town.now)
    # Where it was expected from, the form goes back anew.
    expected = sent(town, b"", round_=town.round, unit=town.unit)
    book = openpyxl.load_workbook(BytesIO(answer_file(expected.intake, nonce="2f", now=town.now)))
    assert book.sheetnames == ["需要改正", "附件1", "附件2", "附件3", "说明", "_form"]
    assert Intake.objects.count() == 2


def test_every_code_has_its_words_in_the_words_of_the_paper(town: Desk) -> None:
    params = dict.fromkeys(
        ("label", "total", "left", "right", "counted", "reason", "universe", "whole", "stood",
         "limit", "expected", "cell", "sheet", "mib", "read", "seconds", "n", "row", "column"), "7",
    )  # fmt: skip
    faults = [
        {"code": code, "sheet": "", "cell": "", "key": "", "value": "", "params": params}
        for code in (*_WORDS, "damaged")
    ]
    for language in ("zh-hans", "en"):
        with translation.override(language):
            lines = fault_lines(None, faults)
            assert all(line.sentence for line in lines)
            assert not [line for line in lines if "%" in line.sentence or "{" in line.sentence]
    pack = pack_of(town.round.campaign)
    labels = {
        "annex3.total.rural": ("党员数", "农村"),
        "why.annex3.total.rural": ("党员数", "农村：原因"),
        "why.annex3": ("整张表的共同原因", ""),
        "cause.annex3": ("更正的原因", ""),
        "word.secretaries_and_organizations": (pack.checks[0].label, ""),
        "foot.annex3.1": ("填表人", ""),
        "filled_on.annex3": ("填报时间", ""),
        "nothing": ("", ""),
    }
    for key, words in labels.items():
        [line] = fault_lines(pack, [{**faults[0], "key": key, "value": "nil"}])
        assert (line.row, line.column, line.value) == (*words, "零报告")


def test_nothing_but_what_stands_in_the_form_is_sealed(town: Desk, county: Desk) -> None:
    cells = {f"annex3.{row}.rural": Cell(3, 2, WHY) for row in ("total", "reviewed_first")}
    form = Handed("ab" * 32, "ABAB", cells)
    altered = {code: Cell(3, 3) for code in cells}
    everything = {
        f"annex3.{row.code}.{column.code}": altered.get(
            f"annex3.{row.code}.{column.code}", Cell(1, 1)
        )
        for table in pack_of(town.round.campaign).tables
        if table.code == "annex3"
        for row in table.rows
        for block in table.blocks
        for column in block.columns
    }
    with refused("not_as_in_form"):
        county.sealed(form=Handed(form.sha256, form.receipt, everything))


def run(*words: str) -> None:
    call_command("returns", "intake", *words)


def test_files_on_the_command_line(
    town: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, none = tmp_path / "好.xlsx", tmp_path / "错.xlsx", tmp_path / "没有.xlsx"
    good.write_bytes(filled(town))
    bad.write_bytes(filled(town, {**PLANTED, "附件3!M30": "旁注"}))
    user = ["--as", str(town.by and town.by.username)]
    answers = tmp_path / "answers"
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "not_taken_over"):
        run(str(bad), str(none), *user, "--json", "-", "--answers", str(answers))
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told] == ["no_number", "not_readable"]
    error = told[0]["errors"][0]
    assert (error["sheet"], error["row"], error["column"]) == ("附件3", "党员数", "农村")
    assert error["value"] == "2000万"
    assert Path(told[0]["answer"]).is_file()
    with pytest.raises(Refusal):
        run(str(bad), str(none), *user)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("错.xlsx\tT1\t需要改正\t")
    assert lines[1].split("\t")[0] == "!"
    assert "“2000万”" in lines[1]
    assert lines[-1] == f"没有.xlsx\t没有文件 {none}。"
    run(str(good), *user)
    assert "\t已上报\t" in capsys.readouterr().out
    target = tmp_path / "outcome.json"
    run(str(good), *user, "--json", str(target))
    assert "此前已上报" in capsys.readouterr().out
    again = json.loads(target.read_text())[0]
    assert (again["is_again"], again["code"], len(again["versions"])) == (True, "submitted", 3)


def test_a_file_whose_table_came_back_is_to_be_sent_anew(
    town: Desk, county: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(filled(town))
    user = ["--as", str(town.by and town.by.username)]
    run(str(file), *user)
    county.send_back(table="annex3", remarks={RURAL: WHY})
    capsys.readouterr()
    with refused("not_taken_over"):
        run(str(file), *user)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("表.xlsx\tT1\t需要重新上报\t")
    assert second.startswith("!\t本次没有上报：")
    assert "附件3" in second
    assert "annex3" not in second


def test_a_file_with_the_same_figures_is_no_failure(
    town: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent(town, filled(town))
    file = tmp_path / "另存.xlsx"
    file.write_bytes(filled(town, form=form_for(town, nonce="1e")))
    run(str(file), "--as", str(town.by and town.by.username))
    assert capsys.readouterr().out.startswith("另存.xlsx\tT1\t无须办理\t")


def test_a_formula_in_a_line_asks_for_no_number_and_a_long_text_is_cut(town: Desk) -> None:
    given = {"foot.annex1.2": "=A1", "foot.annex1.1": "何" * 10_000}
    outcome = sent(town, filled(town, given))
    lines = {each.code: each for each in fault_lines(None, outcome.intake.faults)}
    assert set(lines) == {"formula_in_a_line", "too_long"}
    assert "整数" not in lines["formula_in_a_line"].sentence
    assert lines["too_long"].value == "何" * 60 + "…"


def test_a_locked_cell_is_told_once(town: Desk, county: Desk) -> None:
    school = "annex3.total.school"
    sent(town, filled(town, {school: "不详", f"why.{school}": WHY}))
    county.send_back(table="annex3", remarks={RURAL: WHY})
    given = {school: 9, f"why.{school}": None, RURAL: 2, f"why.{RURAL}": WHY}
    outcome = sent(town, filled(town, given))
    assert [each["code"] for each in outcome.intake.faults if each["key"].endswith(school)] == [
        "cell_is_closed"
    ]
