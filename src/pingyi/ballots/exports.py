"""The one file with which anybody recounts a board: these very rules, and nothing of Django."""

import zipfile
from io import BytesIO
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# What `rules.verifying` needs; a test runs the file where nothing else is.
MODULES = (
    "__init__.py",
    "core/__init__.py",
    "core/merkle.py",
    "ballots/__init__.py",
    *(
        f"ballots/rules/{name}.py"
        for name in (
            "__init__",
            "boards",
            "canonical",
            "checking",
            "cores",
            "counting",
            "manifests",
            "slips",
            "verifying",
        )
    ),
)
BEGIN = "import sys\n\nfrom pingyi.ballots.rules.verifying import main\n\nsys.exit(main())\n"
ALWAYS = (1980, 1, 1, 0, 0, 0)


def verifier() -> bytes:
    """A Python program in one file (a zip that Python runs); the same bytes whenever it is made."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in MODULES:
            entry = zipfile.ZipInfo(f"pingyi/{name}", ALWAYS)
            archive.writestr(entry, (PACKAGE / name).read_text(encoding="utf-8"))
        archive.writestr(zipfile.ZipInfo("__main__.py", ALWAYS), BEGIN)
    return made.getvalue()
