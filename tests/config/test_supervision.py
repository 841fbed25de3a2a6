"""What keeps the processes running."""

import subprocess
import sys
import time
from functools import partial

import pytest

from pingyi.config import serving


def forever() -> list[str]:
    return [sys.executable, "-c", "import time; time.sleep(600)"]


def end(child: serving.Child) -> None:
    assert child.process
    child.process.kill()
    child.process.wait()


def test_a_process_that_ended_is_started_again() -> None:
    child = serving.Child(forever())
    child.start()
    first = child.process
    assert child.keep_running()
    assert child.process is first
    end(child)
    assert child.keep_running()
    assert child.process is not first
    end(child)


def test_a_child_whose_parent_has_ended_before_it_asked_does_not_begin() -> None:
    before = partial(serving.end_with, -1)
    with subprocess.Popen(forever(), preexec_fn=before) as child:  # noqa: PLW1509  it has no lock to wait for
        assert child.wait(timeout=60) == 1


def test_a_process_that_never_stays_up_is_given_up() -> None:
    child = serving.Child([sys.executable, "-c", "raise SystemExit(3)"])
    child.start()
    outcomes = []
    for _ in range(serving.MOST_FAILED_STARTS):
        assert child.process
        child.process.wait()
        outcomes.append(child.keep_running())
    assert outcomes == [True, True, False]


def test_a_long_life_forgives_earlier_failed_starts() -> None:
    child = serving.Child(forever(), failed_starts=2)
    child.start()
    child.started_at -= serving.LEAST_LIFE_SECONDS + 1
    end(child)
    assert child.keep_running()
    assert child.failed_starts == 0
    end(child)


def test_a_worker_that_is_to_be_replaced_is_started_again_however_soon() -> None:
    child = serving.Child([sys.executable, "-c", ""])
    child.start()
    for _ in range(2 * serving.MOST_FAILED_STARTS):
        assert child.process
        child.process.wait()
        assert child.keep_running()
    child.process.wait()


def test_a_process_that_does_not_stop_is_ended_by_force() -> None:
    child = serving.Child(forever())
    child.start()
    child.stop(deadline=time.monotonic())
    assert child.process
    assert child.process.poll() is not None


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("pingyi.example", False),
    ],
)
def test_loopback_is_told_apart(host: str, ours: bool) -> None:
    assert serving.is_loopback(host) is ours
