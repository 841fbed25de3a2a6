"""The count of a box: the identities of rulebook §1, and a second count, done apart."""

from hypothesis import given
from hypothesis import strategies as st

from pingyi.ballots.rules.counting import tally
from tests.ballots.boxes import Box, grid

OPTIONS = ("good", "fair", "poor")
BLANKS, ALIKES = ("abstain", "invalid"), ("count", "flag", "void")


@st.composite
def boxes(draw):
    """A form, ballots on it (blank ones and blank cells among them) and how they are counted."""
    rows, items = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    cell = st.sampled_from([*OPTIONS, None])
    sheet = st.lists(cell, min_size=rows * items, max_size=rows * items)
    alike = cell.map(lambda option: [option] * rows * items)
    sheets = draw(st.lists(sheet | alike, max_size=12))
    settings = {
        "blank": draw(st.sampled_from(BLANKS)),
        "straight_line": draw(st.sampled_from(ALIKES)),
    }
    return Box(grid(rows, items), slips=5, settings=settings), sheets


def answers_of(box, sheet):
    cells = dict(zip(box.form.cells(), sheet, strict=True))
    given = {}
    for (subject, item), option in cells.items():
        if option is not None:
            given.setdefault(subject, {})[item] = option
    return given


@given(boxes())
def test_the_sums_are_those_of_a_count_by_hand(made):
    box, sheets = made
    void_alike = box.settings["straight_line"] == "void"
    void_blank = box.settings["blank"] == "invalid"
    counted = tally([answers_of(box, sheet) for sheet in sheets], box.manifest)

    good = []
    for sheet in sheets:
        is_alike = len(sheet) > 1 and sheet[0] is not None and len(set(sheet)) == 1
        is_empty = set(sheet) == {None}
        if not (is_alike and void_alike) and not (is_empty and void_blank):
            good.append(sheet)

    assert counted.valid == len(good)
    assert counted.collected == len(sheets)
    for at, cell in enumerate(box.form.cells()):
        marks = [sheet[at] for sheet in good]
        line = counted.lines[cell]
        assert line.votes == {option: marks.count(option) for option in OPTIONS}
        assert (line.void, line.abstained) == (
            (marks.count(None), 0) if void_blank else (0, marks.count(None))
        )
        assert sum(line.votes.values()) + line.abstained + line.void == counted.valid


def test_sheets_with_all_answers_alike_are_told_where_the_campaign_asks():
    alike = {"s1": {"i1": "good", "i2": "good"}}
    other = {"s1": {"i1": "good", "i2": "fair"}}
    half = {"s1": {"i1": "good"}}

    def counted(how):
        box = Box(grid(1, 2), settings={"straight_line": how})
        found = tally([alike, other, half, {}], box.manifest)
        return found.valid, found.spoilt, found.alike

    assert counted("flag") == (4, 0, 1)
    assert counted("count") == (4, 0, 0)
    assert counted("void") == (3, 1, 0)


def test_one_question_alone_is_never_a_straight_line():
    box = Box(grid(1, 1), settings={"straight_line": "void"})

    assert tally([{"s1": {"i1": "good"}}], box.manifest).valid == 1
