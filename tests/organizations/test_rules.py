"""Spans, circles, identity numbers and initials, in plain Python."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingyi.organizations.rules.identity import (
    IdentityFault,
    birthday_of,
    check_digit,
    fault_of,
    identity_hash,
    identity_of,
    is_male,
    normalize,
)
from pingyi.organizations.rules.initials import initials_of, initials_of_person
from pingyi.organizations.rules.spans import Span, unbroken_since
from pingyi.organizations.rules.tree import (
    Edge,
    day_above_itself,
    first_days,
)

# A busy machine is no fault of the rules.
steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

START = date(2011, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(-2, 16)]


def day(n: int) -> date:
    return START + timedelta(days=n)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    begin = draw(st.integers(0, 10))
    length = draw(st.none() | st.integers(1, 5))
    return Span(day(begin), None if length is None else day(begin + length))


def test_rows_that_follow_each_other_without_a_gap_are_one() -> None:
    assert unbroken_since(day(9), []) == day(9)
    former = [(day(1), day(3)), (day(4), day(6)), (day(6), day(9))]
    assert unbroken_since(day(9), former) == day(4)
    assert unbroken_since(day(8), former) == day(8)


@steady
@given(spans(), spans())
def test_what_spans_say_is_what_their_days_say(one: Span, other: Span) -> None:
    # Beyond the last bounded day only open spans hold; the list of days reaches past it.
    days_of_one = {on for on in DAYS if one.covers(on)}
    days_of_other = {on for on in DAYS if other.covers(on)}
    assert one.overlaps(other) == bool(days_of_one & days_of_other)
    assert one.overlaps(other) == other.overlaps(one)


@steady
@given(spans(), st.sampled_from(DAYS))
def test_the_nearest_day_lies_in_the_span(span: Span, on: date) -> None:
    nearest = span.nearest(on)
    assert span.covers(nearest)
    assert nearest == min((d for d in DAYS if span.covers(d)), key=lambda d: abs(d - on))


@st.composite
def edges(draw: st.DrawFn) -> list[Edge[int]]:
    """Up to two places for each of five nodes, one after the other."""
    found = []
    for child in range(5):
        begin = draw(st.integers(0, 4))
        for _place in range(draw(st.integers(0, 2))):
            parent = draw(st.integers(1, 4).map(lambda step, child=child: (child + step) % 5))
            end = begin + draw(st.integers(1, 4))
            found.append(Edge(child, parent, Span(day(begin), day(end))))
            begin = end + draw(st.integers(0, 1))
    return found


def day_of_a_circle(found: list[Edge[int]]) -> date | None:
    """The first day on which some node stands above itself, by walking up from each of them."""
    for on in DAYS:
        parents = {edge.child: edge.parent for edge in found if edge.span.covers(on)}
        for start in parents:
            node: int | None = start
            for _step in range(7):
                node = parents.get(node)
                if node == start:
                    return on
    return None


@steady
@given(edges(), st.integers(0, 4), st.integers(0, 4), spans())
def test_a_new_edge_is_refused_if_and_only_if_it_closes_a_circle(
    found: list[Edge[int]], node: int, parent: int, span: Span
) -> None:
    others = [edge for edge in found if edge.child != node]
    if day_of_a_circle(others) is not None:
        return
    closed = day_of_a_circle([*others, Edge(node, parent, span)])
    expected = span.valid_from if node == parent else closed
    assert day_above_itself(node, parent, span, found) == expected


def test_rows_that_hold_a_circle_already_do_not_hang_the_search() -> None:
    circle = [Edge(1, 2, Span(START)), Edge(2, 1, Span(START))]
    assert day_above_itself(0, 1, Span(START), circle) is None


def sound(first_17: str) -> str:
    return first_17 + check_digit(first_17)


def test_each_stands_below_the_top_from_the_earliest_day_a_way_is_open() -> None:
    def edge(child: str, parent: str, year: int) -> Edge[str]:
        return Edge(child, parent, Span(date(year, 1, 1)))

    edges = [edge("a", "top", 2005), edge("b", "a", 2001), edge("b", "c", 2003)]
    edges += [edge("c", "top", 2002), edge("far", "away", 2000), edge("late", "top", 2007)]
    assert first_days("top", date(2000, 1, 1), edges) == {
        "top": date(2000, 1, 1),
        "a": date(2005, 1, 1),
        "b": date(2003, 1, 1),
        "c": date(2002, 1, 1),
        "late": date(2007, 1, 1),
    }


@steady
@given(edges())
def test_what_begins_on_one_day_needs_no_order(found: list[Edge[int]]) -> None:
    def first(nodes: Sequence[object]) -> dict[object, date]:
        named = [Edge(nodes[edge.child], nodes[edge.parent], edge.span) for edge in found]
        return first_days(nodes[0], START, named)

    nodes = [object() for _node in range(5)]
    days = first(range(5))
    assert first(nodes) == {nodes[node]: begun for node, begun in days.items()}


def test_the_number_of_the_standard_is_sound() -> None:
    # The example of GB 11643-1999.
    assert fault_of("11010519491231002X") is None
    assert fault_of("440524188001010014") is None
    assert birthday_of("11010519491231002X") == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", IdentityFault.LENGTH),
        ("11010519491231002", IdentityFault.LENGTH),
        ("11010519491231002A", IdentityFault.CHARACTERS),
        ("1101051949123100XX", IdentityFault.CHARACTERS),
        ("110105194913310020", IdentityFault.BIRTHDAY),
        ("110105194912310020", IdentityFault.CHECK_DIGIT),
    ],
)
def test_what_is_wrong_with_a_number_is_named(number: str, fault: IdentityFault) -> None:
    assert fault_of(number) == fault


@steady
@given(st.integers(0, 10**6 - 1), st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(serial: int, place: int, shift: int) -> None:
    number = sound(f"{serial:06d}19700101{serial % 1000:03d}")
    mistyped = str((int(number[place]) + shift) % 10)
    assert fault_of(number[:place] + mistyped + number[place + 1 :]) is not None


def test_one_number_written_in_many_ways_is_one_person() -> None:
    written = [
        "11010519491231002X",
        " 110105 19491231 002x",
        "１１０１０５１９４９１２３１００２ｘ",
    ]
    assert {normalize(number) for number in written} == {"11010519491231002X"}
    assert len({identity_hash(number, key="k") for number in written}) == 1
    assert identity_of(written[1], key="k").last4 == "002X"


def test_dashes_between_the_parts_of_a_number_are_nothing() -> None:
    assert normalize("110105-19491231-002x") == "11010519491231002X"


def test_signs_that_only_look_like_digits_are_none() -> None:
    # Eastern Arabic digits are digits to Python, and NFKC leaves them alone.
    assert fault_of("1101051949123100٢X") == IdentityFault.CHARACTERS


@pytest.mark.parametrize(("sign", "male"), [("1", True), ("2", False), ("9", True), ("8", False)])
def test_the_last_but_one_sign_says_the_sex(sign: str, male: bool) -> None:
    assert is_male(sound("1101051949123100" + sign)) is male


def test_every_weight_of_the_standard_counts() -> None:
    # 1 at one place only: the weights of GB 11643, one by one.
    alone = [check_digit("0" * place + "1" + "0" * (16 - place)) for place in range(17)]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    assert alone == ["10X98765432"[weight] for weight in weights]


def test_what_is_kept_of_a_number_is_its_hash_and_four_signs() -> None:
    kept = identity_of("11010519491231002X", key="k")
    assert kept.hash == identity_hash("11010519491231002X", key="k")


def test_the_hash_depends_on_the_key() -> None:
    number = "11010519491231002X"
    assert identity_hash(number, key="a") != identity_hash(number, key="b")
    assert len(identity_hash(number, key="a")) == 64


def test_initials_are_small_letters_without_signs() -> None:
    assert initials_of("示范镇 (ABC-2)") == "sfzabc2"
    assert initials_of("·") == ""
    assert len(initials_of("镇" * 200)) == 60


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("曾国强", "zgq"), ("单小明", "sxm"), ("翟丽", "zl"), ("查良", "zl"), ("解放", "xf"),
        ("仇英", "qy"), ("覃　文", "qw"), ("区伟", "ow"), ("乐嘉", "yj"), ("尉迟恭", "ycg"),
        ("万俟卨", "mqx"), ("王单", "wd"), ("单增·多吉", "dzdj"), ("曾", "c"), ("高远", "gy"),
    ],
)  # fmt: skip
def test_a_surname_is_read_as_one(name: str, initials: str) -> None:
    assert initials_of_person(name) == initials


def test_full_width_letters_and_radicals_begin_like_the_ones_they_look_like():
    assert initials_of("Ｌi⾼远") == initials_of("Li高远") == "ligy"
