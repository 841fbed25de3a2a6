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
