"""A deadline of the timeline is done with when the tables of its tier were sent, or need not be."""

from datetime import datetime, timedelta

import pytest

from pingyi.campaigns.models import Round
from pingyi.campaigns.queries import pack_of, reporting_units, root_unit, timeline
from pingyi.returns.operations.sending import waive
from pingyi.returns.queries.all_sent import all_sent

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_each_tier_by_its_own_tables(first_round: Round, now: datetime) -> None:
    campaign = first_round.campaign
    units = [*reporting_units(campaign)]
    tables = [table.code for table in pack_of(campaign).tables]
    done: list[set[tuple[int, str]]] = [all_sent(campaign)]
    for unit in (*units, root_unit(campaign)):
        for table in tables:
            waive(
                round_=first_round, unit=unit, table=table, reason="本轮没有开展活动，无需填报",
                by=None, now=now,
            )  # fmt: skip
        done.append(all_sent(campaign))
    first = first_round.pk
    assert done == [
        *[set()] * len(units), {(first, "unit")}, {(first, "unit"), (first, "county")},
    ]  # fmt: skip
    states = {
        event["label"]: event["state"]
        for event in timeline(campaign, now.date() + timedelta(days=60))
    }
    assert [state for label, state in states.items() if label.startswith("第一次 ")] == [
        "done", "done",
    ]  # fmt: skip
