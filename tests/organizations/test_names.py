"""When two names are one, and what tells two people of one name apart."""

import pytest

from pingyi.organizations.rules.names import (
    Named,
    marks_of,
    name_key,
    namesakes,
    shown_name,
    with_places,
)


@pytest.mark.parametrize(
    "spelling",
    [
        "张建国",
        "张 建 国",
        "张\u3000建国",
        "\u200b张建国",
        "张\ufeff建\u200d国\u2060",
        "\u202a张建国\u202c",
        "张建国\ufe00",
        "张建国\U000e0101",
        "张建国\t\x07",
        "张建国\u3164\u2800",
    ],
)
def test_blanks_and_signs_that_nobody_sees_make_no_other_name(spelling):
    assert name_key(spelling) == "张建国"


@pytest.mark.parametrize("dot", "·•‧∙⋅・･᛫⸱⸳﹒．.\u0387˙◦")
def test_dots_that_look_alike_are_one(dot):
    assert name_key(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


def test_a_dot_that_was_typed_twice_is_one():
    assert name_key("阿依古丽··买买提") == name_key("阿依古丽 • ·买买提") == "阿依古丽·买买提"


def test_width_case_and_radicals_make_no_other_name():
    assert name_key("Ｘｕ Ｍｉｎｇ") == name_key("xu ming") == "xuming"
    assert name_key("阿X") == "阿x"
    # The radical for tall as old fonts write it, and the character.
    assert name_key("⾼远") == name_key("高远") == "高远"


def test_other_names_stay_other_names():
    assert (
        len({name_key(name) for name in ("张建国", "张建", "章建国", "阿依·古丽", "阿依古丽")}) == 5
    )


def test_a_name_is_written_as_it_is_where_nothing_has_to_be_told_apart():
    assert shown_name("张建国", "") == "张建国"
    assert shown_name("张建国", "1965") == "张建国（1965）"


def named(*names, place=1, mark=""):
    return [Named(key, name, place, mark) for key, name in enumerate(names, start=1)]


def test_only_those_of_one_place_are_namesakes():
    people = [
        Named(1, "张建国", 1),
        Named(2, "张建国", 2),
        Named(3, "李明", 2),
        Named(4, "张 建国", 2),
        Named(5, "张建国", None),
    ]
    assert [[one.key for one in group] for group in namesakes(people)] == [[2, 4]]


def test_the_year_of_birth_tells_apart():
    assert marks_of(named("张建国", "张建国"), {1: 1965, 2: 1972}) == {1: "1965", 2: "1972"}


def test_where_the_year_does_not_letters_do():
    assert marks_of(named("张建国", "张建国"), {1: 1965, 2: 1965}) == {1: "甲", 2: "乙"}
    assert marks_of(named("张建国", "张建国"), {}) == {1: "甲", 2: "乙"}


def test_each_has_a_mark_of_its_own_kind():
    people = named("张建国", "张建国", "张建国", "张建国")
    marks = marks_of(people, {1: 1965, 2: 1972, 3: 1965})
    assert marks == {1: "甲", 2: "1972", 3: "乙", 4: "丙"}


def test_a_mark_that_was_given_is_kept():
    group = [Named(7, "张建国", 1, "乙"), Named(9, "张建国", 1), Named(4, "张建国", 1)]
    assert marks_of(group, {7: 1965, 9: 1972, 4: 1965}) == {7: "乙", 9: "1972", 4: "甲"}


def test_of_two_same_marks_the_first_is_kept():
    group = [
        Named(1, "张建国", 1, "甲"),
        Named(2, "张建国", 1, "甲"),
        Named(3, "张建国", 1, "1970"),
    ]
    assert marks_of(group, {2: 1970}) == {1: "甲", 2: "乙", 3: "1970"}


def test_of_several_places_the_place_stands_behind_a_name_that_occurs_twice():
    people = [("张建国", "柳湾村"), ("李明", "柳湾村"), ("张 建国", "石桥村"), ("张建国", "")]
    assert with_places(people) == ["张建国 · 柳湾村", "李明", "张 建国 · 石桥村", "张建国"]


def test_two_places_are_enough():
    people = [("张建国", "柳湾村"), ("张建国", "石桥村")]
    assert with_places(people) == ["张建国 · 柳湾村", "张建国 · 石桥村"]


def test_who_stands_on_a_list_twice_is_no_other_person():
    people = [("张建国", "柳湾村"), ("张建国", "柳湾村")]
    assert with_places(people) == ["张建国", "张建国"]


def test_after_ten_letters_come_numbers():
    marks = marks_of(named(*["张建国"] * 12), {})
    assert list(marks.values()) == [*"甲乙丙丁戊己庚辛壬癸", "11", "12"]
