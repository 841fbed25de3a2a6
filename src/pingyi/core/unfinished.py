"""Long work whose worker was lost: taken up again once, then given up."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django_tasks_db.models import DBTaskResult

from pingyi.core.doors import Door
from pingyi.core.leases import is_held

# So often is a task begun: work that takes its worker down twice would do so again.
MOST_ATTEMPTS = 2
READY, RUNNING, FAILED = "READY", "RUNNING", "FAILED"


class LostWorkerError(Exception):
    """The worker of a task ended before it, twice."""


# By path of a task: what is to be done where it is given up, called with its arguments.
GIVEN_UP: Door[Callable[..., object]] = Door("tasks that are given up", Callable)  # type: ignore[arg-type]  # any function


def take_up_lost(folder: Path, now: datetime) -> tuple[int, int]:
    """Puts back into the queue what no worker is at any more; (taken up, given up).

    A worker is one whose lease in the folder is held. Two who look at once do it once.
    """
    taken, given = 0, 0
    for task in DBTaskResult.objects.filter(status=RUNNING):
        if task.worker_ids and is_held(folder, task.worker_ids[-1]):
            continue
        this = DBTaskResult.objects.filter(pk=task.pk, status=RUNNING, started_at=task.started_at)
        if len(task.worker_ids) < MOST_ATTEMPTS:
            taken += this.update(status=READY, started_at=None)
        elif this.update(
            status=FAILED,
            finished_at=now,
            exception_class_path=f"{__name__}.{LostWorkerError.__name__}",
            traceback=LostWorkerError.__doc__ or "",
        ):
            given += 1
            if task.task_path in GIVEN_UP:
                said = task.args_kwargs
                GIVEN_UP[task.task_path](*said["args"], **said["kwargs"])
    return taken, given
