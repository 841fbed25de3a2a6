"""Campaigns of packs that a test writes: in a folder of its own, opened with their only round."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pingyi.appraisals.models import Count
from pingyi.appraisals.operations import save_count, sign_count, start_count
from pingyi.appraisals.queries import graded_members, needed_plan
from pingyi.appraisals.rules.identities import Figures, Line
from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.campaigns.queries import gaps_of
from tests.cast import Register

HELD_ON = date(2011, 6, 1)

HEAD = """
code = "own"
name = "自定方案"
reporting_levels = ["township"]
document = { number = "一", title = "通知", office = "办公室", issued_on = 2011-05-01 }
rounds = [{ code = "year", name = "年度", opens_on = 2011-06-01, closes_on = 2011-06-30 }]
"""
STAGES = """
[appraisal]
name = "民主测评"
stages = [{ code = "ballot", label = "测评", kind = "count" }]
strata = []
counting = {}
rates = [
  { code = "good", label = "满意率", of = ["yes"], over = "base", formula = "满意 ÷ 作出评价的票" },
]
"""
OPTIONS = """
items = [{ code = "overall", label = "总体评价", overall = true }]
options = [
  { code = "yes", label = "满意" },
  { code = "no", label = "不满意" },
  { code = "unknown", label = "不了解", outside = true },
]
"""


def ballot(code: str, subject: str, who: str = "") -> str:
    """A ballot of one item, about whom the keys say."""
    return f"""
[[appraisal.forms]]
code = "{code}"
annex = "附表{code}"
title = "测评表{code}"
subject = "{subject}"
name_label = "单位"
date_label = "时间"
{who}
{OPTIONS}"""


def counted(
    round_: Round, code: str, form: str, now: datetime, yes: int = 6, no: int | None = None,
    *, unknown: int = 0, stratum: str = "",
) -> Count:  # fmt: skip
    """Signs a count on a form, or of a stratum: so many say yes, no (else the rest of ten) and what
    is outside the base, of everybody on it.
    """
    no = 10 - yes if no is None else no
    unit = round_.campaign.units.get(code=code)
    count = start_count(
        round_=round_,
        unit=unit,
        form=form,
        stratum=stratum,
        counted_on=HELD_ON,
        by=None,
        now=now,
    )
    subjects = {each.code: each.subject for each in needed_plan(round_).forms}
    people = [one.pk for one in graded_members(count)] if subjects[form] == "member" else [None]
    votes = {"yes": yes, "no": no, "unknown": unknown}
    whole = sum(votes.values())
    save_count(
        count=count,
        figures=Figures(whole, whole, whole, whole, whole, 0),
        lines=[Line("overall", votes, member=key) for key in people],
        scrutineer="周监票",
        teller="吴计票",
        counted_on=HELD_ON,
        by=None,
        now=now,
    )
    return sign_count(count=count, by=None, now=now)


def missing(round_: Round) -> set[tuple[str, str]]:
    """Who is missing, and where."""
    return {(gap.subject, gap.unit_name) for gap in gaps_of(round_)}


@pytest.fixture
def own_pack(tmp_path: Path, settings: Any) -> Callable[[str], None]:
    """Makes a text the only pack there is."""

    def made(text: str) -> None:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        (folder / "pack.toml").write_text(text, encoding="utf-8")
        settings.PACK_DIRS = [tmp_path]

    return made


@pytest.fixture
def own_campaign(
    own_pack: Callable[[str], None], register: Register, now: datetime
) -> Callable[[str], Round]:
    """Opens a campaign of such a pack, and its round."""

    def made(text: str) -> Round:
        own_pack(text)
        campaign: Campaign = open_campaign(
            code="own",
            name="自定活动",
            pack_code="own",
            root=register.county,
            cut_off_on=date(2011, 5, 31),
            by=None,
            now=now,
        )
        round_ = campaign.rounds.select_related("campaign").get()
        return open_round(round_=round_, by=None, now=now)

    return made
