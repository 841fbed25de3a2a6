"""Who answers, their telephone and the day: one rule for pages, Excel forms and commands (N12)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.returns.operations.imprint import fill_in_imprint
from pingyi.returns.queries.form_sentences import fault_lines
from pingyi.returns.rules.foot import wrong_day, wrong_in_line
from tests.at_once import refused
from tests.returns.desk import FOOT, WHY, Desk, county, town
from tests.returns.filling import filled, sent

__all__ = ["county", "town"]

TO_COME, BEFORE = date(2011, 6, 2), date(2011, 5, 31)


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("负责人", "陈卫东", ""),
        ("负责人", "欧阳 娜娜（兼）", ""),
        ("填表人", "A. 买买提·阿不都", ""),
        ("填表人", "无", "says_nobody"),
        ("填表人", " / ", "says_nobody"),
        ("填表人", "——", "says_nobody"),
        ("填表人", "Ｎ／Ａ", "says_nobody"),
        ("填表人", "吴无", ""),
        ("填表人", "何" * 40, ""),
        ("填表人", "何" * 41, "line_too_long"),
        ("填表人", "何静\n周明", "not_one_line"),
        ("填表人", "何\u202e静", "not_one_line"),
        ("填表人", "何\u200b静", "not_one_line"),
        ("填表人", "何\x07静", "not_one_line"),
        ("联系电话", "0730-5550101 转 12", ""),
        ("联系电话", "１３８００", ""),
        ("联系电话", "8001", "no_telephone"),
        ("联系电话", "无", "no_telephone"),
        ("Telephone", "none", "no_telephone"),
    ],
)
def test_a_line_says_who_answers_or_where(label: str, text: str, code: str) -> None:
    assert wrong_in_line(label, text) == code


def test_a_day_lies_in_the_round_or_after_it_and_is_not_to_come() -> None:
    first, today = date(2011, 6, 1), date(2011, 6, 20)
    assert wrong_day(first, first, today) == wrong_day(today, first, today) == ""
    assert wrong_day(today + timedelta(days=1), first, today) == "day_to_come"
    assert wrong_day(first - timedelta(days=1), first, today) == "day_before_the_round"
    # Of a round that has not begun what is entered beforehand is of today.
    assert wrong_day(today, date(2011, 7, 1), today) == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"filled_on": TO_COME}, "day_to_come"),
        ({"filled_on": BEFORE}, "day_before_the_round"),
        ({"foot": {**FOOT, "联系电话": "1234"}}, "no_telephone"),
        ({"foot": {**FOOT, "填表人": "/"}}, "says_nobody"),
        ({"foot": {**FOOT, "负责人": "陈\u202e卫东"}}, "not_one_line"),
        ({"foot": {**FOOT, "负责人": "陈" * 41}}, "line_too_long"),
    ],
)
def test_nothing_else_is_sealed_or_kept(town: Desk, changes: dict[str, Any], code: str) -> None:
    with refused(code) as sealing:
        town.sealed(**changes)
    given = {"filled_on": town.now.date(), "foot": FOOT, **changes}
    with refused(code) as keeping:
        fill_in_imprint(round_=town.round, unit=town.unit, by=town.by, now=town.now, **given)
    assert str(sealing.value) == str(keeping.value)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ({"filled_on.annex1": TO_COME}, "day_to_come", "填报时间不能晚于今天"),
        ({"filled_on.annex1": BEFORE}, "day_before_the_round", "2011年6月1日"),
        ({"foot.annex1.2": "8001"}, "no_telephone", "联系电话"),
        ({"foot.annex1.1": "无"}, "says_nobody", "“无”不是姓名"),
        ({"foot.annex2.1": "何静\n周明"}, "not_one_line", "填表人"),
    ],
)
def test_a_form_names_it_at_its_cell(
    town: Desk, typed: dict[str, Any], code: str, words: str
) -> None:
    outcome = sent(town, filled(town, typed)).intake
    assert [(each["code"], each["key"]) for each in outcome.faults] == [(code, *typed)]
    (line,) = fault_lines(None, outcome.faults)
    assert line.cell
    assert words in line.sentence


def test_the_page_says_it_with_what_was_typed(client: Client, town: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: town.now)
    client.force_login(town.by)
    url = reverse("returns:imprint", args=["cx2011", "first", "T1"])
    typed = {f"foot.{label}": text for label, text in FOOT.items()}
    typed |= {"foot.填表人": "无", "filled_on": "2011-06-01"}
    typed["seen"] = client.get(url).context["deed"].edits.version
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "填表人：请填写姓名，“无”不是姓名。" in answer.content.decode()


def test_a_deadline_is_extended_by_a_year_at_most(town: Desk, county: Desk) -> None:
    with refused("too_late_a_day"):
        county.extend(table="annex3", until=town.now.date() + timedelta(days=367), reason=WHY)
    county.extend(table="annex3", until=town.now.date() + timedelta(days=366), reason=WHY)
