"""What is said of something that is not as it was seen."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ObjectDoesNotExist

from pingyi.core.seen import Content, Said, version_of
from pingyi.ui.edits import ChangedMeanwhile, Edited

SEEN: Content = {"kind": "a", "on": date(2011, 6, 1), "who": Said("书记", 3, "陈卫东")}
NOW: Content = {"kind": "b", "on": date(2011, 6, 2), "who": Said("书记", 4, "李秀兰")}


class KindForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=[("a", "党支部"), ("b", "党总支")])


@pytest.fixture(autouse=True)
def _in_chinese(settings: object) -> None:
    settings.LANGUAGE_CODE = "zh-hans"  # type: ignore[attr-defined]


def sent(kind: str) -> KindForm:
    form = KindForm({"kind": kind})
    assert form.is_valid()
    return form


@pytest.mark.django_db
def test_what_is_kept_stands_beside_what_was_typed_in_the_words_of_the_page() -> None:
    found = Edited("thing:1", lambda: NOW).why_not(version_of(SEEN), sent("a"))
    assert isinstance(found, ChangedMeanwhile)
    assert list(found.details) == [
        "类别：已保存 党总支，您填写 党支部",
        "on：现为 2011年6月2日",
        "书记：现为 李秀兰",
    ]
    assert Edited("thing:1", lambda: NOW).why_not(found.version, sent("a")) is None


@pytest.mark.django_db
def test_what_was_not_seen_at_all_is_not_compared() -> None:
    assert Edited("thing:1", lambda: NOW).why_not("", sent("a")) is None


@pytest.mark.django_db
def test_a_form_that_says_the_same_by_now_is_no_difference() -> None:
    only = {"kind": "b"}
    assert Edited("thing:1", lambda: only).why_not(version_of({"kind": "a"}), sent("b")) is None


@pytest.mark.django_db
def test_what_is_gone_is_said() -> None:
    def gone() -> Content:
        raise ObjectDoesNotExist

    found = Edited("thing:1", gone).why_not(version_of(SEEN))
    assert found is not None
    assert found.code == "gone_meanwhile"
