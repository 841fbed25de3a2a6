"""`pingyi returns`: every deed from the command line, with the permissions of the pages."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.formats import date_format

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal
from pingyi.returns.models import Version
from tests.at_once import refused
from tests.returns.stamping import ofd

FOOT = ["--responsible", "陈卫东", "--filled-by", "何静", "--phone", "0730-5550101"]
WHY = "名册中一名党员六月已转出"
Run = Callable[..., str]


@pytest.fixture
def run(reviewed: Round, capsys: pytest.CaptureFixture[str]) -> Run:
    """An action on the first round; what it prints."""

    def made(action: str, *words: str) -> str:
        where = ["--campaign", "cx2011", "--round", "first"]
        call_command("returns", action, *where, *words)
        return capsys.readouterr().out

    return made


@pytest.fixture
def town(run: Run, clerk_user: User) -> Run:
    return lambda action, *words: run(action, "--unit", "T1", "--as", clerk_user.username, *words)


@pytest.fixture
def county(run: Run, office_user: User) -> Run:
    return lambda action, *words: run(action, "--unit", "T1", "--as", office_user.username, *words)


ANNEX3 = ["--table", "annex3"]


def test_there_and_back_and_accepted(run: Run, town: Run, county: Run) -> None:
    assert "已定稿 (1, " in town("seal", *ANNEX3, *FOOT, "--filled-on", "2011-06-27")
    assert "已上报" in town("submit", *ANNEX3, "--number", "1")
    assert "已定稿" in town("withdraw", *ANNEX3)
    town("submit", *ANNEX3)
    assert "已退回" in county("send-back", *ANNEX3, "--cell", f"annex3.total.rural={WHY}")
    town("correct", "--cell", "annex3.total.rural", "--said", "2", "--reason", WHY)
    town("seal", *ANNEX3, *FOOT)
    town("submit", *ANNEX3)
    assert "已接收 (2, " in county("accept", *ANNEX3)
    cause = ["--cause", "漏报一名转出党员，现予更正"]
    with refused("unknown_label"):
        town("seal", *ANNEX3, *FOOT, *cause, "--foot", "审核人=某人")
    town("seal", *ANNEX3, *FOOT[:-2], *cause, "--foot", "联系电话=0730-5550101")
    assert "已接收 (2, " in town("drop", *ANNEX3, "--number", "3")
    town("seal", *ANNEX3, *FOOT[:-2], *cause, "--foot", "联系电话=0730-5550101")
    told = json.loads(run("status", "--unit", "T1", "--json", "-"))
    assert [(row["table"], row["state"], row["version"], row["accepted"]) for row in told] == [
        ("annex1", "open", None, None),
        ("annex2", "open", None, None),
        ("annex3", "sealed", 4, 2),
    ]


def test_the_status_of_all_who_owe(run: Run, county: Run) -> None:
    until = day_of(read_now()) + timedelta(days=300)
    county("extend", *ANNEX3, "--until", until.isoformat(), "--reason", WHY)
    county("waive", "--table", "annex2", "--reason", WHY)
    lines = run("status").splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("X\t")
    (extended,) = [line for line in lines if line.startswith("T1\t") and "annex3" in line]
    assert extended.endswith(f"\t{date_format(until)}")
    assert any(line.startswith("T2\t") and line.endswith(" 逾期") for line in lines)
    assert "待填报" in county("claim", "--table", "annex2")


def test_figures_counted_and_sealed(run: Run, town: Run, tmp_path: Path) -> None:
    town("correct", "--cell", "annex3.total.rural", "--said", "unknown", "--reason", WHY)
    said = "annex3.total.rural\t3\tunknown\t" + WHY
    lines = run("compute", "--unit", "T1").splitlines()
    assert said in lines
    # The key with which a warning is explained.
    key = "unknown:annex3.total.rural"
    assert [line.partition("\t")[0] for line in lines if line.startswith("! ")] == [f"! {key}"]
    with pytest.raises(Refusal) as refusal:
        town("seal", *ANNEX3, *FOOT)
    assert refusal.value.code == "warning_unexplained"
    assert refusal.value.details == (f"--word '{key}=…'  附件3 党员数 · 农村：填的是“不详”。",)
    town("seal", *ANNEX3, *FOOT, "--word", f"{key}=村里名册被水淹，正在补录")
    town("correct", "--cell", "annex3.total.rural", "--said", "2", "--reason", WHY)
    target = tmp_path / "figures.json"
    run("export", "--unit", "T1", "--json", str(target))
    told = json.loads(target.read_text())
    answer = told["returns"]["annex3"]
    assert (answer["state"], answer["version"]) == ("sealed", 1)
    assert answer["cells"]["annex3.total.rural"] == {"counted": 3, "said": "unknown", "reason": WHY}
    assert answer["content"]["warnings"][0]["word"] == "村里名册被水淹，正在补录"
    assert told["tables"]["annex3"]["党员数"][0] is None
    # What was not sealed is not told.
    assert told["returns"]["annex1"]["version"] is None
    assert told["returns"]["annex1"]["cells"] == {}
    assert set(map(str, told["tables"]["annex2"]["党组织数"])) == {"None"}
    assert said in run("export", "--unit", "T1").splitlines()
    living = json.loads(run("compute", "--unit", "T1", "--json", "-"))
    assert living["tables"]["annex3"]["党员数"][0] == 2


def test_blank_is_said_as_blank(run: Run, town: Run) -> None:
    town("correct", "--cell", "annex3.total.rural", "--said", "blank", "--reason", WHY)
    assert f"annex3.total.rural\t3\tNone\t{WHY}" in run("compute", "--unit", "T1").splitlines()


@pytest.mark.parametrize(("typed", "kept"), [("２", "2"), ("二", "2"), ("不详", "unknown")])
def test_a_figure_is_understood_as_in_a_form(run: Run, town: Run, typed: str, kept: str) -> None:
    town("correct", "--cell", "annex3.total.rural", "--said", typed, "--reason", WHY)
    lines = run("compute", "--unit", "T1").splitlines()
    assert f"annex3.total.rural\t3\t{kept}\t{WHY}" in lines


def test_what_the_pages_refuse_is_refused(town: Run, county: Run, run: Run) -> None:
    for action, words, code in [
        ("seal", FOOT, "not_the_sender"),
        ("accept", [], "not_in_this_state"),
    ]:
        with pytest.raises(Refusal, check=lambda refusal, code=code: refusal.code == code):
            county(action, *ANNEX3, *words)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "no_such_value"):
        town("correct", "--cell", "annex3.total.rural", "--said", "2000万", "--reason", WHY)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "unknown_account"):
        run("submit", "--unit", "T1", "--as", "nobody", *ANNEX3)


@pytest.mark.parametrize(
    "words",
    [
        ["seal", "--unit", "T1", *ANNEX3],
        ["send-back", "--unit", "T1", "--as", "x", *ANNEX3, "--cell", "annex3.total.rural"],
        ["extend", "--unit", "T1", "--as", "x", *ANNEX3, "--until", "tomorrow"],
    ],
)
def test_wrong_use(run: Run, words: list[Any]) -> None:
    with pytest.raises(CommandError):
        run(*words)


def test_a_stamped_sheet_is_kept_with_its_version(
    town: Run, county: Run, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    town("seal", *ANNEX3, *FOOT)
    digest = Version.objects.get().digest
    file = tmp_path / "附件3.ofd"
    file.write_bytes(ofd())
    with refused("signs_missing"):
        town("sealed", str(file), *ANNEX3)
    told = town("sealed", str(file), *ANNEX3, "--signs", digest[:8], "--number", "1")
    assert "附件3.ofd：已随第 1 版保存，人工核对编号；SHA-256" in told
    assert "此前已随第 1 版保存" in town("sealed", str(file), *ANNEX3, "--signs", digest[:8])
    with refused("not_the_sender"):
        county("sealed", str(file), *ANNEX3)
    with refused("not_readable"):
        town("sealed", str(tmp_path / "nothing.pdf"), *ANNEX3)
    with refused("not_readable"):
        town("sealed", str(tmp_path), *ANNEX3)
