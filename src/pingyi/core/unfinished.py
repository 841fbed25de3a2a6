"""Long work that nobody is at: where its worker was lost it is taken up again, once; what no task
stands for any more is given up, so that nothing is under way for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.core.doors import Door
from pingyi.core.leases import is_held

# So often is a task begun: work that takes its worker down twice would do so again.
MOST_ATTEMPTS = 2
UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class LostWorkerError(Exception):
    """The worker of a task ended before it, twice."""


@dataclass(frozen=True)
class LongWork:
    """What a task does, as the rows of its room say it.

    `rows` are those that wait for the task or are in its hand, `argument` is how the task names
    one; `give_up` says in the row that nobody will do it, so that it can be asked for again.
    """

    rows: Callable[[], QuerySet[Any]]
    argument: str
    give_up: Callable[[Any], None]


# By path of a task.
LONG_WORK: Door[LongWork] = Door("long work", LongWork)


def take_up_lost(folder: Path, now: datetime) -> tuple[int, int]:
    """Puts back into the queue what no worker is at any more, gives up what no task is at;
    (taken up, given up).

    A worker is one whose lease in the folder is held. Two who look at once do it once. Killed in
    between, the next one who looks goes on: what is given up is found by its row.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    lost = [task for task in running if not _has_worker(task, folder)]
    taken = sum(_taken_up(task, now) for task in lost)
    given = sum(
        _given_up(task_path, work, pk)
        for task_path, work in LONG_WORK.items()
        for pk in work.rows().values_list("pk", flat=True)
    )
    return taken, given


def _has_worker(task: DBTaskResult[..., Any], folder: Path) -> bool:
    return bool(task.worker_ids) and is_held(folder, task.worker_ids[-1])


def _taken_up(task: DBTaskResult[..., Any], now: datetime) -> int:
    """1 where it waits again; where it was lost too often it has failed."""
    this = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
    )
    if len(task.worker_ids) < MOST_ATTEMPTS:
        return this.update(status=TaskResultStatus.READY, started_at=None)
    this.update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path=f"{__name__}.{LostWorkerError.__name__}",
        traceback=LostWorkerError.__doc__ or "",
    )
    return 0


def _given_up(task_path: str, work: LongWork, pk: int) -> int:
    """1 where no task waits or runs for a row."""
    tasks = DBTaskResult.objects.filter(task_path=task_path, status__in=UNDER_WAY)
    its_own = tasks.filter(**{f"args_kwargs__kwargs__{work.argument}": pk})
    if its_own.exists():
        return 0
    with transaction.atomic():
        # Asked for again at this moment, it has another task by the time the lock is had.
        row = work.rows().select_for_update(no_key=True).filter(pk=pk).first()
        if row is None or its_own.exists():
            return 0
        work.give_up(row)
    return 1
