"""A remark shows a few examples and says every place."""

import pytest

from pingyi.rosters.queries.messages import issue_line
from pingyi.rosters.rules.issues import runs
from tests.rosters.test_planning import member, read


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["A2"], "A2"),
        (["A2", "A3", "A4", "A7"], "A2:A4, A7"),
        (["A2", "B3", "B4"], "A2, B3:B4"),
        (["3", "4", "9"], "3:4, 9"),
        (["E2:E4", "E5:E6"], "E2:E4, E5:E6"),
        (["A9", "A10", "A11"], "A9:A11"),
        ([], ""),
    ],
)
def test_places_that_follow_each_other_are_said_as_one(places: list[str], said: str) -> None:
    assert runs(places) == said


@pytest.mark.parametrize(("number", "more"), [(5, ""), (7, " … A2:A8")])
def test_places_beyond_the_examples_are_said_too(number: int, more: str) -> None:
    names = [f"王{sign} " for sign in "甲乙丙丁戊己庚"[:number]]
    [note] = read({"党员": [member(name, "A1") for name in names]}).notes
    assert note.params["count"] == number
    assert issue_line(note).sentence.endswith(f"A6 王戊  → 王戊{more}")
