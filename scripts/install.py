"""Installs the requirements named on the command line, and the project itself, into this venv.

uv does it in seconds; it is installed first, by pip, from requirements/install.txt. Indexes,
certificates and local folders are taken from pip's own configuration, so that a machine is set up
in one place. Hashes are required, so the order in which indexes are asked cannot do harm.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def pip_configuration() -> dict[str, str]:
    """The options of `pip config list`: the environment wins over install, install over global."""
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    options: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in listing.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(section):
                options[key.removeprefix(section)] = value.strip("'\"")
    return options


def uv_environment() -> dict[str, str]:
    """The environment that makes uv ask where pip would ask."""
    options = pip_configuration()
    environment = dict(os.environ, UV_INDEX_STRATEGY="unsafe-best-match", UV_HTTP_TIMEOUT="180")
    for option, variable, separator in (
        ("index-url", "UV_DEFAULT_INDEX", " "),
        ("extra-index-url", "UV_INDEX", " "),
        ("find-links", "UV_FIND_LINKS", ","),
        ("cert", "SSL_CERT_FILE", ""),
        ("trusted-host", "UV_INSECURE_HOST", " "),
    ):
        if option in options:
            words = options[option].replace("\\n", " ").split()
            environment.setdefault(variable, separator.join(words))
    return environment


def requirement_options(groups: list[str]) -> list[str]:
    """`-r` for each group."""
    return [
        part for group in groups for part in ("-r", str(ROOT / "requirements" / f"{group}.txt"))
    ]


def install(groups: list[str]) -> None:
    """Install with uv; where uv has no build for the machine, with pip."""
    files = requirement_options(groups)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, *requirement_options(["install"])], check=True)
    uv = [str(BIN / "uv"), "pip", "install", "--quiet", "--python", sys.executable]
    by_uv = subprocess.run(
        [*uv, "--require-hashes", "--link-mode", "copy", *files], env=uv_environment(), check=False
    )
    if by_uv.returncode != 0:
        print("uv could not install; pip takes over (some minutes).", file=sys.stderr)
        subprocess.run([*pip, *files], check=True)


def install_project() -> None:
    """The project itself, editable, from what is already here: no network."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-index", "--no-build-isolation", "--no-deps"]
    subprocess.run([*pip, *offline, "--editable", str(ROOT)], check=True)


def main() -> int:
    """Install the groups given; a failed command has said why."""
    if sys.prefix == sys.base_prefix:
        print("Run this with the Python of .venv (make setup does).", file=sys.stderr)
        return 2
    groups = sys.argv[1:]
    known = sorted(path.stem for path in (ROOT / "requirements").glob("*.txt"))
    if not groups or not set(groups) <= set(known):
        print(f"Say what to install: {json.dumps(known)}.", file=sys.stderr)
        return 2
    try:
        install(groups)
        install_project()
    except subprocess.CalledProcessError as failure:
        return failure.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
