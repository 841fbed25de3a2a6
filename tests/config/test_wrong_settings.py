"""Settings that cannot be meant stop every command with one sentence that says what to set."""

from pathlib import Path

import pytest

from pingyi.config import cli
from pingyi.config import environment as read
from pingyi.config.environment import WrongSetting
from tests.config.test_serve import environment, run


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PINGYI_TIME_ZONE", "Mars/Base"),
        ("PINGYI_TIME_ZONE", ""),
        ("PINGYI_TIME_ZONE", "../Asia"),
        ("PINGYI_DATA_DIR", ""),
        ("PINGYI_DATA_DIR", "/dev/null/pingyi"),
        ("PINGYI_PACK_DIR", "/nonexistent"),
        ("PINGYI_ROLE", "box"),
        ("PINGYI_ACCESS_LOG_DAYS", "183"),
        ("PINGYI_ACCESS_LOG_DAYS", "a year"),
        ("PINGYI_DATABASE_URL", "postgres://u@h/a?sslmod=require"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_one_line(name: str, value: str, tmp_path: Path) -> None:
    found = run({**environment(tmp_path), name: value}, "check", "--program")
    assert (found.returncode, found.stdout) == (cli.REFUSED, "")
    assert found.stderr.startswith(f"pingyi: {name}=")
    assert len(found.stderr.splitlines()) == 1


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "pingyi.config.settings.production",
    "PINGYI_HOSTS": "pingyi.example,.county.example",
    "PINGYI_SECRET_KEY": "8d1f5c0e7ba94f63a2c7d5e98b10f4463c7a95e2d8f1460bb7",
    "PINGYI_IDENTITY_KEY": "f3b8e1a06c5d4972b8e0f1a3c6d95e7284b0a1f6c3d7e9582a",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PINGYI_SECRET_KEY", "short"),
        ("PINGYI_IDENTITY_KEY", "x"),
        ("PINGYI_HOSTS", "*"),
        ("PINGYI_HSTS_PRELOAD", "maybe"),
        ("PINGYI_TRUSTED_PROXIES", "proxy.example"),
        ("PINGYI_TRUSTED_PROXIES", "10.0.0.1/8"),
    ],
)
def test_a_server_that_others_reach_refuses_weak_settings(
    name: str, value: str, tmp_path: Path
) -> None:
    assert run({**environment(tmp_path), **PRODUCTION}, "check", "--program").returncode == cli.DONE
    found = run({**environment(tmp_path), **PRODUCTION, name: value}, "check", "--program")
    assert (found.returncode, found.stdout) == (cli.REFUSED, "")
    assert found.stderr.startswith(f"pingyi: {name}")
    assert len(found.stderr.splitlines()) == 1
    assert "short" not in found.stderr


def test_no_keys_are_left_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        run({**environment(tmp_path), "PINGYI_DATA_DIR": ""}, "check", "--program").returncode
        == cli.REFUSED
    )
    assert list(tmp_path.iterdir()) == []


def test_what_a_postgres_address_asks_for_is_passed_on() -> None:
    url = "postgres://u@h/a?sslmode=require&connect_timeout=5"
    entry = read.database("X", "", env={"X": url})
    assert entry["OPTIONS"] == {"sslmode": "require", "connect_timeout": "5"}


def test_user_and_password_may_stand_behind_the_address() -> None:
    entry = read.database("X", "", env={"X": "postgres:///a?user=u&password=p%26w&host=/run"})
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"]) == ("u", "p&w", "/run")
    assert entry["OPTIONS"] == {}


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u@h/a?sslmod=require",
        "postgres://u@h/a?dbname=b",
        "postgres://u@h/a?sslmode",
        "postgres://u@h/a#b",
        "sqlite:////srv/a.sqlite3?mode=ro",
    ],
)
def test_what_an_address_asks_for_in_vain_is_refused(url: str) -> None:
    with pytest.raises(WrongSetting, match="options"):
        read.database("X", "", env={"X": url})


def test_a_data_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "50%20 #1?"
    folder.mkdir()
    assert run(environment(folder), "migrate", "--verbosity", "0").returncode == cli.DONE
    assert (folder / "pingyi.sqlite3").is_file()


def test_a_folder_and_a_time_zone_are_read(tmp_path: Path) -> None:
    assert read.folder("X", env={"X": str(tmp_path)}) == tmp_path
    assert read.folder("X", env={}) is None
    assert read.time_zone("X", "Asia/Shanghai", env={}) == "Asia/Shanghai"


def test_other_servers_of_the_domain_are_bound_only_where_that_is_asked_for(
    tmp_path: Path,
) -> None:
    usual = {**environment(tmp_path), **PRODUCTION}
    asked = {**usual, "PINGYI_HSTS_SUBDOMAINS": "yes", "PINGYI_HSTS_PRELOAD": "yes"}
    for variables, is_bound in ((usual, False), (asked, True)):
        told = run(variables, "diffsettings", "--all").stdout
        assert "SECURE_HSTS_SECONDS = 31536000" in told
        assert f"SECURE_HSTS_INCLUDE_SUBDOMAINS = {is_bound}" in told
        assert f"SECURE_HSTS_PRELOAD = {is_bound}" in told
