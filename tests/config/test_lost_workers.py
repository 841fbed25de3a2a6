"""A worker that is killed while it reads or applies a roster or makes a file: the next does it."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

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


START = """
import django
django.setup()
from pingyi.core.clock import read_now
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import start_apply
start_apply(roster_import=RosterImport.objects.get(), by=None, now=read_now(), really=True)
"""
ASK = """
import django
django.setup()
from pingyi.accounts.enums import Role
from pingyi.accounts.operations import create_account
from pingyi.core.clock import read_now
from pingyi.downloads.doors import Asked
from pingyi.downloads.operations.ask import ask_for
from pingyi.organizations.models import Organization
office = create_account(
    username="office", name="办公室", password="green-stone-2011", role=Role.OFFICE,
    organization=Organization.objects.get(code="X"), person=None, by=None, now=read_now(),
)
ask_for(what="register.people", asked=Asked({}, {}), by=office, now=read_now())
"""
# By day the worker also composes reminders.
STATUS = """
    select status from django_tasks_database_dbtaskresult
    where task_path like 'pingyi.rosters.%' or task_path like 'pingyi.downloads.%'
    order by enqueued_at desc
"""
WORKER = [*PINGYI, "worker", "--no-startup-delay", "--no-reload"]


def python(env: dict[str, str], *script: str) -> None:
    settings = {**env, "DJANGO_SETTINGS_MODULE": "pingyi.config.settings.development"}
    subprocess.run([PINGYI[0], "-c", *script], env=settings, check=True)


def killed_when(env: dict[str, str], is_so: Callable[[], bool]) -> None:
    """A worker that is killed as soon as something is so."""
    with subprocess.Popen(WORKER, env=env) as worker:
        while not is_so():
            assert worker.poll() is None, "the worker has ended by itself"
            time.sleep(0.01)
        os.kill(worker.pid, signal.SIGKILL)


def worked(env: dict[str, str]) -> None:
    """The next worker does what waits, and ends."""
    done = run(env, "worker", "--batch", "--no-startup-delay", "--no-reload")
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("migrated")
def test_a_killed_worker_leaves_nothing_stuck(env: dict[str, str], tmp_path: Path) -> None:
    state = "select state from rosters_rosterimport"
    python(env, UPLOAD, str(MEMBERS))
    killed_when(env, lambda: asked(tmp_path, STATUS) == "RUNNING")
    assert (asked(tmp_path, STATUS), asked(tmp_path, state)) == ("RUNNING", "reading")
    worked(env)
    assert asked(tmp_path, STATUS) == "SUCCESSFUL"
    wrong = asked(tmp_path, "select errors from rosters_rosterimport")
    assert (asked(tmp_path, state), wrong) == ("previewed", "[]")
    assert asked(tmp_path, "select count(*) from rosters_rosterchange") == 1 + MEMBERS

    python(env, START)
    people = "select count(*) from organizations_person"
    killed_when(env, lambda: any((tmp_path / "files").rglob("*.progress")))
    assert (asked(tmp_path, state), asked(tmp_path, people)) == ("applying", 0)
    worked(env)
    assert (asked(tmp_path, state), asked(tmp_path, people)) == ("applied", MEMBERS)

    python(env, ASK)
    folder = tmp_path / "downloads"
    killed_when(env, lambda: any(folder.glob("*.making/file")))
    state = "select state from downloads_download"
    assert asked(tmp_path, state) == "making"
    worked(env)
    assert asked(tmp_path, state) == "ready"
    (file,) = folder.iterdir()
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert sum(row[0].startswith("张") for row in rows) == MEMBERS
