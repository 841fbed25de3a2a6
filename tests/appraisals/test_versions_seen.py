"""Two people at one count: no figures are lost unseen, nobody signs what they have not seen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.models import Count
from pingyi.appraisals.operations.counts import save_count, sign_count
from pingyi.appraisals.queries.counts import lines_of, typed_of
from pingyi.appraisals.rules.identities import Line
from pingyi.campaigns.models import Unit
from pingyi.core.refusals import Refusal
from tests.appraisals.conftest import BAD, FIGURES, HELD_ON, unit_lines

OTHERS = replace(FIGURES, due=13)


@pytest.fixture
def count(prepared: Callable[..., Any], typed: Callable[..., Count], village: Unit) -> Count:
    return typed(prepared(village), unit_lines())


@pytest.fixture
def keep(count: Count, clerk_user: User, now: datetime) -> Callable[..., Count]:
    """Keeps the draft again, changed in some respects."""

    def kept(**changes: Any) -> Count:
        given = {"figures": FIGURES, "lines": unit_lines(), "counted_on": HELD_ON}
        signs = {"scrutineer": count.scrutineer, "teller": count.teller}
        by = {"by": clerk_user}
        return save_count(count=count, now=now, **{**given, **signs, **by, **changes})

    return kept


def test_what_another_kept_meanwhile_is_not_typed_over_unseen(
    count: Count, keep: Callable[..., Count]
) -> None:
    seen = typed_of(count).seen
    keep(figures=OTHERS, seen=seen)
    with pytest.raises(Refusal) as found:
        keep(lines=unit_lines(BAD), seen=seen)
    assert found.value.code == "changed_meanwhile"
    assert "您自己在另一窗口" in str(found.value)
    differs = [str(line) for line in found.value.details]
    assert differs[0] == "应到：已保存 13，您填写 12"
    assert len(differs) == 2
    assert "不满意1" in differs[1]
    assert "不满意5" in differs[1]
    assert Count.objects.get().due == 13


def test_a_line_that_one_of_both_has_left_out_is_named(
    count: Count, keep: Callable[..., Count]
) -> None:
    seen = typed_of(count).seen
    keep(lines=unit_lines()[1:], seen=seen)
    with pytest.raises(Refusal) as found:
        keep(lines=unit_lines()[:-1], seen=seen)
    first, last = (str(line) for line in found.value.details)
    assert first.partition("：")[2].startswith("已保存 —，您填写 满意6")
    assert last.endswith("您填写 —")


def test_an_answer_without_ballots_is_spoken_as_none(
    count: Count, keep: Callable[..., Count]
) -> None:
    seen = typed_of(count).seen
    lines = [*unit_lines()[:-1], Line("overall", {"satisfied": 9}, abstained=1)]
    keep(lines=lines, seen=seen)
    with pytest.raises(Refusal) as found:
        keep(lines=unit_lines(BAD), seen=seen)
    [overall] = found.value.details
    assert str(overall).partition("：")[2] == (
        "已保存 满意9 比较满意0 基本满意0 不满意0 弃权1 无效0，"
        "您填写 满意2 比较满意2 基本满意1 不满意5 弃权0 无效0"
    )


def test_it_is_said_who_kept_them(
    count: Count, keep: Callable[..., Count], secretary_user: User, now: datetime
) -> None:
    seen = typed_of(count).seen
    keep(figures=OTHERS, seen=seen)
    with pytest.raises(Refusal) as found:
        save_count(
            count=count, figures=FIGURES, lines=unit_lines(BAD), scrutineer="钱", teller="孙",
            counted_on=HELD_ON, seen=seen, by=secretary_user, now=now,
        )  # fmt: skip
    assert "clerk保存了不同的数字" in str(found.value)


def test_what_was_kept_on_the_command_line_was_kept_by_pingyi(
    count: Count, keep: Callable[..., Count]
) -> None:
    seen = typed_of(count).seen
    keep(figures=OTHERS, seen=seen, by=None)
    with pytest.raises(Refusal) as found:
        keep(lines=unit_lines(BAD), seen=seen)
    assert "pingyi保存了不同的数字" in str(found.value)


def test_another_vote_is_another_version(count: Count) -> None:
    seen = typed_of(count).seen
    count.number = 2
    assert typed_of(count).seen != seen


def test_whoever_has_seen_it_may_type_over_it(count: Count, keep: Callable[..., Count]) -> None:
    keep(figures=OTHERS)
    keep(lines=unit_lines(BAD), seen=typed_of(Count.objects.get()).seen)
    assert Count.objects.get().due == 12


def test_the_same_again_is_no_difference(count: Count, keep: Callable[..., Count]) -> None:
    seen = typed_of(count).seen
    keep(figures=OTHERS, seen=seen)
    keep(figures=OTHERS, lines=list(reversed(unit_lines())), seen=seen)


@pytest.mark.parametrize(
    "change",
    [{"scrutineer": "钱"}, {"teller": "孙"}, {"counted_on": HELD_ON.replace(day=2)}],
)
def test_who_signs_and_when_belong_to_the_version(
    change: dict[str, Any], count: Count, keep: Callable[..., Count]
) -> None:
    seen = typed_of(count).seen
    keep(**change, seen=seen)
    with pytest.raises(Refusal) as found:
        keep(figures=OTHERS, seen=seen)
    assert len(found.value.details) == 2


def test_nobody_signs_figures_they_have_not_seen(
    count: Count, keep: Callable[..., Count], clerk_user: User, now: datetime
) -> None:
    seen = typed_of(count).seen
    keep(figures=OTHERS)
    with pytest.raises(Refusal) as found:
        sign_count(count=count, seen=seen, by=clerk_user, now=now)
    assert found.value.code == "changed_meanwhile"
    assert (
        sign_count(count=count, seen=typed_of(Count.objects.get()).seen, by=clerk_user, now=now).due
        == 13
    )


def test_two_pages_of_one_count(
    count: Count, keep: Callable[..., Count], client: Client, clerk_user: User
) -> None:
    """The second page says what the first has kept, keeps what was typed, and may then go on."""
    client.force_login(clerk_user, backend="django.contrib.auth.backends.ModelBackend")
    unit, round_ = count.appraisal.unit, count.appraisal.round
    url = reverse(
        "appraisals:count", args=[round_.campaign.code, round_.code, unit.code, count.form]
    )
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    assert data["seen"] == typed_of(count).seen
    keep(lines=unit_lines(BAD))
    data |= {"due": "14", "counted_on": HELD_ON.isoformat(), "sign": "1"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "应到：已保存 12，您填写 14" in answer.content.decode()
    assert answer.context["form"]["due"].value() == "14"
    again = {**data, "seen": answer.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    signed = Count.objects.get()
    assert (signed.state, signed.due) == ("signed", 14)
    assert {line.votes["dissatisfied"] for line in lines_of(signed)} == {1}
