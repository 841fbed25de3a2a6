import json

import pytest
from django.core.management import call_command

from pingyi.config.cli import WRONG_USE, run
from pingyi.core.refusals import Refusal

HERE = {"campaign": "cx2011", "unit": "T1", "round": "first"}


def tables(**changes):
    given = {**HERE, **changes}
    call_command("tables", **given)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"campaign": "nothing"}, "unknown_campaign"),
        ({"unit": "T9"}, "unknown_unit"),
        ({"round": "ninth"}, "unknown_round"),
    ],
)
def test_what_does_not_exist_is_refused(changes, code, campaign, tmp_path):
    with pytest.raises(Refusal) as caught:
        tables(**{"json": str(tmp_path / "figures.json"), **changes})
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_saying_nowhere_to_write_is_wrong_use(db, capsys):
    with pytest.raises(SystemExit) as ended:
        run(["pingyi", "tables", "--campaign", "cx2011", "--unit", "T1", "--round", "first"])
    assert ended.value.code == WRONG_USE
    assert "--out DIR" in capsys.readouterr().err


def test_figures_are_written_as_json(first_round, tmp_path, capsys):
    tables(json=str(tmp_path / "figures.json"))
    found = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert found["annex2"]["columns"][0] == "农村"
    assert found["annex2"]["党组织数"][:2] == [1, None]
    assert found["checks"]["organizations"] == 3
    tables(json="-")
    assert json.loads(capsys.readouterr().out) == found


def test_a_folder_gets_every_table_and_every_ballot(first_round, tmp_path, capsys):
    tables(out=tmp_path / "new")
    names = {path.name for path in (tmp_path / "new").iterdir()}
    expected = {f"annex{n}.{kind}" for n in (1, 2, 3) for kind in ("pdf", "xlsx", "docx")}
    expected |= {f"annex{n}.{kind}" for n in (4, 5) for kind in ("pdf", "docx")} | {"tables.pdf"}
    assert names == expected
    assert len(capsys.readouterr().out.split()) == len(expected)


def test_a_folder_that_cannot_be_written_is_refused(campaign, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        tables(json=str(tmp_path / "file" / "figures.json"))
    assert caught.value.code == "not_writable"
