import pytest

from pingyi.reviews.rules.texts import (
    FILLERS,
    Corpus,
    FoundSign,
    Limits,
    Piece,
    Text,
    is_thin,
    normalized,
    side_by_side,
)

LIMITS = Limits(least={"achievements": 12, "problems": 10, "direction": 10}, alike_from=85)
GOOD = {
    "achievements": "带领村民修通了三公里机耕道,群众运粮不再肩挑背扛",
    "problems": "对外出流动党员联系不够,半年只通了两次电话",
    "direction": "七月底前把流动党员逐人联系一遍并建立台账",
}


def text(key=1, *, reviewer=1, unit=1, name="张三", **parts):
    return Text(key, reviewer, unit, name, {**GOOD, **parts})


def corpus(*texts):
    made = Corpus(LIMITS)
    for one in texts:
        made.add(one)
    return made


def test_a_substantial_review_shows_no_sign():
    assert corpus().signs(text()) == []


@pytest.mark.parametrize("nothing", ["", "  \n", " "])
def test_an_empty_part_is_pointed_out(nothing):
    assert corpus().signs(text(direction=nothing)) == [FoundSign("empty", "direction")]


def test_a_part_that_is_not_there_at_all_is_empty():
    bare = Text(1, 1, 1, "张三", {})
    assert [sign.kind for sign in corpus().signs(bare)] == ["empty", "empty", "empty"]


@pytest.mark.parametrize(
    "words",
    [
        "思想觉悟高",
        "无",
        "——。。。",
        "好好好好好好好好好好好好好好",
        "暂无暂无暂无暂无暂无暂无暂无",
        "暂无，没有，同上，以上，略，无，暂无，没有",
    ],
)
def test_a_thin_part_is_pointed_out(words):
    assert corpus().signs(text(achievements=words)) == [FoundSign("thin", "achievements")]


def test_the_name_of_the_subject_is_no_content():
    assert is_thin(normalized("张三同志张三同志张三同志张三同志", "张三"), 4)


def test_a_text_of_just_the_least_length_is_not_thin():
    assert not is_thin("修路三里", 4)
    assert is_thin("修路三里", 5)


def test_a_name_and_a_title_leave_nothing_behind():
    assert normalized("张三同志修了路", "张三") == "修了路"


def test_fillers_are_thin_however_few_characters_are_asked_for():
    assert is_thin("暂无", 1)
    assert not is_thin("修路三里", 1)


@pytest.mark.parametrize("filler", FILLERS)
def test_fillers_one_after_the_other_are_thin_however_long(filler):
    assert is_thin(f"{filler}同上ditto{filler}", 1)
    assert not is_thin(f"{filler}同上ditto修路", 1)


def test_punctuation_and_width_do_not_make_a_text_longer():
    assert normalized("修了 3 公里,路。", "") == "修了3公里路"


def test_a_copy_about_somebody_else_is_found_and_named():
    copied = text(
        2,
        name="李四",
        problems="李四同志" + GOOD["problems"],
        achievements="完成了全村医保收缴工作,比去年多收一百零二户",
        direction="八月中旬前走访完所有困难户并公示结果",
    )
    found = corpus(text(1, problems="张三同志" + GOOD["problems"])).signs(copied)
    assert found == [FoundSign("copied", "problems", similar_to=1, likeness=100)]


def test_the_nearest_of_several_is_named():
    nearly = GOOD["problems"].replace("两次", "三次")
    found = corpus(text(1, problems=nearly), text(2)).signs(text(3))
    assert {sign.similar_to for sign in found if sign.part == "problems"} == {2}


def test_the_nearest_stays_named_when_farther_ones_of_other_reviewers_follow():
    nearly = GOOD["problems"].replace("两次", "三次")
    known = corpus(
        text(1, reviewer=2, unit=5, problems=nearly),
        text(2, reviewer=3, unit=5),
        text(3, reviewer=4, unit=5, problems=nearly),
    )
    found = known.signs(text(4, reviewer=2, unit=5))
    assert [(sign.similar_to, sign.likeness) for sign in found if sign.part == "problems"] == [
        (2, 100)
    ]


