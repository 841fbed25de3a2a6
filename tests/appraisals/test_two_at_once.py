"""Two people at the same count or flag: nothing is counted, signed or decided twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pingyi.appraisals.models import Appraisal, Count, Flag
from pingyi.appraisals.operations import decisions
from pingyi.appraisals.operations.counts import reopen_count, sign_count, start_count
from pingyi.appraisals.operations.stages import record_stage
from pingyi.appraisals.queries.plans import needed_plan
from pingyi.campaigns.models import Round, Unit
from pingyi.campaigns.operations.rounds import close_round
from tests.appraisals.conftest import BAD, GOOD, HELD_ON, unit_lines
from tests.at_once import AtOnce, refused

Prepared = Callable[..., Appraisal]
Made = Callable[..., Count]


@pytest.mark.lock("beginning.alone")
def test_two_who_begin_the_same_count_share_its_draft(
    at_once: AtOnce, prepared: Prepared, village: Unit, now: datetime
) -> None:
    appraisal = prepared(village)

    def start() -> Count:
        return start_count(
            round_=appraisal.round,
            unit=appraisal.unit,
            form="annex4",
            counted_on=HELD_ON,
            by=None,
            now=now,
        )

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


@pytest.mark.lock("beginning.begun")
def test_stages_of_one_unit_are_recorded_one_after_the_other(
    at_once: AtOnce, first_round: Round, village: Unit, plain: dict[str, Any], now: datetime
) -> None:
    """The day of the first is corrected: the second, of a day before that, comes too early."""
    where = {"round_": first_round, "unit": village, **plain}
    earlier = {**where, "held_on": HELD_ON - timedelta(days=1)}
    record_stage(stage="opinions", **earlier)
    with refused("day_before_stage"):
        at_once(
            lambda: record_stage(stage="opinions", **where),
            lambda: record_stage(stage="self_check", **earlier),
        )


@pytest.mark.lock("beginning.alone", "beginning.begun")
def test_no_stage_follows_a_count_that_is_being_opened_again(
    at_once: AtOnce,
    prepared: Prepared,
    signed: Made,
    village: Unit,
    first_round: Round,
    plain: dict[str, Any],
    now: datetime,
) -> None:
    count = signed(prepared(village), unit_lines(GOOD))
    stages = list(needed_plan(first_round).stages)
    after = stages[[stage.kind for stage in stages].index("count") + 1].code
    with refused("stage_too_early"):
        at_once(
            lambda: reopen_count(count=count, reason="抄错", by=None, now=now),
            lambda: record_stage(round_=first_round, unit=village, stage=after, **plain),
        )


@pytest.mark.lock("held.round_held")
def test_a_round_that_is_being_closed_takes_no_more_counts(
    at_once: AtOnce,
    prepared: Prepared,
    typed: Made,
    village: Unit,
    first_round: Round,
    now: datetime,
    nothing_owed: None,
) -> None:
    count = typed(prepared(village), unit_lines(GOOD))
    with refused("round_not_open"):
        at_once(
            lambda: close_round(round_=first_round, by=None, now=now),
            lambda: sign_count(count=count, by=None, now=now),
        )
