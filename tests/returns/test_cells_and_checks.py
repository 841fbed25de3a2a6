"""What a cell can say, what explains it, and what is asked of a table before it is sealed."""

import pytest

from pingyi.campaigns.queries import known_pack
from pingyi.campaigns.rules.pack import Pack
from pingyi.returns.enums import ReturnDeed, ReturnState
from pingyi.returns.queries.content import BASES
from pingyi.returns.rules.cells import Cell, Correction, Said, cells_of, explains, is_said, total
from pingyi.returns.rules.checks import Finding, findings
from pingyi.returns.rules.workflow import OWNERS, STEPS, diagram

WHY = "名册中一名党员六月已转出"


@pytest.fixture
def pack() -> Pack:
    found = known_pack("chuangxian-2011")
    assert found is not None
    assert found.pack is not None
    return found.pack


def asking(pack: Pack, **changes: object) -> Pack:
    """The pack with another check."""
    return pack.model_copy(update={"checks": [pack.checks[0].model_copy(update=changes)]})


def found(
    pack: Pack,
    said: dict[str, Said],
    others: dict[str, Said] | None = None,
    unknown: dict[str, int] | None = None,
) -> list[str]:
    """Codes of what is said of annex 2 where 4 rural organizations were counted, 2 reviewed."""
    table = next(each for each in pack.tables if each.code == "annex2")
    counted: dict[str, int | None] = {
        f"annex2.{row.code}.{column.code}": None
        for row in table.rows
        for block in table.blocks
        for column in block.columns
    }
    counted |= {"annex2.total.rural": 4, "annex2.reviewed_first.rural": 2}
    corrections = {code: Correction(each, WHY, counted[code]) for code, each in said.items()}
    cells = cells_of(counted, corrections)
    rest = {code: Cell(1, each) for code, each in (others or {}).items()}
    given = {
        "bases": BASES,
        "begun": frozenset({"first"}),
        "others": rest,
        "accepted": {},
        "unknown": unknown or {},
    }
    return [each.code for each in findings(pack, table, cells, **given)]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({}, []),
        ({"total": 3}, []),
        ({"total": 5}, ["above_the_universe"]),
        ({"total": 1}, ["above_the_whole"]),
        ({"total": "nil"}, ["above_the_whole"]),
        ({"total": None}, ["left_blank"]),
        ({"total": "unknown"}, ["unknown"]),
        ({"total": "not_applicable"}, []),
        ({"reviewed_first": 4}, []),
        ({"reviewed_first": 5}, ["above_the_whole"]),
        ({"reviewed_first": None}, ["left_blank"]),
        ({"reviewed_first": "nil"}, []),
        ({"reviewed_second": 0}, ["before_the_round"]),
        ({"reviewed_second": "nil"}, ["before_the_round"]),
    ],
)
def test_what_is_asked_of_the_cells_of_a_row(
    pack: Pack, said: dict[str, Said], codes: list[str]
) -> None:
    whole = {f"annex2.{row}.rural": each for row, each in said.items()}
    assert sorted(found(pack, whole)) == codes


@pytest.mark.parametrize(
    ("said", "unknown", "codes"),
    [
        # More were reviewed than are known of: how many there are, a unit below does not know.
        ({"total": 1}, "total", ["unknown_below"]),
        ({"total": 5}, "total", ["unknown_below"]),
        ({"reviewed_first": 5}, "total", ["unknown_below"]),
        ({"reviewed_first": 5}, "reviewed_first", ["above_the_whole", "unknown_below"]),
        # What the unit itself says instead is told as that alone.
        ({"total": "unknown"}, "total", ["unknown"]),
    ],
)
def test_where_parts_of_a_sum_are_not_known(
    pack: Pack, said: dict[str, Said], unknown: str, codes: list[str]
) -> None:
    whole = {f"annex2.{row}.rural": each for row, each in said.items()}
    assert sorted(found(pack, whole, unknown={f"annex2.{unknown}.rural": 1})) == codes


