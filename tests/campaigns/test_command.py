"""`pingyi campaign …`: the same deeds on the command line."""

import json

import pytest
from django.core.management import call_command

from pingyi.campaigns.models import Campaign, Round
from pingyi.config.cli import REFUSED, WRONG_USE, run
from pingyi.core.refusals import Refusal

OPEN = ["--pack", "chuangxian-2011", "--code", "cx", "--name", "活动", "--root", "X"]


def campaign(*arguments):
    call_command("campaign", *arguments)


def test_packs_are_listed(db, capsys):
    campaign("packs")
    assert "minzhu-pingyi\t民主评议党员" in capsys.readouterr().out


def test_packs_with_problems_are_listed_with_them(db, capsys, settings, tmp_path):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "pack.toml").write_text("x = 1", encoding="utf-8")
    settings.PACK_DIRS = [tmp_path]
    campaign("packs")
    assert "odd/pack.toml x" in capsys.readouterr().out
    campaign("packs", "--json")
    (found,) = json.loads(capsys.readouterr().out)
    assert found["code"] == "odd"
    assert len(found["problems"]) > 1


def test_a_campaign_and_its_round_are_opened_and_closed(register, capsys):
    campaign("open", *OPEN, "--cut-off", "2011-05-31", "--json")
    result = json.loads(capsys.readouterr().out)
    assert (result["code"], result["units"], result["members"]) == ("cx", 7, 11)
    assert result["rounds"] == ["first", "second"]
    campaign("open-round", "--campaign", "cx", "--round", "first")
    assert Round.objects.get(code="first").state == "open"
    campaign("close-round", "--campaign", "cx", "--round", "first", "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {
        "campaign": "cx",
        "round": "first",
        "state": "closed",
    }


def test_without_json_a_sentence_is_printed(register, capsys):
    campaign("open", *OPEN, "--cut-off", "2011-05-31")
    assert "7" in capsys.readouterr().out


def test_what_does_not_exist_is_refused_and_nothing_written(register):
    with pytest.raises(Refusal, match="nowhere"):
        campaign("open", *OPEN[:-1], "nowhere", "--cut-off", "2011-05-31")
    with pytest.raises(Refusal, match="first"):
        campaign("close-round", "--campaign", "cx", "--round", "first")
    assert not Campaign.objects.exists()


# The command line closes its connection at the end: nothing is read after it.


def test_a_refusal_ends_with_one(db, capsys):
    assert run(["pingyi", "campaign", "open-round", "--campaign", "x", "--round", "y"]) == REFUSED
    assert "x" in capsys.readouterr().err


def test_wrong_use_ends_with_two(db, capsys):
    with pytest.raises(SystemExit) as ended:
        run(["pingyi", "campaign", "open", *OPEN, "--cut-off", "yesterday"])
    assert ended.value.code == WRONG_USE
    assert "yesterday" in capsys.readouterr().err


def test_a_pack_is_tried_and_the_end_says_whether_it_can_be_used(db, capsys, settings, tmp_path):
    campaign("packs", "check")
    assert "minzhu-pingyi\t民主评议党员" in capsys.readouterr().out
    for folder, text in (("odd", "x = 1"), ("gone", None)):
        (tmp_path / folder).mkdir()
        if text:
            (tmp_path / folder / "pack.toml").write_text(text, encoding="utf-8")
        for path in (tmp_path / folder, tmp_path / folder / "pack.toml"):
            with pytest.raises(SystemExit) as ended:
                campaign("packs", "check", str(path))
            assert ended.value.code == 1
            assert f"{folder}/pack.toml" in capsys.readouterr().out
    settings.PACK_DIRS = [*settings.PACK_DIRS, tmp_path]
    with pytest.raises(SystemExit):
        campaign("packs", "check", "--json")
    told = {found["code"]: found["problems"] for found in json.loads(capsys.readouterr().out)}
    assert told["minzhu-pingyi"] == []
    assert told["odd"]


def test_what_the_register_does_not_know_is_said_before_opening(db, capsys, settings, tmp_path):
    campaign("packs", "new", "mine", "--from", "chuangxian-2011", "--dir", str(tmp_path))
    file = tmp_path / "mine" / "pack.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('"township", "county_unit"', '"township", "moon"'), encoding="utf-8"
    )
    capsys.readouterr()
    with pytest.raises(SystemExit):
        campaign("packs", "check", str(file))
    assert "moon" in capsys.readouterr().out


def test_a_pack_begins_as_the_copy_of_another(db, capsys, settings, tmp_path):
    settings.PACK_DIRS = [*settings.PACK_DIRS, tmp_path / "own"]
    campaign("packs", "new", "mine", "--from", "minzhu-pingyi", "--json")
    made = json.loads(capsys.readouterr().out)
    assert made == {"code": "mine", "file": str(tmp_path / "own" / "mine" / "pack.toml")}
    campaign("packs", "check", made["file"])
    assert "mine\t民主评议党员" in capsys.readouterr().out
    campaign("packs", "--json")
    assert "mine" in {found["code"] for found in json.loads(capsys.readouterr().out)}


@pytest.mark.parametrize(
    ("code", "source", "refusal"),
    [
        ("Mine", "minzhu-pingyi", "no_code"),
        ("../mine", "minzhu-pingyi", "no_code"),
        ("mine\n", "minzhu-pingyi", "no_code"),
        ("mine", "nowhere", "unknown_pack"),
        ("ganbu-ceping", "minzhu-pingyi", "code_is_taken"),
        ("there", "minzhu-pingyi", "code_is_taken"),
    ],
)
def test_a_pack_that_cannot_begin_is_refused_and_nothing_made(
    db, settings, tmp_path, code, source, refusal
):
    (tmp_path / "there").mkdir()
    with pytest.raises(Refusal) as found:
        campaign("packs", "new", code, "--from", source, "--dir", str(tmp_path))
    assert found.value.code == refusal
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_without_a_folder_of_ones_own_it_must_be_said(db, settings):
    settings.PACK_DIRS = settings.PACK_DIRS[:1]
    with pytest.raises(Refusal) as found:
        campaign("packs", "new", "mine", "--from", "minzhu-pingyi")
    assert found.value.code == "no_folder"
