"""A worker that is killed while it reads a roster: the next one reads it from the beginning."""

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.config.test_serve import PINGYI, env, migrated, prepared, run

__all__ = ["env", "migrated", "prepared"]
MEMBERS = 6_000
UPLOAD = """
import io, sys
import django
django.setup()
import xlsxwriter
from datetime import date
from pingyi.core.clock import read_now
from pingyi.rosters.operations import import_rows, upload_roster

founded = date(2001, 1, 1)
import_rows(
    sheets={"organizations": [("X", "中共某县委员会", "committee", "county", None, None, founded)]},
    scope=None, effective_on=founded, by=None, now=read_now(),
)
file = io.BytesIO()
book = xlsxwriter.Workbook(file)
sheet = book.add_worksheet("党组织")
sheet.write_row(0, 0, ["编码", "名称", "类别", "层级", "领域", "上级编码", "成立日期"])
sheet.write_row(1, 0, ["B", "一村党支部", "党支部", "基层", "农村", "X", "2005-01-01"])
sheet = book.add_worksheet("党员")
sheet.write_row(0, 0, "姓名 身份证号 性别 出生日期 党组织编码 党员类别 入党日期".split())
digits = "零壹贰叁肆伍陆柒捌玖"
for n in range(int(sys.argv[1])):
    name = "张" + "".join(digits[int(digit)] for digit in f"{n:04d}")
    sheet.write_row(n + 1, 0, [name, None, "男", None, "B", "正式党员", None])
book.add_worksheet("职务").write_row(
    0, 0, ["姓名", "身份证号", "党组织编码", "职务", "领导类别", "任职日期", "所在党组织编码"]
)
book.add_worksheet("分工").write_row(
    0, 0, ["姓名", "身份证号", "分管党组织编码", "起始日期", "所在党组织编码"]
)
book.close()
upload_roster(
    content=file.getvalue(), filename="roster.xlsx", scope=None, effective_on=date(2011, 1, 1),
    by=None, now=read_now(),
)
"""


def asked(folder: Path, question: str) -> object:
    with sqlite3.connect(f"file:{folder / 'pingyi.sqlite3'}?mode=ro", uri=True) as database:
        row = database.execute(question).fetchone()
    return row and row[0]


@pytest.mark.usefixtures("migrated")
def test_a_killed_worker_leaves_nothing_stuck(env: dict[str, str], tmp_path: Path) -> None:
    settings = {**env, "DJANGO_SETTINGS_MODULE": "pingyi.config.settings.development"}
    subprocess.run([PINGYI[0], "-c", UPLOAD, str(MEMBERS)], env=settings, check=True)
    task = "select status from django_tasks_database_dbtaskresult"
    with subprocess.Popen(
        [*PINGYI, "worker", "--no-startup-delay", "--no-reload"], env=env
    ) as first:
        while asked(tmp_path, task) != "RUNNING":
            assert first.poll() is None, "the worker has ended by itself"
            time.sleep(0.01)
        os.kill(first.pid, signal.SIGKILL)
    assert (asked(tmp_path, task), asked(tmp_path, "select state from rosters_rosterimport")) == (
        "RUNNING",
        "reading",
    )
    done = run(env, "worker", "--batch", "--no-startup-delay", "--no-reload")
    assert done.returncode == 0, done.stderr
    assert asked(tmp_path, task) == "SUCCESSFUL"
    wrong = asked(tmp_path, "select errors from rosters_rosterimport")
    assert (asked(tmp_path, "select state from rosters_rosterimport"), wrong) == ("previewed", "[]")
    changes = asked(tmp_path, "select count(*) from rosters_rosterchange")
    assert changes == 1 + MEMBERS
