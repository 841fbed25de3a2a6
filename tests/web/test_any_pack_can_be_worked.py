"""Any pack that is accepted can be opened, worked through by a random clerk and closed.

The suite tries a few packs; `scripts/work-packs` tries as many as one likes and prints how many.
"""

import os
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pingyi.accounts.models import User
from pingyi.appraisals.models import Appraisal
from pingyi.campaigns.doors import TABLE_MEASURES
from pingyi.campaigns.models import Round
from pingyi.campaigns.operations import open_campaign, open_round
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries.packs import register_problems
from pingyi.campaigns.rules.pack import Pack
from pingyi.campaigns.rules.reading import PackProblems, checked_pack
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.tables import tables_of
from tests.cast import Register
from tests.pack_mutations import mutated, toml
from tests.random_clerk import work

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]
FIRST, SEEDS = int(os.environ.get("PINGYI_PACKS_FROM", "1")), 4
TRIED = range(FIRST, FIRST + int(os.environ.get("PINGYI_PACKS_TRIED", SEEDS)))


def accepted(chance: Random) -> tuple[Pack, dict[str, Any]]:
    """The next pack of this chance that says nothing wrong."""
    while True:
        data = mutated(chance)
        try:
            pack = checked_pack(data, measures=TABLE_MEASURES)
        except PackProblems:
            continue
        if pack.appraisal is not None and not register_problems(pack):
            return pack, data


@pytest.mark.parametrize("seed", TRIED)
def test_an_accepted_pack_is_opened_worked_and_closed(
    seed: int, own_pack: Callable[[str], None], register: Register, office_user: User,
    client: Client, now: datetime,
) -> None:  # fmt: skip
    chance = Random(seed)
    pack, data = accepted(chance)
    own_pack(toml(data))
    campaign = open_campaign(
        code="own", name="自定活动", pack_code="own", root=register.county,
        cut_off_on=date(2011, 5, 31), by=None, now=now,
    )  # fmt: skip
    client.force_login(office_user, backend="django.contrib.auth.backends.ModelBackend")
    for round_ in campaign.rounds.order_by("position").select_related("campaign"):
        open_round(round_=round_, by=None, now=now)
        round_.refresh_from_db()
        work(round_, chance, now)
        assert look(client, round_, pack) == {200}
        assert close_round(round_=round_, by=None, now=now).state == "closed"


def look(client: Client, round_: Round, pack: Pack) -> set[int]:
    """The answers of the pages and files of a round; its tables are reckoned."""
    where = [round_.campaign.code, round_.code]
    assert pack.appraisal is not None
    pages = [
        reverse("appraisals:units", args=where),
        reverse("appraisals:ledger", args=[*where, "xlsx"]),
        reverse("campaigns:pack", args=["own"]),
    ]
    pages += [
        reverse("appraisals:results", args=[*where, form.code]) for form in pack.appraisal.forms
    ]
    for appraisal in Appraisal.objects.filter(round=round_).select_related("unit")[:2]:
        here = [*where, appraisal.unit.code]
        pages += [reverse(f"appraisals:{page}", args=here) for page in ("unit", "result")]
        boxes = {(count.form, count.stratum) for count in appraisal.counts.all()}
        pages += [
            reverse("appraisals:result-document", args=[*here, "-".join(filter(None, box)), "pdf"])
            for box in boxes
        ]
    tables_of(Moment(round_), round_.campaign.units.get(code="X")).pairs()
    # Where one unit is all there is to be seen, its page is shown at once.
    return {client.get(page, follow=True).status_code for page in pages}
