"""`pingyi verify`, and the one file that does the same where there is no pingyi."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pingyi.ballots.exports import verifier
from pingyi.ballots.rules.boards import board_text
from pingyi.core.refusals import Refusal
from tests.ballots.boxes import Box, filled_in

NEEDED = ("cryptography", "cffi", "pycparser", "_cffi_backend")
ALONE = """
import runpy, sys
sys.path[:] = [path for path in sys.path if "site-packages" not in path] + [sys.argv[1]]
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def board(tmp_path):
    box = Box()
    path = tmp_path / "board.json"
    given = [box.ballot(slip, filled_in(box)) for slip in range(10)]
    path.write_bytes(board_text(box.board(given)))
    return path


@pytest.fixture
def alone(tmp_path):
    """Run the one file in a folder that has nothing but it, the board and cryptography."""
    library = tmp_path / "library"
    library.mkdir()
    for package in Path(sysconfig.get_path("platlib")).iterdir():
        if package.name.split(".")[0] in NEEDED:
            (library / package.name).symlink_to(package)
    program = tmp_path / "verify.pyz"
    program.write_bytes(verifier())

    def run(*arguments):
        command = [sys.executable, "-I", "-c", ALONE, library, program, *arguments]
        done = subprocess.run(  # its answer is what is asked for
            command, check=False, capture_output=True, encoding="utf-8", cwd=tmp_path
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_one_file_recounts_a_board_where_there_is_no_pingyi(board, alone):
    code, said = alone(board)

    assert code == 0, said
    assert said.count("[ok]") == 8
    assert "Counted again: the result is the published one" in said
    assert alone(board, "--manifest", "000000000000")[0] == 1


def test_the_one_file_is_the_same_whenever_it_is_made():
    assert verifier() == verifier()


def test_the_command_says_the_same(board, tmp_path, capsys):
    call_command("verify", board)
    assert "[ok] 重新计票" in capsys.readouterr().out

    with pytest.raises(SystemExit):
        call_command("verify", board, receipt=["NONE"])
    with pytest.raises(CommandError):
        call_command("verify")


def test_the_program_is_written_or_it_is_said_why_not(tmp_path, capsys):
    path = tmp_path / "verify.pyz"

    call_command("verify", program=path)

    assert path.read_bytes() == verifier()
    assert str(path) in capsys.readouterr().out
    with pytest.raises(Refusal):
        call_command("verify", program=tmp_path / "none" / "verify.pyz")
