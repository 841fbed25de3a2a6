"""Campaigns of packs that a test writes: in a folder of its own, opened with their only round."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pingyi.campaigns.models import Campaign, Round
from pingyi.campaigns.operations import open_campaign, open_round
from tests.cast import Register

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