def test_a_sum_with_unknown_parts_is_not_compared_across_tables(pack: Pack) -> None:
    others: dict[str, Said] = {"annex1.total.grassroots_secretary": 9}
    assert found(pack, {}, others, {"annex2.total.rural": 1}) == ["unknown_below"]
    assert found(pack, {}, others) == ["secretaries_and_organizations"]


def test_what_differs_wants_a_reason(pack: Pack) -> None:
    table = next(each for each in pack.tables if each.code == "annex2")
    cells = {
        f"annex2.{row.code}.{column.code}": Cell(2, 1)
        for row in table.rows
        for block in table.blocks
        for column in block.columns
    }
    given = {
        "bases": BASES,
        "begun": frozenset({"first", "second"}),
        "others": {},
        "accepted": {},
        "unknown": {},
    }
    codes = [each.code for each in findings(pack, table, cells, **given)]
    assert codes == ["reason_missing"] * 48


def test_what_a_pack_asks_across_tables(pack: Pack) -> None:
    """Only of what is filled in; the relation may also be one of not more than."""
    others: dict[str, Said] = {"annex1.total.grassroots_secretary": 4}
    full: dict[str, Said] = {
        f"annex2.total.{column.code}": 4 if column.code == "rural" else 0
        for table in pack.tables
        if table.code == "annex2"
        for block in table.blocks
        for column in block.columns
    }
    assert found(pack, full, others) == []
    assert found(pack, full, {"annex1.total.grassroots_secretary": 5}) == [
        "secretaries_and_organizations"
    ]
    assert found(pack, full) == []
    assert found(pack, {}, {"annex1.total.grassroots_secretary": None}) == []
    less = {"annex1.total.grassroots_secretary": 3}
    assert found(asking(pack, relation="at_most"), full, less) == []
    assert found(asking(pack, right=["annex3.total"]), full, less) == []
    # Blank where there is nothing to count.
    assert found(pack, {"annex2.total.rural": 4}, others) == []


def test_errors_come_first_and_have_a_key(pack: Pack) -> None:
    codes = found(pack, {"annex2.total.rural": "unknown", "annex2.reviewed_second.rural": 1})
    assert codes == ["before_the_round", "unknown"]
    assert Finding("error", "unknown", ("annex2.total.rural",)).key == "unknown:annex2.total.rural"


def test_what_can_stand_in_a_cell() -> None:
    assert all(is_said(each) for each in (None, 0, 999_999_999, "nil", "unknown"))
    assert not any(is_said(each) for each in (-1, 10**9, 1.0, True, "", "2000万", [], "7"))


@pytest.mark.parametrize(
    ("text", "does"),
    [("已核实，与实际一致，无需说明", False), ("数字不一致数字不一致", False),
     ("见附件说明", False), ("与台账不符，特此说明", False),
     ("", False), ("核实无误", False), ("数据核实无误", False), ("经审核，数据无误", False),
     ("checked, correct", False), ("checked and correct", False), ("Correct.", False),
     ("  核实，无误！", False),
     ("好好好好好好好", False), ("转出一", False), (WHY, True), ("one member left in June", True)],
)  # fmt: skip
def test_what_explains_a_figure(text: str, does: bool) -> None:
    assert explains(text) is does


def test_words_and_blanks_add_nothing() -> None:
    cells = {str(at): Cell(9, each) for at, each in enumerate((3, 0, "nil", "unknown", None))}
    assert total(cells, cells) == 3
    assert Cell(0, None).differs
    assert not Cell(None, None).differs


def test_whoever_owns_a_state_has_a_way_on() -> None:
    assert set(OWNERS) == set(ReturnState)
    assert set(STEPS) == set(ReturnDeed)
    for state, owner in OWNERS.items():
        ways = [step for step in STEPS.values() if state in step.begins and step.side is owner]
        assert bool(ways) == (owner is not None)


def test_the_picture_shows_every_step() -> None:
    picture = diagram()
    assert "    sealed --> submitted: submit (sender)\n" in picture
    assert "    open --> open: extend (receiver)\n" in picture
    assert picture.count("-->") == 1 + sum(len(step.begins) for step in STEPS.values())
