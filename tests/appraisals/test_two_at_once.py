"""Two people at the same count or flag: nothing is counted, signed or decided twice."""

from collections.abc import Callable
from datetime import datetime

import pytest

from pingyi.appraisals.models import Appraisal, Count, Flag
from pingyi.appraisals.operations import decisions
from pingyi.appraisals.operations.counts import reopen_count, sign_count, start_count
from pingyi.campaigns.models import Unit
from tests.appraisals.conftest import BAD, HELD_ON, unit_lines
from tests.at_once import AtOnce, refused

Prepared = Callable[..., Appraisal]
Made = Callable[..., Count]


@pytest.mark.lock("counts.start_count")
def test_two_who_begin_the_same_count_share_its_draft(
    at_once: AtOnce, prepared: Prepared, village: Unit, now: datetime
) -> None:
    appraisal = prepared(village)

    def start() -> Count:
        return start_count(appraisal=appraisal, form="annex4", counted_on=HELD_ON, by=None, now=now)

    assert at_once(start, start) == Count.objects.get()


@pytest.mark.lock("counts._locked")
def test_a_count_is_signed_once(
    at_once: AtOnce, prepared: Prepared, typed: Made, village: Unit, now: datetime
) -> None:
    count = typed(prepared(village), unit_lines(BAD))

    def sign() -> Count:
        return sign_count(count=count, by=None, now=now)

    with refused("count_not_draft"):
        at_once(sign, sign)


@pytest.mark.lock("decisions.decide")
def test_a_flag_is_decided_once(
    at_once: AtOnce, prepared: Prepared, signed: Made, village: Unit, now: datetime
) -> None:
    signed(prepared(village), unit_lines(BAD))
    flag = Flag.objects.get(code="organization_low")

    def decide(decision: str) -> Flag:
        return decisions.decide(
            flag=flag, decision=decision, decider="县委常委会", decided_on=HELD_ON, by=None, now=now
        )

    with refused("already_decided"):
        at_once(lambda: decide("整顿"), lambda: decide("不整顿"))
    assert Flag.objects.get(pk=flag.pk).decision == "整顿"


@pytest.mark.lock("counts.reopen_count")
def test_a_count_about_which_is_being_decided_stays_signed(
    at_once: AtOnce, prepared: Prepared, signed: Made, village: Unit, now: datetime
) -> None:
    count = signed(prepared(village), unit_lines(BAD))
    flag = Flag.objects.get(code="organization_low")
    with refused("count_decided"):
        at_once(
            lambda: decisions.decide(
                flag=flag,
                decision="整顿",
                decider="县委常委会",
                decided_on=HELD_ON,
                by=None,
                now=now,
            ),
            lambda: reopen_count(count=count, reason="抄错", by=None, now=now),
        )
    assert Flag.objects.filter(pk=flag.pk).exists()
