"""The child that opens a workbook: what it may cost, what it says, what it never sees."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

import pingyi
from pingyi.documents import workbooks
from pingyi.documents.workbooks import Limits, read_list
from tests.documents.incoming import Desk, excel

SMALL = excel({"名单": [["姓名", "单位"], ["王建国", "甲"]]})
LARGE = excel({"名单": [["姓名", "备注"], *[[f"党员{n}", "很长的备注" * 40] for n in range(3000)]]})


def test_a_small_table_costs_little(child_desk: Desk) -> None:
    """Far below the limits, so that they refuse only what is out of the ordinary."""
    little = Limits(memory_bytes=200 * 1024 * 1024, cpu_seconds=10, output_bytes=1000)
    assert child_desk.rows(SMALL, little) == [["姓名", "单位"], ["王建国", "甲"]]


def test_more_memory_than_allowed_is_refused_with_the_limit(child_desk: Desk) -> None:
    refusal = child_desk.refused(LARGE, Limits(memory_bytes=16 * 1024 * 1024))
    assert refusal.problems == [("needs_too_much_memory", {"mib": 16})]


def test_memory_that_does_not_even_hold_the_library_is_refused_alike(child_desk: Desk) -> None:
    refusal = child_desk.refused(SMALL, Limits(memory_bytes=1024 * 1024))
    assert refusal.problems == [("needs_too_much_memory", {"mib": 1})]


def test_more_text_than_allowed_is_refused_with_the_limit(child_desk: Desk) -> None:
    refusal = child_desk.refused(LARGE, Limits(output_bytes=1024 * 1024))
    assert refusal.problems == [("holds_too_much", {"mib": 1})]
    with translation.override("en"):
        assert str(refusal).startswith("The file holds more than 1 MB of text.")


def test_a_child_that_hangs_is_ended(
    child_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, "import time; time.sleep(60)")
    refusal = child_desk.refused(SMALL, Limits(wall_seconds=1))
    assert refusal.problems == [("takes_too_long", {"seconds": 1})]


def test_a_child_that_reckons_too_long_is_ended_by_its_own_limit(
    child_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    busy = (
        "import json, sys\n"
        "from pingyi.documents.workbook_child import limit_myself\n"
        "limit_myself(json.load(sys.stdin)['limits'])\n"
        "while True: pass"
    )
    stand_in(monkeypatch, tmp_path, busy)
    refusal = child_desk.refused(SMALL, Limits(cpu_seconds=1))
    assert refusal.problems == [("takes_too_long", {"seconds": 1})]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "needs_too_much_memory"),
        ("import os; os.abort()", "needs_too_much_memory"),
        ("raise SystemExit(3)", "needs_too_much_memory"),
        ("raise ValueError('a library fell over the file')", "damaged"),
        ("print('{\"key\": \"half a li', end='')", "damaged"),
        ("", "damaged"),
    ],
    ids=["crash", "abort", "memory", "error", "half a line", "nothing"],
)
def test_a_child_that_falls_over_the_file_is_a_refusal(
    child_desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    source: str,
    problem: str,
) -> None:
    stand_in(monkeypatch, tmp_path, source)
    assert child_desk.refused(SMALL).code == problem


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, source: str) -> None:
    """Another program in the place of the child."""
    (folder / "stand_in.py").write_text(source, encoding="utf-8")
    run = subprocess.run

    def run_it(command: list[str], **given: object) -> object:
        env = {**given.pop("env"), "PYTHONPATH": f"{folder}:{here()}"}  # type: ignore[dict-item]
        return run([*command[:2], "stand_in"], env=env, **given)  # type: ignore[call-overload]

    monkeypatch.setattr(workbooks.subprocess, "run", run_it)


def here() -> str:
    return str(Path(pingyi.__file__).resolve().parents[1])


def test_rows_before_a_failure_are_not_handed_over(
    child_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    head = {"key": "", "title": "x", "keys": ["a"], "headings": ["a"], "positions": [1]}
    lines = [json.dumps(head), json.dumps([2, "王"])]
    stand_in(
        monkeypatch, tmp_path, f"print({lines[0]!r})\nprint({lines[1]!r})\nraise SystemExit(1)"
    )
    assert child_desk.refused(SMALL).code == "damaged"


def test_the_child_is_told_nothing_of_this_process(
    child_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINGYI_SECRET_KEY", "secret")
    seen: dict[str, str] = {}
    run = subprocess.run

    def watched(command: list[str], **given: object) -> object:
        seen.update(given["env"])  # type: ignore[call-overload]
        return run(command, **given)  # type: ignore[call-overload]

    monkeypatch.setattr(workbooks.subprocess, "run", watched)
    read_list(child_desk.put(SMALL))
    assert set(seen) == {"PYTHONPATH", "PATH", "LC_ALL"}


def test_the_child_loads_no_django() -> None:
    code = (
        "import sys, pingyi.documents.workbook_child as child\n"
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'openpyxl')])"
    )
    env = {"PYTHONPATH": here(), "PATH": os.defpath}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_file_that_is_too_large_is_not_opened(child_desk: Desk) -> None:
    refusal = child_desk.refused(LARGE, Limits(file_bytes=1024))
    assert refusal.code == "file_too_large"
