"""A column 备注 that says what somebody is, or which post they hold, is not passed over."""

from typing import Any

import pytest

from pingyi.organizations.models import Membership
from pingyi.rosters.models import RosterImport
from tests.documents.incoming import excel
from tests.rosters.conftest import Door
from tests.rosters.workbook import small_roster

NAMES = ("林新", "赵大军", "孙玉兰", "周建设")
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def listed(*said: Any, headings: tuple[str, ...] = ("备注",)) -> bytes:
    rows = [
        [name, "女", "东村党支部", *(cells if isinstance(cells, tuple) else (cells,))]
        for name, cells in zip(NAMES, said, strict=False)
    ]
    return excel({"名单": [["姓名", "性别", "所在党支部", *headings], *rows]})


def notes(made: RosterImport) -> dict[str, list[list[str]]]:
    codes = ("standing_aside", "standing_aside_other", "post_aside")
    return {
        note["code"]: [list(each) for each in note["params"]["examples"]]
        for note in made.notes
        if note["code"] in codes
    }


@pytest.mark.parametrize("word", ["预备党员", "预备", " 中共预备党员 ", "预备期"])
def test_a_remark_that_is_a_standing_is_one(apply: Door, word: str) -> None:
    apply(small_roster())
    made = apply(listed(word, None, "正式党员"))
    assert notes(made) == {
        "standing_aside": [["D2", "林新", "预备党员"], ["D4", "孙玉兰", "正式党员"]]
    }
    said = Membership.objects.filter(person__name__in=NAMES).order_by("person_id")
    assert list(said.values_list("standing", flat=True)) == ["probationary", "full", "full"]
    assumed = next(note for note in made.notes if note["code"] == "standing_assumed")
    assert assumed["params"]["names"] == ["赵大军"]
    assert not [note for note in made.notes if note["code"] == "column_ignored"]


def test_the_column_of_standings_goes_before_and_the_other_is_said(
    apply: Door, preview: Door
) -> None:
    apply(small_roster())
    said = (("正式党员", "预备党员"), ("预备党员", "预备党员"), (None, "预备党员"))
    made = preview(listed(*said, headings=("党员类别", "备注")))
    assert notes(made) == {
        "standing_aside_other": [["E2", "林新 预备党员", "正式党员"]],
        "standing_aside": [["E4", "孙玉兰", "预备党员"]],
    }


def test_a_remark_that_names_a_post_is_said(apply: Door, preview: Door) -> None:
    apply(small_roster())
    made = preview(listed("支部书记", "组织委员", "2020年由外地转入，流动党员", 5))
    assert notes(made) == {
        "post_aside": [
            ["D2", "林新 支部书记", "林新 支部书记"],
            ["D3", "赵大军 组织委员", "赵大军 组织委员"],
        ]
    }
    assert [note["label"] for note in made.notes if note["code"] == "column_ignored"] == ["备注"]
    assert len([note for note in made.notes if note["code"] == "standing_assumed"]) == 1


def test_a_list_of_posts_has_no_standings(apply: Door, preview: Door) -> None:
    apply(small_roster())
    rows = [["王一", "宣传委员", "东村党支部", "预备党员"]]
    made = preview(excel({"名单": [["姓名", "职务", "所在党组织", "备注"], *rows]}))
    assert (made.errors, notes(made)) == ([], {})
