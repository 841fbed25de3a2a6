"""A contract that nobody has seen fail holds nothing: each is broken once, in a copy."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("pyproject.toml", "importlinter-tables.toml")


def contracts_of(file: str) -> dict[str, str]:
    """Id and name of every contract in a file."""
    found = tomllib.loads((ROOT / file).read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract["name"] for contract in found["contracts"]}


IN_FILE = {key: file for file in FILES for key in contracts_of(file)}
CONTRACTS = {key: name for file in FILES for key, name in contracts_of(file).items()}
# Which contract, in which module (a room and a layer), which line breaks it.
PLANTS = [
    ("rooms", "core.planted", "import pingyi.ledger.apps"),
    ("rooms", "reviews.enums", "import pingyi.appraisals.apps"),
    ("rooms", "returns.rules", "import pingyi.paper.apps"),
    ("rooms", "paper.rules", "import pingyi.returns.apps"),
    ("rooms", "utilities.__init__", ""),
    # A type from above is an import from above.
    ("rooms", "organizations.enums", "if TYPE_CHECKING:\n    import pingyi.accounts.enums"),
    ("inside", "accounts.enums", "import pingyi.accounts.models"),
    ("inside", "accounts.helpers", ""),
    ("views-without-models", "accounts.views", "import pingyi.accounts.models"),
    ("forms-never-write", "accounts.forms", "import pingyi.accounts.operations"),
    ("pure-rules", "ledger.rules", "import django.db"),
    *(
        (f"tables-of-{room}", "returns.queries", f"import pingyi.{room}.models")
        for room in (
            "accounts",
            "downloads",
            "keeping",
            "organizations",
            "rosters",
            "campaigns",
            "reviews",
            "appraisals",
            "bulletins",
            "commitments",
            "rectification",
            "ledger",
            "mailbox",
            "notifications",
        )
    ),
    ("tables-of-returns", "web.queries", "import pingyi.returns.models"),
    ("settings", "config.urls", "import pingyi.config.settings.base"),
    ("forms-from-the-web", "register.urls", "import pingyi.register.forms"),
    ("views-from-urls", "demo.planted", "import pingyi.register.views"),
    ("heavy-libraries", "core.planted", "import openpyxl"),
    ("heavy-libraries", "paper.rules", "import cv2"),
    ("inside", "paper.omr", "import pingyi.paper.rules"),
    ("pure-engine", "paper.omr", "import pingyi.core.clock"),
    ("pure-engine", "paper.omr", "import django"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in FILES:
        shutil.copy(ROOT / file, tmp_path)
    shutil.copytree(
        ROOT / "src" / "pingyi",
        tmp_path / "src" / "pingyi",
        ignore=lambda folder, names: [
            name for name in names if Path(folder, name).is_file() and not name.endswith(".py")
        ],
    )
    return tmp_path


def plant(copy: Path, module: str, line: str) -> None:
    """Add a line to a module of the copy; layers may be files or packages."""
    path = copy / "src" / "pingyi" / Path(*module.split("."))
    target = path / "planted.py" if path.is_dir() else path.with_suffix(".py")
    target.parent.mkdir(exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def lint(copy: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"),
            *("--config", IN_FILE[contract], "--contract", contract),
        ],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("contract", "module", "line"), PLANTS)
def test_a_planted_violation_is_named(copy: Path, contract: str, module: str, line: str) -> None:
    plant(copy, module, line)
    done = lint(copy, contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{CONTRACTS[contract]} BROKEN" in done.stdout


def test_every_contract_has_a_violation_planted() -> None:
    assert {contract for contract, _, _ in PLANTS} == set(CONTRACTS)
