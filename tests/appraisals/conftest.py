from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.appraisals.models import Appraisal, Count
from pingyi.appraisals.operations.counts import save_count, sign_count, start_count
from pingyi.appraisals.operations.stages import record_meeting, record_stage
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.campaigns.operations import open_campaign, open_round
from tests.cast import Register

HELD_ON = date(2011, 6, 1)
FIGURES = Figures(due=12, present=11, issued=11, collected=11, valid=10, spoilt=1)
PANEL = {"members": (4, 3), "masses": (6, 5), "clients": (2, 2)}
ITEMS = ["commitments", "core_work", "deeds", "team", "overall"]
MEMBER_ITEMS = ["commitments", "post", "service", "overall"]
GOOD = {"satisfied": 6, "fairly": 2, "basically": 1, "dissatisfied": 1}
BAD = {"satisfied": 2, "fairly": 2, "basically": 1, "dissatisfied": 5}


def unit_lines(overall: dict[str, int] = GOOD) -> list[Line]:
    """All five items of annex 4; the last one with its own answers."""
    return [Line(item, overall if item == "overall" else GOOD) for item in ITEMS]


@pytest.fixture
def plain(now: datetime) -> dict[str, Any]:
    """What every record of a stage has, typed on the command line."""
    return {"held_on": HELD_ON, "content": "发放征求意见表四十份", "by": None, "now": now}


@pytest.fixture
def village(units: dict[str, Unit]) -> Unit:
    return units["T1-1"]


@pytest.fixture
def prepared(first_round: Round, plain: dict[str, Any]) -> Callable[..., Appraisal]:
    """Records the stages up to the meeting; a panel that is large enough unless told otherwise."""

    def made(
        unit: Unit, panel: dict[str, tuple[int, int]] = PANEL, round_: Round = first_round
    ) -> Appraisal:
        where = {"round_": round_, "unit": unit, **plain}
        record_stage(stage="opinions", **where)
        record_stage(stage="self_check", **where)
        return record_meeting(stage="meeting", place="村部", panel=panel, **where).appraisal

    return made


@pytest.fixture
def typed(now: datetime) -> Callable[..., Count]:
    """A draft as it was typed."""

    def made(
        appraisal: Appraisal,
        lines: Sequence[Line],
        *,
        form: str = "annex4",
        figures: Figures = FIGURES,
        **changes: Any,
    ) -> Count:
        given = {"scrutineer": "周监票", "teller": "吴计票", "counted_on": HELD_ON, **changes}
        count = start_count(
            round_=appraisal.round,
            unit=appraisal.unit,
            form=form,
            counted_on=HELD_ON,
            by=None,
            now=now,
        )
        return save_count(count=count, figures=figures, lines=lines, by=None, now=now, **given)

    return made


@pytest.fixture
def signed(typed: Callable[..., Count], now: datetime) -> Callable[..., Count]:
    """A signed count."""

    def made(appraisal: Appraisal, lines: Sequence[Line], **changes: Any) -> Count:
        return sign_count(count=typed(appraisal, lines, **changes), by=None, now=now)

    return made


@pytest.fixture
def yearly(register: Register, now: datetime) -> Callable[[str], Round]:
    """Opens the campaign of another pack and its only round."""

    def made(pack_code: str) -> Round:
        campaign: Campaign = open_campaign(
            code="year",
            name="年度评议",
            pack_code=pack_code,
            root=register.county,
            cut_off_on=date(2011, 5, 31),
            by=None,
            now=now,
        )
        return open_round(round_=campaign.rounds.get(code="year"), by=None, now=now)

    return made
