"""`pingyi serve` as an operator meets it: real processes, a real port, a real stop."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PINGYI = [sys.executable, "-m", "pingyi.config.cli"]


def environment(folder: Path) -> dict[str, str]:
    """A data folder of its own; the terminal speaks English."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PINGYI_", "DJANGO_"))}
    return {**kept, "PINGYI_DATA_DIR": str(folder), "LC_ALL": "en_US.UTF-8"}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make setup` leaves, made once and copied; the assets must be built (make assets)."""
    folder = tmp_path_factory.mktemp("prepared")
    for command in ("migrate", "collectstatic"):
        arguments = [*PINGYI, command, "--noinput", "--verbosity", "0"]
        subprocess.run(arguments, env=environment(folder), check=True)
    return folder


@pytest.fixture
def migrated(prepared: Path, tmp_path: Path) -> None:
    for name in ("pingyi.sqlite3", "ballots.sqlite3", "identity-key"):
        shutil.copy(prepared / name, tmp_path)


@pytest.fixture
def collected(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "static").symlink_to(prepared / "static")


def run(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*PINGYI, *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def server(
    env: dict[str, str], migrated: None, collected: None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*PINGYI, "serve", "--port", "0", "--workers", "1"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        yield process, address.group(0)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=120)


def status(address: str) -> int:
    """The status of a page; the socket listens before the first worker is up, so no retries."""
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def children_of(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_it_answers_and_stops_when_asked(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    assert status(address + "accounts/sign-in/") == 200
    children = children_of(process.pid)
    assert len(children) == 2, "a web server and a background worker"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=120) == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)


def test_killed_it_takes_everything_with_it(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    assert status(address + "accounts/sign-in/") == 200
    started = [each for child in children_of(process.pid) for each in (child, *children_of(child))]
    assert len(started) == 3, "a web server, its one process and a background worker"
    process.kill()
    try:
        # What they say goes into one pipe, which ends with the last of them.
        process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        for pid in started:
            os.kill(pid, signal.SIGKILL)
        raise
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)


def test_the_start_code_is_printed_for_a_first_start_from_elsewhere(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    assert process.stdout
    printed = re.search(r"Start code.*: ([0-9a-f]{10})$", process.stdout.readline())
    assert printed
    form = {
        "organization_name": "中共松山县委员会",
        "organization_code": "X",
        "kind": "committee",
        "level": "county",
        "name": "县活动办",
        "username": "office",
        "password": "green-stone-2011",
    }
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    opener.addheaders = [("X-Forwarded-For", "10.0.0.7")]
    page = opener.open(address + "start/", timeout=120).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    for code, status in (("0123456789", 422), (printed.group(1), 200)):
        fields = {**form, "csrfmiddlewaretoken": token.group(1), "start_code": code}
        data = urllib.parse.urlencode(fields).encode()
        try:
            answer = opener.open(address + "start/", data, timeout=120)
        except urllib.error.HTTPError as refused:
            answer = refused
        assert (answer.status, answer.url) == (status, address + "start/")
        asks_again = 'name="organization_name"' in answer.read().decode()
        assert asks_again == (status == 422)


def test_ctrl_c_stops_it_as_well(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    assert status(address + "accounts/sign-in/") == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=120) == 0


def test_a_taken_port_is_refused(env: dict[str, str], migrated: None, collected: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(env, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Cannot listen at 127.0.0.1, port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_waiting_migrations_are_refused(env: dict[str, str], collected: None) -> None:
    done = run(env, "serve", "--port", "0")
    assert done.returncode == 1
    assert "Run: pingyi migrate" in done.stderr


def test_missing_assets_are_refused(env: dict[str, str], migrated: None) -> None:
    done = run(env, "serve", "--port", "0")
    assert done.returncode == 1
    assert "Run: make assets" in done.stderr


def test_an_unreachable_database_is_refused(env: dict[str, str]) -> None:
    url = "postgres://nobody@/nothing?host=/nonexistent"
    done = run({**env, "PINGYI_DATABASE_URL": url}, "serve", "--port", "0")
    assert done.returncode == 1
    assert "The database cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_others_asks_for_the_production_settings(env: dict[str, str]) -> None:
    done = run(env, "serve", "--host", "0.0.0.0", "--port", "0")
    assert done.returncode == 1
    assert "production settings" in done.stderr


@pytest.mark.parametrize("port", ["x", "-1", "70000"])
def test_a_port_that_is_none_is_wrong_use(env: dict[str, str], port: str) -> None:
    done = run(env, "serve", f"--port={port}")
    assert done.returncode == 2
