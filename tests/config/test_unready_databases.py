"""Commands on a database that is not ready: a sentence and exit code 1, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError

from pingyi.config import cli, serving
from pingyi.core.refusals import Refusal
from tests.config.test_serve import environment, run

ORDERS = [
    ["ledger", "verify"],
    ["ledger", "root"],
    ["tables", "--campaign", "demo", "--unit", "SFZ", "--round", "first", "--json", "-"],
    ["import", "roster", __file__, "--preview"],
    ["campaign", "open-round", "--campaign", "demo", "--round", "first"],
    ["account", "create", "--username", "a", "--name", "a", "--role", "office"],
]
NOBODY = "postgres://nobody@127.0.0.1:1/nothing"
# Runs `pingyi demo` with a county that takes no minute to build.
QUICK_DEMO = """
import sys, django
django.setup()
from pingyi.demo.management.commands import demo
demo.build = lambda **_: print("built", flush=True)
from pingyi.config.cli import run
sys.exit(run(["pingyi", "demo"]))
"""


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: " ".join(order[:2]))
def test_an_unmigrated_database_is_a_sentence(order: list[str], tmp_path: Path) -> None:
    order = [*order, "--organization", "A"] if order[0] == "account" else order
    found = run(environment(tmp_path), *order)
    assert (found.returncode, found.stdout) == (cli.REFUSED, "")
    assert found.stderr == "pingyi: The database is behind the program. Run: pingyi migrate\n"


@pytest.mark.parametrize("name", ["demo", "migrate"])
@pytest.mark.parametrize("address", [NOBODY, "sqlite:////nowhere/at/all/pingyi.sqlite3"])
def test_an_unreachable_database_is_one_line(address: str, name: str, tmp_path: Path) -> None:
    found = run({**environment(tmp_path), "PINGYI_DATABASE_URL": address}, name)
    assert found.returncode == cli.REFUSED
    assert found.stderr.startswith("pingyi: The database cannot be used: ")
    assert len(found.stderr.splitlines()) == 1


def test_the_demo_sets_up_an_empty_database_itself(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "pingyi.config.settings.development"}
    found = subprocess.run(
        [sys.executable, "-c", QUICK_DEMO],
        env={**environment(tmp_path), **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (found.returncode, found.stderr) == (cli.DONE, "")
    assert "built" in found.stdout
    assert run(environment(tmp_path), "ledger", "verify").returncode == cli.DONE


def failing(_utility: cli.Utility) -> None:
    raise DatabaseError("no such column: colour")


def test_a_fault_of_the_program_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.Utility, "execute", failing)
    monkeypatch.setattr(serving, "why_database_is_not_ready", lambda: None)
    with pytest.raises(DatabaseError, match="colour"):
        cli.run(["pingyi", "ledger", "root"])


def test_a_migration_that_fails_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.Utility, "execute", failing)
    behind = Refusal("Behind.", code="migrations_pending")
    monkeypatch.setattr(serving, "why_database_is_not_ready", lambda: behind)
    with pytest.raises(DatabaseError, match="colour"):
        cli.run(["pingyi", "migrate"])
