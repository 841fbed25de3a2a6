"""Roster workbook in, reviews through operations, every cell of the three tables compared (N11)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.organizations.models import Organization
from pingyi.reviews.operations import NewReview, record_many
from tests.cast import NOW
from tests.golden.township import TOWNSHIP, workbook

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "annexes.golden.json").read_text(encoding="utf-8")
)
TEXTS = ["修通两公里机耕道", "办好村级卫生室", "调解邻里纠纷", "组织技能培训", "落实惠农补贴"]


@pytest.fixture
def first_round(db: None, tmp_path: Path) -> Round:
    """The township imported through the normal door, the campaign of the notice opened over it."""
    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook(GOLDEN))
    call_command("import", "roster", str(path), "--apply", "--effective", "2010-01-01")
    campaign: Campaign = open_campaign(
        code="notice",
        name="领导点评与群众评议",
        pack_code="chuangxian-2011",
        root=Organization.objects.get(code="YL"),
        cut_off_on=date(2011, 5, 31),
        by=None,
        now=NOW,
    )
    return open_round(round_=campaign.rounds.get(code="first"), by=None, now=NOW.replace(day=16))


def review_everybody(round_: Round) -> None:
    """Every assignment below the township is carried out by the leader it names."""
    township = round_.campaign.units.get(code=TOWNSHIP)
    assignments = round_.assignments.select_related("reviewer", "unit", "participant__unit")
    reviews = []
    for number, each in enumerate(assignments):
        unit = each.unit or each.participant.unit
        if not unit.path.startswith(township.path):
            continue
        text = TEXTS[number % len(TEXTS)]
        reviews.append(
            NewReview(
                reviewer=each.reviewer,
                unit=each.unit,
                participant=each.participant,
                form="meeting",
                held_on=date(2011, 6, 20),
                place="镇政府会议室",
                achievements=f"{text}成效明显,惠及群众{number}户",
                problems=f"公示不够及时,有{number}件事项没有上墙",
                direction=f"七月底前补齐{number}件公示并接受检查",
            )
        )
    record_many(round_=round_, reviews=reviews, accept_signs=True, by=None, now=NOW.replace(day=21))


def figures(path: Path) -> dict[str, Any]:
    call_command(
        "tables", "--campaign", "notice", "--unit", TOWNSHIP, "--round", "first",
        "--json", str(path),
    )  # fmt: skip
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_cell_of_the_three_tables_is_that_of_the_notice(
    first_round: Round, tmp_path: Path
) -> None:
    review_everybody(first_round)
    found = figures(tmp_path / "figures.json")
    for key in ("round", "annex1", "annex2", "annex3", "checks"):
        assert found[key] == GOLDEN[key]


def test_before_any_review_the_rows_of_the_round_are_zero_not_blank(
    first_round: Round, tmp_path: Path
) -> None:
    found = figures(tmp_path / "figures.json")
    assert found["annex2"]["已被点评党组织数/第一次"] == [
        None if total is None else 0 for total in GOLDEN["annex2"]["党组织数"]
    ]
    assert found["annex2"]["已被点评党组织数/第二次"] == [None] * 12
