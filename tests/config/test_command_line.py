"""Exit codes and words of `pingyi`: 0 done, 1 refused with a message, 2 wrong use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management.base import BaseCommand

from pingyi.config import cli
from pingyi.core.refusals import Refusal


def refusing(*args: object, **options: object) -> None:
    raise Refusal("Not like this.", code="no", details=["First.", "Second."])


def test_help_lists_our_commands_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["pingyi", "--help"]) == cli.DONE
    said = capsys.readouterr().out
    assert said.index("  serve ") < said.index("Django's own commands:") < said.index(" shell")


def test_an_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["pingyi", "nothing"]) == cli.WRONG_USE
    assert "there is no command 'nothing'" in capsys.readouterr().err


def test_a_wrong_option_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.run(["pingyi", "serve", "--nothing"])
    assert stopped.value.code == cli.WRONG_USE


def test_a_refusal_is_a_line_with_its_causes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BaseCommand, "execute", refusing)
    assert cli.run(["pingyi", "check"]) == cli.REFUSED
    assert capsys.readouterr().err == "pingyi: Not like this.\n  First.\n  Second.\n"


def test_a_wrong_setting_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pingyi.config.environment import choice

    monkeypatch.setenv("PINGYI_ROLE", "kitchen")
    monkeypatch.setattr(cli, "known_commands", lambda: choice("PINGYI_ROLE", "all", ("all",)))
    assert cli.run(["pingyi", "check"]) == cli.REFUSED
    assert "PINGYI_ROLE='kitchen' is not usable: set one of all." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("env", "english"),
    [
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({}, False),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, False),
    ],
)
def test_the_terminal_says_which_language(env: dict[str, str], english: bool) -> None:
    assert cli.speaks_english(env) is english


def environment(folder: Path) -> dict[str, str]:
    """As of a new user in a folder of their own."""
    return {"HOME": str(folder), "PATH": os.environ["PATH"]}


def test_a_reader_who_goes_away_ends_a_command_quietly(tmp_path: Path) -> None:
    listener, pipe = os.pipe()
    os.close(listener)
    try:
        found = subprocess.run(
            [sys.executable, "-m", "pingyi.config.cli", "help"],
            env=environment(tmp_path), cwd=tmp_path, stdout=pipe, stderr=subprocess.PIPE,
            timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(pipe)
    assert (found.returncode, found.stderr) == (cli.NOBODY_LISTENS, b"")


def test_ctrl_c_ends_a_command_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.INTERRUPTED
    assert capsys.readouterr().err == ""


def broken(_arguments: list[str]) -> int:
    raise BrokenPipeError("a child is gone")


def test_a_pipe_of_our_own_that_breaks_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "run", broken)
    monkeypatch.setattr(cli, "nobody_listens", lambda: False)
    with pytest.raises(BrokenPipeError, match="a child"):
        cli.main()


def test_commands_on_paper_leave_nothing_behind(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "pingyi.config.cli", "paper", "print", "--pack", "chuangxian-2011",
         "--form", "annex4", "--title", "A", "--copies", "1",
         "--out", "ballots.pdf", "--layout", "layout.json"],
        env=environment(tmp_path), cwd=tmp_path, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert (found.returncode, found.stderr) == (cli.DONE, b"")
    assert {one.name for one in tmp_path.iterdir()} == {"ballots.pdf", "layout.json"}
