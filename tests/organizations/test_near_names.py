"""Two people of a branch with near-equal names: asked about rarely, and rightly."""

from dataclasses import replace
from datetime import date

import pytest

from pingyi.organizations.rules.near import Known, Near, are_near

BORN = date(1970, 3, 5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张小芳", "张晓芳"), ("李建", "李健"), ("王小方", "王小芳"), ("曾小明", "曾晓明"),
        ("张小芳", "张小芳"), ("买买提·吐尔逊", "买买提•吐尔逊"), ("张\u200b小芳", "张晓芳"),
    ],
)  # fmt: skip
def test_what_sounds_alike_is_asked_about(one: str, other: str) -> None:
    assert are_near(Known(1, one), Known(2, other))
    assert are_near(Known(1, other), Known(2, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张建国", "张建军"), ("张伟", "章伟"), ("王芳", "王华"), ("张小芳", "张小"),
        ("张小芳", "李晓芳"), ("张小芳", "张晓方"), ("王一", "王二"),
        ("张", "章"), ("李小明", "明小李"), ("张小芳", ""),
    ],
)  # fmt: skip
def test_what_only_looks_a_little_alike_is_not(one: str, other: str) -> None:
    assert not are_near(Known(1, one), Known(2, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张建国", "张建军"), ("张大伟", "章大伟"), ("张小芳", "张小"), ("张芳", "张小芳"),
        ("王文杰", "王雯婕"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("what", ["born_on", "last4"])
def test_with_the_same_month_or_last_four_one_character_is_asked_about(
    one: str, other: str, what: str
) -> None:
    known = {"born_on": BORN} if what == "born_on" else {"last4": "123X"}
    is_asked = (one, other) != ("王文杰", "王雯婕")  # two characters
    assert are_near(Known(1, one, **known), Known(2, other, **known)) is is_asked


def test_one_of_two_characters_is_no_likeness_whatever_agrees() -> None:
    both = {"born_on": BORN, "last4": "1234"}
    assert not are_near(Known(1, "王勇", **both), Known(2, "王博", **both))
    assert not are_near(Known(1, "黎建平", **both), Known(2, "萧建平", **both))


@pytest.mark.parametrize(
    "known",
    [
        {"identity_hash": "b"}, {"last4": "5678"}, {"gender": "male"},
        {"born_on": date(1970, 4, 5)}, {"born_on": date(1971, 3, 5)},
    ],
)  # fmt: skip
def test_what_contradicts_makes_two_people(known: dict[str, object]) -> None:
    one = Known(1, "张小芳", "a", "1234", "female", BORN)
    other = replace(one, key=2, name="张晓芳")
    assert are_near(one, other)
    assert not are_near(one, replace(other, **known))


def test_the_day_is_often_not_known() -> None:
    one = Known(1, "张建国", born_on=BORN)
    assert are_near(one, Known(2, "张建军", born_on=date(1970, 3, 1)))


def test_in_a_branch_they_are_found_without_comparing_everybody() -> None:
    branch = [
        Known(4, "张晓芳"), Known(1, "张小方", born_on=BORN), Known(2, "张小明", born_on=BORN),
        Known(3, "李四", last4="1234"), Known(5, "张大芳", last4="1234"), Known(6, "王五"),
    ]  # fmt: skip
    asked = Known(0, "张小芳", last4="", born_on=BORN)
    assert [one.key for one in Near(branch).to(asked)] == [1, 2, 4]
    assert [one.key for one in Near(branch).to(replace(asked, last4="1234"))] == [1, 2, 4, 5]
    assert Near([]).to(asked) == []
