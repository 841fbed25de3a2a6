"""Room for text: lines are counted as they are wrapped, quickly; a name is never cut down."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pingyi.documents.measures import clean, ems, lines_needed, most_lines, wrapped

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
