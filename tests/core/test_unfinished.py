"""Long work whose worker was lost is taken up again once, then given up."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from pingyi.core import leases
from pingyi.core.unfinished import LONG_WORK, take_up_lost
from pingyi.downloads.tasks import make
from pingyi.keeping.tasks import make as back_up
from pingyi.returns.tasks import take_in_many
from pingyi.rosters.enums import ImportState
from pingyi.rosters.models import RosterImport
from pingyi.rosters.operations import fail_roster, preview_again, upload_roster
from pingyi.rosters.tasks import apply, preview
from tests.at_once import AtOnce
from tests.cast import FOUNDED, NOW, Register

HOLDS = """
import sys, time
from pathlib import Path
from pingyi.core import leases
with leases.held(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def made(register: Register, settings: pytest.FixtureRequest, tmp_path: Path) -> RosterImport:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return upload_roster(
        content=b"no workbook", filename="roster.xlsx", scope=register.t1, effective_on=FOUNDED,
        by=None, now=NOW, queue=False,
    )  # fmt: skip


@pytest.fixture
def running(made: RosterImport) -> DBTaskResult:
    """The preview of an import, at which a worker called `gone` began."""
    RosterImport.objects.update(state=ImportState.READING)
    return DBTaskResult.objects.create(
        status="RUNNING", started_at=NOW, run_after=NOW, backend_name="default",
        args_kwargs={"args": [], "kwargs": {"import_id": made.pk}},
        task_path=preview.module_path, worker_ids=["gone"],
    )  # fmt: skip


def test_a_lease_ends_with_its_process_however_it_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(tmp_path), "one"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert leases.is_held(tmp_path, "one")
        os.kill(process.pid, signal.SIGKILL)
    assert not leases.is_held(tmp_path, "one")


def test_a_lease_is_given_back(tmp_path: Path) -> None:
    with leases.held(tmp_path, "one"):
        assert leases.is_held(tmp_path, "one")
    assert not leases.is_held(tmp_path, "one")
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(SystemExit), leases.held(tmp_path, "one"):
        sys.exit(0)
    assert not list(tmp_path.iterdir())


def test_what_a_living_worker_does_is_left_alone(running: DBTaskResult, tmp_path: Path) -> None:
    with leases.held(tmp_path, "gone"):
        assert take_up_lost(tmp_path, NOW) == (0, 0)
    running.refresh_from_db()
    assert running.status == "RUNNING"


def test_lost_work_waits_again(running: DBTaskResult, tmp_path: Path) -> None:
    assert take_up_lost(tmp_path, NOW) == (1, 0)
    running.refresh_from_db()
    assert (running.status, running.started_at, running.worker_ids) == ("READY", None, ["gone"])
    assert take_up_lost(tmp_path, NOW) == (0, 0)


def test_work_that_was_lost_twice_is_given_up(
    running: DBTaskResult, made: RosterImport, tmp_path: Path
) -> None:
    DBTaskResult.objects.update(worker_ids=["gone", "gone too"])
    assert take_up_lost(tmp_path, NOW) == (0, 1)
    running.refresh_from_db()
    made.refresh_from_db()
    assert (running.status, running.finished_at, made.state) == ("FAILED", NOW, "failed")
    assert made.errors[0]["code"] == "broken_off"


def test_what_is_given_up_after_it_was_done_stays_done(
    running: DBTaskResult, made: RosterImport, tmp_path: Path
) -> None:
    RosterImport.objects.update(state=ImportState.APPLIED)
    DBTaskResult.objects.update(worker_ids=["gone", "gone too"])
    take_up_lost(tmp_path, NOW)
    made.refresh_from_db()
    assert made.state == "applied"


@pytest.mark.parametrize("state", ["applied", "previewed", "discarded"])
def test_what_is_taken_up_after_it_was_done_is_not_done_again(
    state: str, made: RosterImport, now: datetime
) -> None:
    RosterImport.objects.update(state=state)
    preview.call(import_id=made.pk)
    apply.call(import_id=made.pk, user_id=None)
    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize(
    ("state", "task", "status"),
    [
        (state, task, status)
        for state, task in [("reading", preview), ("applying", apply)]
        for status in ["FAILED", "SUCCESSFUL", "gone"]
    ],
)
def test_what_no_task_is_at_any_more_is_given_up(
    state: str, task: Any, status: str, running: DBTaskResult, made: RosterImport,
    tmp_path: Path,
) -> None:  # fmt: skip
    """As where the worker could not note it, or was killed between two notes."""
    RosterImport.objects.update(state=state)
    DBTaskResult.objects.update(task_path=task.module_path, status=status)
    DBTaskResult.objects.filter(status="gone").delete()
    assert take_up_lost(tmp_path, NOW) == (0, 1)
    made.refresh_from_db()
    assert (made.state, made.errors[0]["code"]) == ("failed", "broken_off")
    assert take_up_lost(tmp_path, NOW) == (0, 0)


def test_what_waits_for_a_worker_is_left_alone(
    running: DBTaskResult, made: RosterImport, tmp_path: Path
) -> None:
    DBTaskResult.objects.update(status="READY", started_at=None)
    assert take_up_lost(tmp_path, NOW) == (0, 0)
    made.refresh_from_db()
    assert made.state == "reading"


def test_a_task_of_another_import_or_another_kind_does_not_count(
    running: DBTaskResult, made: RosterImport, tmp_path: Path
) -> None:
    with leases.held(tmp_path, "gone"):
        DBTaskResult.objects.update(args_kwargs={"args": [], "kwargs": {"import_id": made.pk + 1}})
        assert take_up_lost(tmp_path, NOW) == (0, 1)
        RosterImport.objects.update(state=ImportState.APPLYING)
        DBTaskResult.objects.update(args_kwargs={"args": [], "kwargs": {"import_id": made.pk}})
        assert take_up_lost(tmp_path, NOW) == (0, 1)


@pytest.mark.lock("unfinished._given_up")
def test_what_is_asked_for_again_at_that_moment_is_left_alone(
    at_once: AtOnce, register: Register, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    made = upload_roster(
        content=b"no workbook", filename="roster.xlsx", scope=register.t1, effective_on=FOUNDED,
        by=None, now=NOW, queue=False,
    )  # fmt: skip

    def asked_for_again() -> None:
        fail_roster(roster_import=made, code="broken_off")
        preview_again(roster_import=made, by=None, now=NOW)

    assert at_once(asked_for_again, lambda: take_up_lost(tmp_path, NOW)) == (0, 0)
    assert RosterImport.objects.get().state == "reading"


def test_every_task_says_what_happens_where_it_is_given_up() -> None:
    assert set(LONG_WORK) == {
        preview.module_path,
        apply.module_path,
        make.module_path,
        back_up.module_path,
        take_in_many.module_path,
    }
