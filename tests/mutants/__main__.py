"""`make mutants`: plants faults in rules and permissions and says which no test finds.

The rules and permissions of a room are tried with the tests of the room. By default only
functions and constants are tried that changed since the branch left main (on main itself: since
the last merge). Survivors that may live stand in may_live.toml, each with its reason.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests.mutants.planting import Mutant, mutants
from tests.mutants.trying import KILLED, SURVIVED, TIMED_OUT, Trials

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pingyi"
LIST = Path(__file__).with_name("may_live.toml")
OUTCOMES = ROOT / "var" / "mutants"
# Reading ballots does not know the rules of paper, and its tests take long.
TESTS = {"paper": ["tests/paper/print"]}
MAY_LIVE = "may live"


def files(room: str) -> list[Path]:
    found = [*SOURCE.glob(f"{room}/rules/*.py"), *SOURCE.glob(f"{room}/permissions/*.py")]
    found += [SOURCE / room / "rules.py", SOURCE / room / "permissions.py"]
    return sorted(path for path in found if path.exists())


def rooms() -> list[str]:
    return [path.name for path in sorted(SOURCE.iterdir()) if files(path.name)]


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def changed_lines(since: str) -> dict[str, set[int]]:
    """Lines added or changed since a commit, by file below src/pingyi."""
    if not since:
        since = git("merge-base", "main", "HEAD")
        if since == git("rev-parse", "HEAD"):
            since = "HEAD^"
    lines: dict[str, set[int]] = {}
    for line in git("diff", "--unified=0", "--no-prefix", since, "--", "src/pingyi").splitlines():
        if line.startswith("+++ "):
            here = lines.setdefault(line.removeprefix("+++ src/pingyi/"), set())
        elif found := re.match(r"@@ \S+ \+(\d+)(?:,(\d+))? @@", line):
            first, count = int(found[1]), int(found[2] or 1)
            here.update(range(first, first + max(count, 1)))
    return lines


def allowed() -> dict[str, str]:
    """The file of each listed survivor by its key; each has a reason."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8")).get("may_live", [])
    return {one["key"]: one["file"] for one in listed if one["reason"]}


def try_room(room: str, tried: Sequence[Mutant], tests: Sequence[str]) -> dict[Mutant, str]:
    trials = Trials(tried, str(SOURCE))
    tests = tests or [str(ROOT / one) for one in TESTS.get(room, [f"tests/{room}"])]
    without = [f"-pno:{name}" for name in ("randomly", "cacheprovider", "xdist", "cov")]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        code = pytest.main(["--assert=plain", *without, *tests], plugins=[trials])
    if trials.failed or len(trials.outcomes) < len(tried):
        sys.exit("\n".join(["the tests fail as the source stands:", *trials.failed, str(code)]))
    return trials.outcomes


def tell(outcomes: dict[Mutant, str]) -> None:
    """Each survivor that nobody allowed, then a line for each file."""
    for mutant, outcome in outcomes.items():
        if outcome == SURVIVED:
            print(f"\n{mutant.file}:{mutant.lines.start} {mutant.place}  {mutant.key}")
            print(mutant.diff)
    print()
    by_file: dict[str, Counter[str]] = {}
    for mutant, outcome in outcomes.items():
        by_file.setdefault(mutant.file, Counter())[outcome] += 1
    for file, counts in by_file.items():
        print(line(file, counts))


def line(name: str, counts: Counter[str]) -> str:
    """Survivors count as such, listed or not; the score is cut off, never rounded up."""
    tenths = 1000 * (counts[KILLED] + counts[TIMED_OUT]) // max(counts.total(), 1)
    parts = ", ".join(f"{counts[one]} {one}" for one in (KILLED, TIMED_OUT, MAY_LIVE, SURVIVED))
    return f"{name:<44}{counts.total():>5} mutants: {parts}  {tenths // 10}.{tenths % 10} %"


def one_room(room: str, every: bool, since: str, only: Sequence[str], tests: Sequence[str]) -> int:
    """Tries a room and leaves its counts for the sum; 1 where the list is not right."""
    all_of_room = [mutant for path in files(room) for mutant in mutants(path, SOURCE)]
    lines = {} if every or only else changed_lines(since)
    tried = [
        mutant
        for mutant in all_of_room
        if every
        or not {mutant.key, mutant.file}.isdisjoint(only)
        or not lines.get(mutant.file, set()).isdisjoint(mutant.span)
    ]
    listed = allowed()
    outcomes = try_room(room, tried, tests) if tried else {}
    for mutant, outcome in outcomes.items():
        if outcome == SURVIVED and mutant.key in listed:
            outcomes[mutant] = MAY_LIVE
    tell(outcomes)
    gone = {key for key, file in listed.items() if file.startswith(f"{room}/")}
    gone -= {mutant.key for mutant in all_of_room if outcomes.get(mutant) != KILLED}
    if gone:
        print("listed in may_live.toml, but no longer there or found after all:", *sorted(gone))
    counts = Counter(outcomes.values())
    OUTCOMES.mkdir(parents=True, exist_ok=True)
    (OUTCOMES / f"{room}.json").write_text(json.dumps(counts), encoding="utf-8")
    return int(counts[SURVIVED] > 0 or bool(gone))


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--room", help="one room only", choices=rooms())
    parser.add_argument("--all", action="store_true", help="everything, not only what changed")
    parser.add_argument("--since", default="", help="a commit: what changed after it")
    parser.add_argument("--tests", action="append", help="other tests than those of the room")
    parser.add_argument("only", nargs="*", help="keys or files (with --room): nothing else")
    given = parser.parse_args()
    if given.room:
        return one_room(given.room, given.all, given.since, given.only, given.tests or [])
    worst, total = 0, Counter[str]()
    for room in rooms():
        words = ["--room", room, *(["--all"] if given.all else []), f"--since={given.since}"]
        worst |= subprocess.run(
            [sys.executable, "-m", "tests.mutants", *words], check=False
        ).returncode
        total.update(json.loads((OUTCOMES / f"{room}.json").read_text(encoding="utf-8")))
    print(line("all", total))
    return worst


if __name__ == "__main__":
    sys.exit(main())
