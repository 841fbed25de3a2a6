"""How large the words of a sheet are set, whatever a pack and a register say."""

from typing import Any

import pytest

from pingyi.documents.drawings import Words
from pingyi.paper.rules import sheets_of
from tests.paper.print.drawn import MEMBERS, ORGANIZATION
from tests.paper_pages import forms, people


def words(
    code: str, *, name: str = "东村党支部", names: int | list[str] = 3, **changes: Any
) -> list[Words]:
    """The words of the first page."""
    rows = people(names) if isinstance(names, int) else names
    form = forms()[code].model_copy(update=changes)
    return list(sheets_of(form, name=name, names=rows).drawings[0].words)


def labelled(code: str, parts: str, label: str) -> dict[str, Any]:
    """The items or options of a form, the first one under another label."""
    first, *others = getattr(forms()[code], parts)
    return {parts: [first.model_copy(update={"label": label}), *others]}


def size_and_lines(found: list[Words], text: str) -> tuple[float, int]:
    [said] = [one for one in found if one.text.replace("\n", "") == text]
    return said.size, said.text.count("\n") + 1


@pytest.mark.parametrize(
    ("code", "signs", "size", "lines"),
    [
        (ORGANIZATION, 5, 20, 1),
        (ORGANIZATION, 19, 19, 1),
        (ORGANIZATION, 26, 14, 1),
        (ORGANIZATION, 27, 15, 2),
        (MEMBERS, 5, 18, 1),
        (MEMBERS, 30, 12, 1),
        (MEMBERS, 31, 12, 2),
    ],
)
def test_a_long_title_is_set_smaller_before_it_takes_two_lines(
    code: str, signs: int, size: float, lines: int
) -> None:
    assert size_and_lines(words(code, title="评" * signs), "评" * signs) == (size, lines)


@pytest.mark.parametrize(
    ("names", "signs", "size", "own"),
    [
        (3, 18, 11, 11),
        (3, 19, 10.5, 10.5),
        (3, 27, 9, 9),
        (3, 28, 9, 8.5),
        (36, 11, 11, 11),
        (36, 12, 10.5, 10.5),
        (36, 20, 9, 9),
        (36, 21, 9, 8.5),
    ],
)
def test_a_long_name_makes_the_head_line_smaller_down_to_nine_points_then_itself(
    names: int, signs: int, size: float, own: float
) -> None:
    found = words(MEMBERS, name="村" * signs, names=names)
    assert [one.size for one in found if one.text.startswith("时间")] == [size]
    assert [one.size for one in found if one.text.endswith("村" * signs)] == [own]


@pytest.mark.parametrize(
    ("person", "size", "lines"),
    [("王建国", 11, 1), ("买买提·江", 9, 1), ("欧阳娜Ann", 8.5, 1), ("买买提·阿卜杜", 11, 2)],
)
def test_a_name_stands_on_one_line_down_to_eight_and_a_half_points(
    person: str, size: float, lines: int
) -> None:
    assert size_and_lines(words(MEMBERS, names=[person]), person) == (size, lines)


@pytest.mark.parametrize(
    ("person", "lines"),
    [
        ("张建国（1965）", ["张建国", "（1965）"]),
        ("王丽（甲）", ["王丽", "（甲）"]),
        ("江（甲）", ["江（甲）"]),
        ("买买提·阿卜杜（甲）", ["买买提·阿", "卜杜（甲）"]),
    ],
)
def test_what_tells_namesakes_apart_stands_whole_on_a_line(person: str, lines: list[str]) -> None:
    [said] = [one for one in words(MEMBERS, names=[person]) if one.text.startswith(person[0])]
    assert said.text.split("\n") == lines


@pytest.mark.parametrize(("signs", "size", "lines"), [(16, 13, 1), (19, 11, 1), (21, 13, 2)])
def test_an_item_stands_on_one_line_down_to_eleven_points(
    signs: int, size: float, lines: int
) -> None:
    found = words(ORGANIZATION, **labelled(ORGANIZATION, "items", "事" * signs))
    assert size_and_lines(found, "事" * signs) == (size, lines)


@pytest.mark.parametrize(
    ("label", "lines"), [("良好", 1), ("A级好", 1), ("好或良", 2), ("非常满意", 2)]
)
def test_a_grade_too_wide_for_its_column_stands_on_two_lines(label: str, lines: int) -> None:
    found = words(MEMBERS, **labelled(MEMBERS, "options", label))
    broken = [one.text for one in found if one.text.replace("\n", "") == label]
    assert [text.count("\n") + 1 for text in broken] == [lines] * 4


@pytest.mark.parametrize("label", ["意见X", "意见X:", "意见X\uff1a"])
def test_the_box_for_opinions_ends_its_label_with_one_colon(label: str) -> None:
    texts = [one.text for one in words(ORGANIZATION, opinions_label=label)]
    assert texts[-1] == "意见X\uff1a"
