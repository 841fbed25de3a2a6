"""Long work whose worker was lost: taken up again once, then given up."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pingyi.core.doors import Door
from pingyi.core.leases import is_held

# So often is a task begun: work that takes its worker down twice would do so again.
MOST_ATTEMPTS = 2


class LostWorkerError(Exception):
    """The worker of a task ended before it, twice."""


class GivenUp(Protocol):
    """What is to be done where a task is given up, which was asked for with these arguments."""

    def __call__(self, arguments: Mapping[str, Any], /) -> None: ...


# By path of a task.
GIVEN_UP: Door[GivenUp] = Door("tasks that are given up", GivenUp)


def take_up_lost(folder: Path, now: datetime) -> tuple[int, int]:
    """Puts back into the queue what no worker is at any more; (taken up, given up).

    A worker is one whose lease in the folder is held. Two who look at once do it once.
    """
    taken, given = 0, 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if task.worker_ids and is_held(folder, task.worker_ids[-1]):
            continue
        this = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        )
        if len(task.worker_ids) < MOST_ATTEMPTS:
            taken += this.update(status=TaskResultStatus.READY, started_at=None)
        elif this.update(
            status=TaskResultStatus.FAILED,
            finished_at=now,
            exception_class_path=f"{__name__}.{LostWorkerError.__name__}",
            traceback=LostWorkerError.__doc__ or "",
        ):
            given += 1
            if task.task_path in GIVEN_UP:
                GIVEN_UP[task.task_path](task.args_kwargs["kwargs"])
    return taken, given
