"""Roster workbook in, reviews through operations, every cell of the three tables compared (N11)."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.campaigns.queries import pack_of, root_unit
from pingyi.organizations.models import Organization
from pingyi.returns.exports import figures_json
from pingyi.returns.exports.documents import paper_document
from pingyi.returns.exports.versions import figures_of
from pingyi.returns.models import Return
from pingyi.returns.operations.sealing import seal
from pingyi.returns.operations.sending import accept, submit
from pingyi.returns.queries import Moment
from pingyi.returns.queries.papers import sealed_paper
from pingyi.returns.queries.rolled import rolled_up
from pingyi.returns.queries.tables import UnitTables
from pingyi.returns.rules.cells import Cell
from pingyi.reviews.models import Review
from pingyi.reviews.operations import NewReview, record_many
from tests.cast import NOW
from tests.golden.printed import figures_in, golden_rows
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


def send_and_accept(round_: Round, township: Unit) -> Unit:
    """All tables of the township as they are counted; the county above it."""
    given = {"round_": round_, "unit": township, "by": None, "now": NOW.replace(day=28)}
    for table in pack_of(round_.campaign).tables:
        foot = dict.fromkeys(table.foot_labels, "某人 0730-5550101")
        seal(table=table.code, filled_on=date(2011, 6, 28), foot=foot, **given)
        submit(table=table.code, **given)
        accept(table=table.code, **given)
    return root_unit(round_.campaign)


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
    # Sealed, sent and accepted they stand in what the county adds up, as they are.
    township = first_round.campaign.units.get(code=TOWNSHIP)
    rolled = rolled_up(Moment(first_round), send_and_accept(first_round, township))
    pack = pack_of(first_round.campaign)
    cells = {
        code: Cell(number, number)
        for table in rolled.values()
        for code, cell in table.cells.items()
        for number in [cell.said.get(TOWNSHIP)]
    }
    sealed = {table.code: figures_of(table, cells) for table in pack.tables}
    told = figures_json(UnitTables(tuple(pack.tables), sealed), source="", round_code="first")
    assert {key: told[key] for key in sealed} == {key: GOLDEN[key] for key in sealed}
    # The county's own office branch, 31 branches and 1,277 members of the township.
    totals = [
        sum(cell.number or 0 for code, cell in rolled[name].cells.items() if ".total." in code)
        for name in ("annex2", "annex3")
    ]
    assert totals == [1 + 31, 1 + 1277]


def test_before_any_review_the_rows_of_the_round_are_zero_not_blank(
    first_round: Round, tmp_path: Path
) -> None:
    found = figures(tmp_path / "figures.json")
    assert found["annex2"]["已被点评党组织数/第一次"] == [
        None if total is None else 0 for total in GOLDEN["annex2"]["党组织数"]
    ]
    assert found["annex2"]["已被点评党组织数/第二次"] == [None] * 12


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_every_document_of_what_was_sealed_carries_the_figures_of_the_notice(
    first_round: Round, tmp_path: Path, kind: str
) -> None:
    review_everybody(first_round)
    township = first_round.campaign.units.get(code=TOWNSHIP)
    send_and_accept(first_round, township)
    # What is told afterwards is no part of what was sealed.
    Review.objects.filter(round=first_round).order_by("pk")[0].delete()
    plans = {table.code: table for table in pack_of(first_round.campaign).tables}
    returns = Return.objects.filter(round=first_round, unit=township).select_related("latest")
    assert {row.table for row in returns} == set(plans) == {"annex1", "annex2", "annex3"}
    for row in returns:
        paper = sealed_paper(plans[row.table], row, row.latest)
        path = tmp_path / f"{row.table}.{kind}"
        path.write_bytes(paper_document(paper, kind=kind, unit_name=township.name))
        assert figures_in(path) == golden_rows(GOLDEN[row.table])
