"""Labels of two levels are merged over the rows that share the first, on the screen too."""

from pingyi.campaigns.queries.packs import known_packs
from pingyi.campaigns.rules.pack import Row, Table
from pingyi.returns.templatetags.returns import labelled_rows


def drawn(*labels: list[str]) -> list[tuple[str, int, bool, str]]:
    """Lead, span, whether it spans both columns, and label, of rows with these labels."""
    rows = [Row(code=f"r{at}", label=label, measure="x") for at, label in enumerate(labels)]
    table = Table.model_construct(rows=rows)
    return [(row.lead, row.span, row.whole, row.label) for row in labelled_rows(table)]


def test_the_first_of_two_levels_stands_once_over_its_rows() -> None:
    assert drawn(["数"], ["已点评", "第一次"], ["已点评", "第二次"], ["已评议"]) == [
        ("数", 1, True, "数"),
        ("已点评", 2, False, "第一次"),
        ("", 2, False, "第二次"),
        ("已评议", 1, True, "已评议"),
    ]


def test_a_label_of_one_level_stands_alone_among_those_that_begin_like_it() -> None:
    assert drawn(["数"], ["数", "农村"], ["数", "社区"], ["别", "一"], ["数"], ["数"]) == [
        ("数", 1, True, "数"),
        ("数", 2, False, "农村"),
        ("", 2, False, "社区"),
        ("别", 1, False, "一"),
        ("数", 1, True, "数"),
        ("数", 1, True, "数"),
    ]


def test_every_row_of_every_pack_is_said_with_all_its_words() -> None:
    for info in known_packs():
        for table in info.pack.tables if info.pack else ():
            rows = labelled_rows(table)
            assert [row.spoken.split() for row in rows] == [row.label for row in table.rows]
            assert sum(row.span for row in rows if row.lead) == len(rows)
