"""Two people at the same campaign: its deeds queue, and the second one sees what the first did."""

from datetime import datetime

import pytest

from pingyi.campaigns.models import Amendment, Campaign, Exemption, Round, Unit
from pingyi.campaigns.operations.exemptions import exempt, revoke_exemption
from pingyi.campaigns.operations.rounds import close_round, open_round, reopen_round
from pingyi.campaigns.operations.units import move_unit
from pingyi.ledger.models import Entry
from tests.at_once import AtOnce, refused


@pytest.mark.lock("record.locked_campaign")
def test_two_units_are_not_placed_under_each_other(
    at_once: AtOnce, units: dict[str, Unit], now: datetime
) -> None:
    def move(unit: str, parent: str) -> Amendment:
        return move_unit(
            unit=units[unit], parent=units[parent], reason="隶属关系调整", by=None, now=now
        )

    with refused("under_itself"):
        at_once(lambda: move("T1-1", "T1-2"), lambda: move("T1-2", "T1-1"))
    assert Amendment.objects.count() == 1


@pytest.mark.lock("record.locked_round")
def test_only_one_round_is_opened(
    at_once: AtOnce, campaign: Campaign, first_round: Round, now: datetime
) -> None:
    close_round(round_=first_round, by=None, now=now)
    second = campaign.rounds.get(code="second")
    with refused("other_round_open"):
        at_once(
            lambda: reopen_round(round_=first_round, reason="补录", by=None, now=now),
            lambda: open_round(round_=second, by=None, now=now),
        )
    assert [round_.code for round_ in campaign.rounds.filter(state="open")] == ["first"]


@pytest.mark.lock("record.locked_round")
def test_an_exemption_is_revoked_once(
    at_once: AtOnce, first_round: Round, units: dict[str, Unit], now: datetime
) -> None:
    exemption = exempt(
        round_=first_round, duty="review", unit=units["T1-1"], reason="新建", by=None, now=now
    )

    def revoke() -> Exemption:
        return revoke_exemption(exemption=exemption, by=None, now=now)

    with refused("already_revoked"):
        at_once(revoke, revoke)
    assert Entry.objects.filter(kind="exemption.revoked").count() == 1
