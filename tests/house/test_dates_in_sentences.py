"""A sentence for people writes a date as people do, never as 2011-06-30."""

import ast
from pathlib import Path

import pytest
from django.utils.formats import date_format

import pingyi
from pingyi.campaigns.models import Campaign
from pingyi.campaigns.queries.lookup import find_unit
from pingyi.core.refusals import Refusal

ROOT = Path(pingyi.__file__).parent


def test_no_sentence_is_filled_with_an_iso_date() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in ROOT.rglob("*.py")
        for filled in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(filled, ast.BinOp) and isinstance(filled.op, ast.Mod)
        for call in ast.walk(filled.right)
        if isinstance(call, ast.Attribute) and call.attr == "isoformat"
    ]
    assert found == []


def test_an_unknown_unit_is_told_the_day_of_the_freeze(campaign: Campaign) -> None:
    with pytest.raises(Refusal) as refused:
        find_unit(campaign, "nowhere")
    assert date_format(campaign.cut_off_on) in str(refused.value)
