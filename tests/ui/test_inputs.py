"""The controls that forms of all rooms share."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from pingyi.ui.inputs import CountInput, DayInput
from tests.house.test_templates import SOURCE


class DayForm(forms.Form):
    on = forms.DateField(widget=DayInput, initial=date(2011, 6, 28))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_reaches_the_browser_in_the_one_form_it_reads(language: str) -> None:
    with translation.override(language):
        drawn = str(DayForm()["on"])
    assert 'type="date"' in drawn
    assert 'value="2011-06-28"' in drawn


def test_every_room_uses_it() -> None:
    others = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "DateInput" in path.read_text(encoding="utf-8") and path.name != "inputs.py"
    ]
    assert others == []


class CountForm(forms.Form):
    votes = forms.IntegerField(widget=CountInput(label="满意 <票>"), required=False)


def test_a_mistyped_count_stays_in_its_box() -> None:
    form = CountForm({"votes": '2000万"'})
    assert not form.is_valid()
    drawn = str(form["votes"])
    assert 'value="2000万&quot;"' in drawn
    assert 'inputmode="numeric"' in drawn
    assert "required" not in drawn
    assert "&lt;票&gt;" in drawn


def test_an_empty_count_has_no_value_and_zero_has_one() -> None:
    assert "value=" not in str(CountForm()["votes"])
    assert 'value="0"' in str(CountForm(initial={"votes": 0})["votes"])
