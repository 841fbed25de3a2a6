import json
import os
import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.utils.translation import override

from pingyi.config import cli
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.ledger.queries import lines
from tests.ledger.conftest import written

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> str:
    with override("en"):
        call_command("ledger", *arguments)
    return capsys.readouterr().out


def test_root_prints_size_and_root(ten_lines, capsys):
    root = lines.root()
    assert run(capsys, "root") == f"10:{root.root_hash}\n"
    assert json.loads(run(capsys, "root", "--json")) == {"size": 10, "root": root.root_hash}


def test_verify_says_that_the_ledger_is_whole(ten_lines, capsys):
    assert run(capsys, "verify").startswith("The ledger is whole: 10 entries.\n0 rows ")


def test_verify_of_an_empty_ledger_is_fine(capsys):
    assert "0 entries" in run(capsys, "verify")


def test_verify_takes_a_root_noted_earlier(ten_lines, capsys):
    noted = run(capsys, "root").strip()
    written(3)
    assert "13 entries" in run(capsys, "verify", "--noted", noted)
    other = "10:" + "00" * 32
    with pytest.raises(Refusal, match="after 10 entries"):
        run(capsys, "verify", "--noted", other)


def test_verify_names_the_first_wrong_entry(ten_lines, unsealed, capsys):
    Entry.objects.filter(seq=4).update(kind="other")
    with pytest.raises(Refusal, match=r"^Entry 4 "):
        run(capsys, "verify")
    capsys.readouterr()
    assert cli.run(["pingyi", "ledger", "verify"]) == cli.REFUSED
    assert re.match(r"pingyi: .*4", capsys.readouterr().err)


def test_verify_tells_the_same_as_json(ten_lines, unsealed, capsys):
    result = json.loads(run(capsys, "verify", "--json"))
    assert (result["whole"], result["size"], result["fault"]) == (True, 10, None)
    Entry.objects.filter(seq=4).update(kind="other")
    with pytest.raises(Refusal):
        run(capsys, "verify", "--json")
    result = json.loads(capsys.readouterr().out)
    assert (result["whole"], result["fault"]) == (False, {"kind": "line_changed", "entry": 4})


@pytest.mark.parametrize(
    "arguments", [[], ["burn"], ["verify", "--noted", "10"], ["verify", "--noted", "x:" + "0" * 64]]
)
def test_wrong_use_ends_with_2(arguments, tmp_path):
    program = "from pingyi.config.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "ledger", *arguments],
        env={**os.environ, "PINGYI_DATA_DIR": str(tmp_path), "PYTHONPATH": "src"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 2
