"""The secret keys leave this place only sealed, and take the place of no others unasked."""

import json
import shlex
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from pingyi.keeping.management.commands import keys as command
from pingyi.keeping.operations.keys import export_keys, import_keys
from tests.at_once import refused
from tests.config.test_serve import PINGYI, environment

PASSPHRASE = "four words on paper"


@pytest.fixture
def sealed(tmp_path: Path, settings: Any) -> Path:
    settings.SECRET_KEY, settings.IDENTITY_KEY = "s" * 50, "i'%$" * 20
    export_keys(path=tmp_path / "keys", passphrase=PASSPHRASE)
    return tmp_path / "keys"


def test_they_come_back_into_the_data_folder(sealed: Path, settings: Any) -> None:
    assert oct(sealed.stat().st_mode)[-3:] == "600"
    assert settings.SECRET_KEY not in sealed.read_text()
    given: dict[str, Any] = {"path": sealed, "passphrase": PASSPHRASE, "env": None}
    files = import_keys(**given, replaced=False)
    assert [file.read_text() for file in files] == [settings.SECRET_KEY, settings.IDENTITY_KEY]
    assert {oct(file.stat().st_mode)[-3:] for file in files} == {"600"}
    # The same ones again are no others.
    import_keys(**given, replaced=False)
    files[0].write_text("other")
    with refused("other_keys"):
        import_keys(**given, replaced=False)
    assert files[0].read_text() == "other"
    import_keys(**given, replaced=True)
    assert files[0].read_text() == settings.SECRET_KEY
    assert files[0].with_name("secret-key.old").read_text() == "other"


def test_a_server_gets_a_file_of_variables(sealed: Path, settings: Any, tmp_path: Path) -> None:
    env = tmp_path / "etc" / "pingyi.env"
    import_keys(path=sealed, passphrase=PASSPHRASE, env=env, replaced=False)
    # As a shell reads it, whatever signs are in them.
    assert shlex.split(env.read_text()) == [
        f"PINGYI_IDENTITY_KEY={settings.IDENTITY_KEY}",
        f"PINGYI_SECRET_KEY={settings.SECRET_KEY}",
    ]


def test_without_the_passphrase_nothing_is_said(sealed: Path, tmp_path: Path) -> None:
    given: dict[str, Any] = {"env": None, "replaced": False}
    for passphrase, code in [
        ("four words on papers", "wrong_passphrase"),
        ("", "wrong_passphrase"),
    ]:
        with refused(code):
            import_keys(path=sealed, passphrase=passphrase, **given)
    told = json.loads(sealed.read_text())
    for name, broken in [
        ("wrong_passphrase", {**told, "sealed": "AAAA" * 20}),
        ("no_keys", {**told, "sealed": "no base64"}),
        ("no_keys", {**told, "version": 2}),
        ("no_keys", []),
    ]:
        sealed.write_text(json.dumps(broken))
        with refused(name):
            import_keys(path=sealed, passphrase=PASSPHRASE, **given)
    with refused("unreadable"):
        import_keys(path=tmp_path / "nowhere", passphrase=PASSPHRASE, **given)
    with refused("too_short"):
        export_keys(path=tmp_path / "others", passphrase="short")
    with refused("is_there"):
        export_keys(path=sealed, passphrase=PASSPHRASE)


def test_the_command_asks_for_a_passphrase_and_needs_no_settings(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([PASSPHRASE, PASSPHRASE, "one", "two"])
    monkeypatch.setattr(command, "getpass", lambda _prompt: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    call_command("keys", "export", str(tmp_path / "again"), stdout=StringIO())
    with refused("passphrases_differ"):
        call_command("keys", "export", str(tmp_path / "other"))
    # A server has no keys yet, without which its settings say no.
    server = {
        **environment(tmp_path / "new"),
        "DJANGO_SETTINGS_MODULE": "pingyi.config.settings.production",
    }
    found = subprocess.run(
        [*PINGYI, "keys", "import", str(tmp_path / "again"), "--env", str(tmp_path / "env")],
        env=server, input=f"{PASSPHRASE}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (found.returncode, found.stdout, found.stderr) == (
        0, f"Written: {tmp_path / 'env'}\n", "",
    )  # fmt: skip
    assert not (tmp_path / "new").exists()
