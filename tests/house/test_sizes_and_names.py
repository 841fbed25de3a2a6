"""The habits of CONTRIBUTING.md that a machine can count."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pingyi"
DRAWERS = {"utils", "helpers", "services", "managers", "common", "misc"}
FUNCTION, VIEW = 60, 40
# Everything a committed file must not hold: addresses of package indexes, folders of one machine.
HOSTS = re.compile(
    r"files\.python"
    r"hosted|py"
    r"pi\.org|registry\.np"
    r"mjs|deb\.deb"
    r"ian|(?<![\w.])/(root|work|home/\w+)/"
)


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def limit(path: Path) -> int:
    """The most lines a file may have."""
    if "tests" in path.relative_to(ROOT).parts[:1]:
        return 500
    if path.suffix == ".html":
        return 200
    return 300 if "models" in path.parts or path.name == "models.py" else 400


def sized_files() -> list[Path]:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    templates = sorted(SOURCE.rglob("templates/**/*.html"))
    return [*python_files(), *tests, *templates]


def test_no_file_is_longer_than_its_kind_may_be() -> None:
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sized_files()}
    long = [f"{path.relative_to(ROOT)}: {n}" for path, n in counts.items() if n > limit(path)]
    assert not long


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_function_is_longer_than_it_may_be(path: Path) -> None:
    most = VIEW if "views" in path.parts or path.name == "views.py" else FUNCTION
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            assert lines <= most, f"{path.name}:{node.lineno} {node.name} has {lines} lines"


def test_there_is_no_drawer_for_everything() -> None:
    assert not [path for path in python_files() if DRAWERS & {path.stem, *path.parts}]


def test_time_is_read_in_one_place() -> None:
    reading = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|timezone\.localdate\(\)")
    readers = [path for path in python_files() if reading.search(path.read_text(encoding="utf-8"))]
    assert readers == [SOURCE / "core" / "clock.py"]


def test_no_business_rule_hangs_on_a_signal() -> None:
    hooked = [p for p in python_files() if "django.db.models.signals" in p.read_text("utf-8")]
    assert not hooked


def test_no_committed_file_names_an_index_or_a_folder_of_one_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match.group(0)}" for match in HOSTS.finditer(text)]
    assert not found


def test_every_dependency_says_what_it_is_for() -> None:
    for path in sorted((ROOT / "requirements").glob("*.in")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith(("#", "-")):
                assert re.search(r"\S\s+# \w+", line), f"{path.name}: {line}"


def test_a_silenced_check_says_why() -> None:
    silenced = re.compile(r"#\s*(noqa|type: ignore|pragma|fmt: \w+)")
    reason = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])\s+(#\s*)?\w+")
    for path in [*python_files(), *sorted((ROOT / "scripts").glob("*.py"))]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if silenced.search(line) and "fmt:" not in line:
                assert reason.search(line), f"{path.relative_to(ROOT)}:{number} {line.strip()}"
