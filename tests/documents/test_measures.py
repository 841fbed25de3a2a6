"""Room for text: lines are counted as they are wrapped, quickly; a name is never cut down."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.documents.measures import (
    CELL_PADDING_MM,
    balanced,
    breaking_words,
    clean,
    ems,
    line_ends,
    lines_needed,
    most_lines,
    room,
    width_mm,
    wrapped,
)

ROOMS = st.floats(1, 30)
TEXTS = st.text("加强流动党员，。abcXYZ 12.()、·", max_size=80)


@given(TEXTS, ROOMS)
def test_wrapping_loses_nothing_and_fills_every_line(text: str, room: float) -> None:
    lines = wrapped(text, room)
    assert "".join(lines) == text
    for line, following in pairwise(lines):
        # What stands over the edge may not begin a line.
        assert len(line) == 1 or ems(line.rstrip("，。.)、·")) <= room + 0.001
        assert ems(line + following[0]) > room
    assert lines_needed(text, room) == len(lines)


@given(TEXTS, TEXTS, ROOMS)
def test_paragraphs_are_wrapped_apart(one: str, other: str, room: float) -> None:
    both = lines_needed(f"{one}\n{other}", room)
    assert both == len(wrapped(one, room)) + len(wrapped(other, room))
    assert both <= most_lines(f"{one}\n{other}", room)


def test_control_characters_go_and_everything_else_stays() -> None:
    assert clean("王\x07䶮\ue000\t二\r\n行") == "王䶮\ue000 二\n行"
    assert clean("王䶮 ok") == "王䶮 ok"


def test_a_chinese_sign_is_as_wide_as_it_is_high_and_a_letter_about_half() -> None:
    assert ems("国") == 1
    assert ems("，") == 1
    assert ems("①—“”…") == 5
    assert ems("a1") == 1.1
    assert ems("(.)") == 3 * 0.4
    assert ems("") == 0
    assert width_mm("国国", 12) == 24 * 25.4 / 72


def test_a_cell_has_room_for_one_sign_at_least() -> None:
    assert room(25.4 + CELL_PADDING_MM, 12) == pytest.approx(6)
    assert room(25.4, 12, 0) == pytest.approx(6)
    assert room(1, 12) == 1


@given(TEXTS, ROOMS)
def test_a_label_is_ended_well_without_more_lines_or_other_words(text: str, room: float) -> None:
    lines = line_ends(text, room)
    assert "".join(lines) == text
    assert len(lines) == len(wrapped(text, room))
    assert "".join(line_ends(text, room, even=True)) == text


def test_lines_ended_by_their_author_are_left_alone() -> None:
    assert balanced("不\n满意", 2) == "不\n满意"
    assert (
        balanced("推进创先争优活动、兑现公开承诺情况", 14) == "推进创先争优活动、\n兑现公开承诺情况"
    )


@given(TEXTS, ROOMS)
def test_breaking_words_adds_line_ends_and_takes_nothing_away(text: str, room: float) -> None:
    broken = breaking_words(text, room)
    assert broken.replace("\n", "") == text.replace("\n", "")
    for word in re.findall(r"[!-~]+", broken):
        assert len(word) == 1 or ems(word.rstrip(".)")) <= room


def test_no_line_begins_with_a_stop() -> None:
    assert wrapped("党员，群众", 2) == ["党员，", "群众"]
    assert wrapped("(党员)群众", 3) == ["(党员)", "群众"]
