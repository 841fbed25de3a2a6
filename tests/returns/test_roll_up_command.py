"""`pingyi returns rollup`, and the JSON that other programs read."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator, ValidationError

from pingyi.campaigns.models import Campaign, Round
from tests.amending import Office
from tests.at_once import refused
from tests.cast import Register
from tests.returns.desk import RURAL, WHY, Desk, Words

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "returns.schema.json").read_text())
Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def made(action: str, *words: str) -> str:
        call_command("returns", action, "--campaign", "cx2011", "--round", "first", *words)
        return capsys.readouterr().out

    return made


@pytest.fixture
def crossed(reviewed: Round, campaign: Campaign, register: Register, now: Any) -> Round:
    """Two townships accepted, between whose sealings a branch and a member moved; one waived."""
    office = Office(campaign, register)
    for code, tables in (("T1", ["annex1", "annex2", "annex3"]), ("T2", ["annex2", "annex3"])):
        desk = Desk(reviewed, campaign.units.get(code=code), now + timedelta(hours=1))
        desk.unit.campaign = campaign
        if code == "T2":
            desk.now += timedelta(hours=2)
            office.given["now"] = now + timedelta(hours=2)
            office.move("T1-2", "T2")
            desk.correct(cell="annex3.total.rural", said=2, reason=WHY)
            desk.waive(table="annex1", reason=WHY)
        for table in tables:
            desk.sealed(table, words=Words())
            desk.submit(table=table)
            desk.accept(table=table)
    return reviewed


def test_line_by_line(crossed: Round, run: Run):
    lines = run("rollup").splitlines()
    assert lines[0] == "附件1：1 / 1 个单位"
    assert "/ 免报\tT2\t中共白水镇委员会" in lines
    assert "annex2.total.school\t1" in lines
    where = "T1 中等职业学校和中小学、T2 中等职业学校和中小学"
    assert f"= 重复\tannex2.total.school\t青石中学党支部\t{where}" in lines
    assert f"= 重复\tannex3.total.school\t赵文\t{where}" in lines
    assert f"? 未核对\t{RURAL}\tT2" in lines
    assert run("rollup", "--unit", "T1", "--table", "annex2").splitlines() == [
        "附件2：0 / 0 个单位", "annex2.total.rural\t1", "annex2.total.government\t1",
        "annex2.reviewed_first.rural\t1", "annex2.reviewed_first.government\t0",
    ]  # fmt: skip
    with refused("no_such_table"):
        run("rollup", "--table", "annex9")


def test_who_does_not_know_is_named(crossed: Round, run: Run):
    desk = Desk(crossed, crossed.campaign.units.get(code="T2"), crossed.opened_at)
    desk.unit.campaign, desk.now = crossed.campaign, desk.now + timedelta(hours=9)
    desk.correct(cell=RURAL, said="unknown", reason=WHY)
    desk.sealed(words=Words(), cause="名册被水淹，数字待核")
    desk.submit(table="annex3")
    desk.accept(table="annex3")
    assert f"! 不详\t{RURAL}\tT2" in run("rollup", "--table", "annex3").splitlines()
    told = json.loads(run("rollup", "--table", "annex3", "--json", "-"))
    Draft202012Validator(SCHEMA).validate(told)
    assert told["rollups"]["annex3"]["cells"][RURAL]["unknown"] == ["T2"]
    top = Desk(crossed, crossed.campaign.units.get(code="X"), desk.now)
    top.unit.campaign = crossed.campaign
    top.sealed(words=Words())
    exported = json.loads(run("export", "--unit", "X", "--json", "-"))
    Draft202012Validator(SCHEMA).validate(exported)
    assert exported["returns"]["annex3"]["content"]["added"][0]["unknown"] == {RURAL: ["T2"]}


def test_what_is_missing_is_named(reviewed: Round, run: Run):
    lines = run("rollup", "--table", "annex1").splitlines()
    assert lines[:2] == ["附件1：0 / 2 个单位", "- 尚缺\tT1\t中共青石镇委员会"]


def test_what_other_programs_read_has_the_shape_that_is_written_down(
    crossed: Round, run: Run, tmp_path: Path
):
    check = Draft202012Validator(SCHEMA)
    Draft202012Validator.check_schema(SCHEMA)
    target = tmp_path / "rollup.json"
    run("rollup", "--json", str(target))
    told = json.loads(target.read_text())
    check.validate(told)
    annex3 = told["rollups"]["annex3"]
    assert annex3["complete"] == {"accepted": 2, "of": 2}
    assert annex3["cells"][RURAL] == {
        "number": 5, "said": {"T1": 3, "T2": 2}, "unchecked": ["T2"], "unknown": [],
    }  # fmt: skip
    assert {each["name"] for each in annex3["overlaps"]} == {"赵文", "孙丽"}
    assert told["tables"]["annex3"]["党员数"][0] == 5
    top = Desk(crossed, crossed.campaign.units.get(code="X"), crossed.opened_at)
    top.unit.campaign, top.now = crossed.campaign, top.now + timedelta(hours=9)
    sealed = top.sealed()
    exported = json.loads(run("export", "--unit", "X", "--json", "-"))
    check.validate(exported)
    answer = exported["returns"]["annex3"]
    assert answer["heads"] == sealed.content["heads"]
    assert [(each["unit"], each["version"]) for each in answer["children"]] == [
        ("T1", 1),
        ("T2", 1),
    ]
    for code in ("T1", "T2"):
        check.validate(json.loads(run("export", "--unit", code, "--json", "-")))
        check.validate(json.loads(run("compute", "--unit", code, "--json", "-")))
    for wrong in (
        {**told, "rollups": {"annex3": {**annex3, "complete": None}}},
        {**exported, "returns": {"annex3": {**answer, "heads": "none"}}},
        {**told, "tables": {}},
    ):
        with pytest.raises(ValidationError):
            check.validate(wrong)