def test_of_two_alike_the_reviewer_s_own_is_named():
    known = corpus(text(1, reviewer=2, unit=4), text(2, reviewer=3, unit=5))
    found = known.signs(text(3, reviewer=2, unit=5))
    assert {sign.similar_to for sign in found} == {1}


def test_a_pack_may_ask_for_copies_to_the_letter():
    made = Corpus(Limits(least=LIMITS.least, alike_from=100))
    made.add(text(1))
    assert [sign.likeness for sign in made.signs(text(2))] == [100, 100, 100]


def test_a_part_that_is_not_there_is_no_text_to_be_like():
    made = Corpus(Limits(least=LIMITS.least, alike_from=0))
    made.add(Text(1, 1, 1, "张三", {}))
    assert made.signs(text(2)) == []


def unlike(count):
    """A hundred characters, so many of them other ones: as many percent unlike the rest."""
    return "".join(chr(0x4E00 + at + (1000 if at < count else 0)) for at in range(100))


def test_of_two_the_one_that_is_one_percent_nearer_is_named():
    found = corpus(
        text(1, reviewer=2, unit=4, problems=unlike(10)),
        text(2, reviewer=1, unit=5, problems=unlike(9)),
    ).signs(text(3, reviewer=2, unit=5, problems=unlike(0)))
    assert FoundSign("copied", "problems", similar_to=2, likeness=91) in found


def test_whoever_quotes_another_text_in_a_longer_one_has_not_copied_it():
    longer = GOOD["problems"] + unlike(0)
    found = corpus(text(1)).signs(text(2, problems=longer))
    assert [sign.part for sign in found] == ["achievements", "direction"]


def test_a_text_below_the_likeness_of_the_pack_is_no_copy():
    other = text(
        1, **dict.fromkeys(GOOD, "完全不同的一段话,说的是别的事情,与前一篇没有任何相同之处")
    )
    assert corpus(other).signs(text(2)) == []


def test_a_copy_from_another_reviewer_of_the_same_unit_is_found():
    found = corpus(text(1, reviewer=1, unit=5)).signs(text(2, reviewer=2, unit=5))
    assert [sign.similar_to for sign in found] == [1, 1, 1]


def test_a_text_nearer_in_the_unit_beats_one_of_the_same_reviewer():
    nearly = GOOD["problems"].replace("两次", "三次")
    found = corpus(text(1, reviewer=2, unit=4, problems=nearly), text(2, reviewer=1, unit=5)).signs(
        text(3, reviewer=2, unit=5)
    )
    assert [sign.similar_to for sign in found if sign.part == "problems"] == [2]


def test_texts_of_other_reviewers_in_other_units_are_not_compared():
    assert corpus(text(1, reviewer=1, unit=1)).signs(text(2, reviewer=2, unit=2)) == []


def test_subjects_without_unit_are_compared_by_reviewer_only():
    assert corpus(text(1, reviewer=1, unit=None)).signs(text(2, reviewer=2, unit=None)) == []


def test_empty_parts_are_never_like_each_other():
    assert corpus(text(1, direction="")).signs(
        text(
            2,
            direction="",
            problems="水渠漏水的问题拖了一年还没有修好",
            achievements="组织党员义务植树两千三百棵成活率高",
        )
    ) == [FoundSign("empty", "direction")]


def test_two_texts_stand_side_by_side_with_their_differences():
    left, right = side_by_side("修路3里", "修渠12里多")
    assert left == [
        Piece("修", differs=False),
        Piece("路3", differs=True),
        Piece("里", differs=False),
    ]
    assert right == [
        Piece("修", differs=False),
        Piece("渠12", differs=True),
        Piece("里", differs=False),
        Piece("多", differs=True),
    ]


def test_lines_stand_side_by_side_with_their_ends():
    assert side_by_side("一\n二", "一\n二") == ([Piece("一\n二", differs=False)],) * 2


def test_what_is_frequent_in_a_long_text_is_still_the_same_beside_it():
    long = "的" * 300
    assert side_by_side(long, "。" + long)[0] == [Piece(long, differs=False)]
