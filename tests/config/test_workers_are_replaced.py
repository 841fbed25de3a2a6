"""A worker ends by itself after so many tasks, or once it holds too much; never within a task. On a
full disk it waits.
"""

import errno
import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError

from pingyi.config import serving
from pingyi.config.management.commands import worker
from pingyi.core import leases
from pingyi.keeping.queries.places import workers
from tests.config.test_serve import PINGYI, env, migrated, prepared, run

__all__ = ["env", "migrated", "prepared"]


def test_pingyi_serve_starts_processes_that_end_by_themselves() -> None:
    assert {"--max-tasks", "--most-memory"} <= set(serving.background_command())
    with serving.listening_socket("127.0.0.1", 0) as listener:
        assert {"--max-requests", "--max-requests-jitter"} <= set(
            serving.web_command(listener, workers=2)
        )


@pytest.mark.parametrize(("most", "signals"), [(1, 1), (10_000, 0), (None, 0)])
def test_what_holds_too_much_is_asked_to_end_once(
    most: int | None, signals: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    looks = iter([False, False, False, True])
    done = threading.Event()
    monkeypatch.setattr(done, "wait", lambda _seconds: next(looks))
    monkeypatch.setattr(worker, "look", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(os, "kill", lambda _pid, number: sent.append(number))
    worker.keep_looking(done, most)
    assert sent == [signal.SIGTERM] * signals


def full_disk() -> DatabaseError:
    error = OperationalError("database or disk is full")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    return error


def test_on_a_full_disk_it_waits_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LEASES = tmp_path
    ends: list[DatabaseError | None] = [full_disk(), full_disk(), None]
    waited: list[int] = []

    def works(_worker: object, **_options: object) -> None:
        if (error := ends.pop(0)) is not None:
            raise error

    monkeypatch.setattr(worker.Worker, "handle", works)
    monkeypatch.setattr(worker, "look", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", waited.append)
    worker.Command().handle(most_memory=None)
    assert waited == [worker.EVERY_SECONDS] * 2
    ends.append(OperationalError("no such table"))
    with pytest.raises(OperationalError, match="table"):
        worker.Command().handle(most_memory=None)


def test_a_task_whose_failure_could_not_be_noted_has_no_worker_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.LEASES = tmp_path
    turns: list[str] = []
    given_up: list[bool] = []
    waited: list[list[str]] = []

    def works(_worker: object, *, worker_id: str, **_options: object) -> None:
        turns.append(worker_id)
        held = [leases.is_held(tmp_path, each) for each in turns]
        assert held == [False] * (len(turns) - 1) + [True]
        if len(turns) < 3:
            raise full_disk()

    monkeypatch.setattr(worker.Worker, "handle", works)
    monkeypatch.setattr(worker, "look", lambda: None)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker.space, "give_up_reserve", lambda: given_up.append(True))
    monkeypatch.setattr(worker.time, "sleep", lambda _seconds: waited.append(workers()))
    worker.Command().handle(most_memory=None)
    assert len(set(turns)) == 3
    assert given_up == [True] * 2
    # While it waits it is at work all the same.
    [[before], [after]] = waited
    assert not {before, after} & set(turns)
    assert list(tmp_path.iterdir()) == []


def test_memory_is_read_from_the_system() -> None:
    assert worker.memory_held() > 10 * worker.MIB


def test_a_system_that_does_not_tell_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "Path", lambda _path: tmp_path / "none")
    assert worker.memory_held() == 0


def test_a_worker_of_any_size_does_its_task(env: dict[str, str], migrated: None) -> None:
    done = run(env, "worker", "--batch", "--no-startup-delay", "--most-memory", "1")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("size", ["0", "x", "-1"])
def test_a_size_that_is_none_is_wrong_use(size: str, env: dict[str, str]) -> None:
    done = subprocess.run(
        [*PINGYI, "worker", f"--most-memory={size}"], env=env, capture_output=True, check=False
    )
    assert done.returncode == 2
