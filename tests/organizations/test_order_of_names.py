"""Names stand as offices list them: by pinyin with tones, or by the strokes of the surname."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingyi.organizations.models import Person
from pingyi.organizations.queries import called
from pingyi.organizations.rules.order import (
    LONGEST,
    _ranks,
    name_columns,
    pinyin_key,
    spoken,
    stroke_key,
)
from pingyi.organizations.rules.variants import variants
from pingyi.register.operations import add_person, change_person
from tests.cast import NOW, Register

BY_PINYIN = [
    "阿依古丽·买买提",
    "高原",
    "高远",
    "郜红",
    "郭明",
    "路明",
    "吕明",
    "区明",
    "欧阳明",
    "邱明",
    "仇明",
    "仁青",
    "任强",
    "单小明",
    "王",
    "王一",
    "谢明",
    "解明",
    "尉迟明",
    "曾明",
    "翟明",
    "张伟",
    "张小芳",
    "章伟",
    "赵明",
]
# As lists of leaders have surnames.
BY_STROKES = [
    "丁",
    "卜",
    "刀",
    "马",
    "王",
    "牛",
    "毛",
    "文",
    "方",
    "尹",
    "孔",
    "邓",
    "艾",
    "左",
    "石",
    "龙",
    "卢",
    "叶",
    "田",
    "史",
    "丘",
    "白",
    "包",
    "冯",
    "兰",
    "司",
    "朱",
    "任",
    "刘",
    "江",
    "许",
    "孙",
    "李",
    "杨",
    "吴",
    "何",
    "张",
    "陈",
    "林",
    "周",
    "赵",
    "胡",
    "高",
    "郭",
    "黄",
    "曹",
    "曾",
    "谢",
    "魏",
]


def shuffled(names: list[str]) -> list[str]:
    return random.Random(7).sample(names, len(names))


def test_by_pinyin_surnames_do_not_mix_and_are_read_as_such() -> None:
    assert sorted(shuffled(BY_PINYIN), key=pinyin_key) == BY_PINYIN


def test_by_strokes_as_lists_of_leaders_are() -> None:
    assert sorted(shuffled(BY_STROKES), key=stroke_key) == BY_STROKES
    assert sorted(["王小明", "王", "王大明", "丁小明"], key=stroke_key) == [
        "丁小明", "王", "王大明", "王小明",
    ]  # fmt: skip


def test_blanks_and_width_change_no_place_and_what_is_unknown_comes_last() -> None:
    assert pinyin_key("王　一") == pinyin_key("王一")
    assert stroke_key("Ｌｉ") == stroke_key("Li")
    assert stroke_key("𪚥明") > stroke_key("龘明")
    assert max(len(key("阿" * 60)) for key in (pinyin_key, stroke_key)) <= LONGEST


@given(st.text(max_size=60))
def test_every_name_has_its_place(name: str) -> None:
    columns = name_columns(name)
    for key in (columns["by_pinyin"], columns["by_strokes"]):
        assert len(key) <= LONGEST
        assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())


@pytest.mark.django_db
def test_the_place_follows_the_name(register: Register) -> None:
    stored = Person.objects.values_list("name", "initials", "by_pinyin", "by_strokes")
    person = add_person(name="曾明", by=None, now=NOW)
    change_person(
        person=person, name="单明", gender="", born_on=None, joined_on=None, by=None, now=NOW
    )
    assert len(stored) > 1
    for name, *keys in stored:
        assert keys == list(name_columns(name).values())


def found(text: str) -> list[str]:
    return list(
        Person.objects.filter(called(text)).order_by("by_pinyin").values_list("name", flat=True)
    )


NAMED = ("张建国", "章建国", "先明", "西安·先", "吕明", "单小明")
SPOKEN = [
    ("zhangjianguo", ["张建国", "章建国"]),
    ("Zhang Jian Guo", ["张建国", "章建国"]),
    ("zhangji", ["张建国", "章建国"]),
    ("zhang", ["张建国", "章建国"]),
    ("zhan", ["张建国", "章建国"]),
    ("ｚｈａｎｇｊｉａｎ", ["张建国", "章建国"]),
    ("xian", ["西安·先", "先明"]),
    ("xi'an", ["西安·先", "先明"]),
    ("lvming", ["吕明"]),
    ("lüming", ["吕明"]),
    ("shanxiaoming", ["单小明"]),
    ("danxiaoming", []),
    ("jianguo", []),
    ("hangjian", []),
    ("zjg", ["张建国", "章建国"]),
    ("zhangjianguoo", []),
    ("建国", ["张建国", "章建国"]),
    ("%", []),
    (".", []),
]


@pytest.mark.parametrize(("text", "names"), SPOKEN)
def test_a_name_is_found_as_it_is_read(register: Register, text: str, names: list[str]) -> None:
    for name in NAMED:
        add_person(name=name, by=None, now=NOW)
    asked = [
        name
        for name in found(text)
        if name in {"张建国", "章建国", "先明", "西安·先", "吕明", "单小明"}
    ]
    assert asked == names


def test_letters_without_a_vowel_are_initials_only() -> None:
    assert spoken("zjg") is None
    assert spoken("a1") is None
    assert spoken("") is None


def test_what_is_longer_than_any_name_is_not_looked_for(register: Register) -> None:
    assert spoken("ma" * 40) is not None
    assert spoken("ma" * 40 + "a") is None
    assert found("ma" * 40) == found("ma" * 1_500) == []


@given(st.text(alphabet="张建国王一高远吕单欧阳阿依古丽先西安", min_size=1, max_size=6))
def test_every_name_is_found_by_its_whole_reading_and_by_each_beginning(name: str) -> None:
    letters = "".join(sign for sign in re.sub("[0-9]...", " ", pinyin_key(name)) if sign != " ")
    for end in range(1, len(letters) + 1):
        if (read := spoken(letters[:end])) is not None:
            beginning, pattern = read
            assert pinyin_key(name).startswith(beginning)
            assert re.match(pattern, pinyin_key(name))


def test_the_tables_of_characters_are_read_from_their_files() -> None:
    """Anew: what else asks for them finds them read, and no one sees the reading."""
    ranks = _ranks.__wrapped__()
    assert ranks["一"] < ranks["丁"] < ranks["高"]
    assert variants.__wrapped__()[ord("髙")] == "高"
