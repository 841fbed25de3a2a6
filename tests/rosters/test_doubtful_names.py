"""Names that are perhaps none are asked about before anything is written."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from pingyi.core.refusals import Refusal
from pingyi.organizations.models import Person
from pingyi.rosters import operations
from pingyi.rosters.rules.doubts import is_doubtful
from tests.cast import NOW
from tests.rosters.conftest import Door
from tests.rosters.test_planning import member, person, plan, register
from tests.rosters.workbook import Sheets, saved, small_roster, workbook


@pytest.mark.parametrize(
    "name",
    [
        "王?", "=石明", "张三*", "王□", "李×", "李某", "王某某", "同上", "待定", "王", "·王一",
        "王一·", "王一、李二", "王一/李二", "王一(女)", "王一（", "“王一”", "田a", "王\ue000",
        "王\ufffd", "王…", "⼼\u2e87", "?", "-", "A.B*", "姓名", "王。", "张三同志", "李女士",
        "无名氏", "空缺", "未填", "暂无",
    ],
)  # fmt: skip
def test_a_name_with_signs_that_no_name_has_is_doubtful(name: str) -> None:
    assert is_doubtful(name)


@pytest.mark.parametrize(
    "name",
    [
        "王一", "欧阳子", "买买提·吐尔逊", "阿卜杜热合曼·阿卜杜热伊木·买买提明江", "刘䶮",
        "王𬭎", "陈\U00030edd", "李〇", "佐々木", "尼玛次仁", "Anna Li", "O'Neil", "Xaver Li Jr.",
        "Müller-Li", "Дмитрий", "بالتا", "单于飞",
    ],
)  # fmt: skip
def test_a_rare_name_is_none(name: str) -> None:
    assert not is_doubtful(name)


def doubtful() -> Sheets:
    file = small_roster()
    file["党员"][1][0], file["职务"][1][0] = "李?", "赵四*"
    del file["分工"]
    return file


def test_each_is_named_with_its_cell_and_who_is_known_by_it_is_not() -> None:
    names = ["王?", "王一*", "李□"]
    file = {"党员": [member(name, "A1") for name in names]}
    made = plan(file, register(person(1, "李□", "A1")))
    [note] = [note for note in made.notes if note.code == "name_doubtful"]
    assert (note.sheet, note.cell, note.label) == ("党员", "A2", "姓名")
    assert note.params["examples"] == [("A2", "王?", "王?"), ("A3", "王一*", "王一*")]


def test_all_of_them_are_named() -> None:
    file = {"党员": [member(f"王{chr(0xE000 + n)}", "A1") for n in range(40)]}
    [note] = [note for note in plan(file, register()).notes if note.code == "name_doubtful"]
    assert len(note.params["examples"]) == 40  # type: ignore[arg-type]


@pytest.mark.django_db
def test_nothing_is_written_before_somebody_says_that_they_are_meant(preview: Door) -> None:
    made = preview(doubtful())
    assert made.errors == []
    with pytest.raises(Refusal) as refused:
        operations.apply_roster(roster_import=made, by=None, now=NOW)
    assert refused.value.code == "name_doubtful"
    assert "A3 李?" in str(refused.value)
    assert "A3 赵四*" in str(refused.value)
    assert not Person.objects.exists()
    operations.apply_roster(roster_import=made, by=None, now=NOW, really=True)
    assert Person.objects.filter(name__in=["李?", "赵四*"]).count() == 2
    assert "name_doubtful" not in [note["code"] for note in preview(doubtful()).notes]


@pytest.mark.django_db
def test_the_command_line_asks_too(tmp_path: Path) -> None:
    order = ["import", "roster", str(saved(tmp_path / "r.xlsx", doubtful())), "--top", "--apply"]
    with pytest.raises(Refusal) as refused:
        call_command(*order, stdout=io.StringIO())
    assert "--really" in str(refused.value.details[0])
    call_command(*order, "--really", stdout=io.StringIO())
    assert Person.objects.filter(name="李?").exists()


def test_the_page_asks_with_the_names(client: Any, register: Any, office_user: Any) -> None:
    client.force_login(office_user)
    file = {"党员": [["王?", None, None, None, register.county.code, "正式党员", None]]}
    made = operations.upload_roster(
        content=workbook(file), filename="r.xlsx", scope=register.county,
        effective_on=NOW.date(), by=office_user, now=NOW,
    )  # fmt: skip
    with override("zh-hans"):
        page = client.get(reverse("rosters:preview", args=[made.pk])).text
    assert "可能有误或不完整" in page
    assert 'name="really"' in page
