"""Two people at the same campaign: its deeds queue, and the second one sees what the first did."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from pingyi.campaigns import queries
from pingyi.campaigns.models import Amendment, Campaign, Exemption, Participant, Round, Unit
from pingyi.campaigns.operations.cancelling import cancel_campaign
from pingyi.campaigns.operations.exemptions import exempt, revoke_exemption
from pingyi.campaigns.operations.people import remove_participant
from pingyi.campaigns.operations.rounds import close_round, open_round, reopen_round
from pingyi.campaigns.operations.units import move_unit
from pingyi.ledger.models import Entry
from tests.at_once import AtOnce, Beside, refused

Exempt = Callable[..., Exemption]


@pytest.fixture
def exempt_one(first_round: Round, now: datetime) -> Exempt:
    return partial(exempt, round_=first_round, duty="review", reason="新建党支部", by=None, now=now)


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


@pytest.mark.lock("record.locked_campaign")
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


@pytest.mark.lock("record.locked_campaign")
def test_a_campaign_that_is_being_cancelled_takes_no_exemption(
    at_once: AtOnce, campaign: Campaign, exempt_one: Exempt, units: dict[str, Unit], now: datetime
) -> None:
    with refused("campaign_closed"):
        at_once(
            lambda: cancel_campaign(campaign=campaign, reason="基准日选错", by=None, now=now),
            lambda: exempt_one(unit=units["T1-1"]),
        )


@pytest.mark.lock("held.round_locked")
def test_a_round_is_closed_once(at_once: AtOnce, first_round: Round, now: datetime) -> None:
    def close() -> Round:
        return close_round(round_=first_round, by=None, now=now)

    with refused("round_not_open"):
        at_once(close, close)
    assert Entry.objects.filter(kind="round.closed").count() == 1


@pytest.mark.lock("held.round_held")
def test_a_round_that_is_being_closed_takes_no_more_exemptions(
    at_once: AtOnce, first_round: Round, exempt_one: Exempt, units: dict[str, Unit], now: datetime
) -> None:
    with refused("round_closed"):
        at_once(
            lambda: close_round(round_=first_round, by=None, now=now),
            lambda: exempt_one(unit=units["T1-1"]),
        )


@pytest.mark.lock("held.round_held")
def test_whoever_is_being_removed_is_not_exempted(
    at_once: AtOnce, exempt_one: Exempt, participants: dict[str, Participant], now: datetime
) -> None:
    member = participants["village_member"]
    with refused("removed"):
        at_once(
            lambda: remove_participant(participant=member, reason="调离", by=None, now=now),
            lambda: exempt_one(participant=member),
        )


@pytest.mark.lock("held.round_held")
def test_two_exempt_beside_each_other(
    beside: Beside, first_round: Round, exempt_one: Exempt, units: dict[str, Unit]
) -> None:
    def hold() -> None:
        queries.round_held(first_round)
        queries.units_locked([units["T1-2"].pk])

    assert beside(hold, lambda: exempt_one(unit=units["T1-1"])).unit == units["T1-1"]


@pytest.mark.lock("held.round_held")
def test_a_campaign_is_amended_after_the_deeds_that_hold_it(
    at_once: AtOnce, exempt_one: Exempt, participants: dict[str, Participant], now: datetime
) -> None:
    member = participants["village_member"]
    amended = at_once(
        lambda: exempt_one(participant=member),
        lambda: remove_participant(participant=member, reason="调离", by=None, now=now),
    )
    assert amended.participant == member


@pytest.mark.lock("held.units_locked", "held.people_locked")
@pytest.mark.parametrize("subject", ["unit", "participant"])
def test_a_gap_is_explained_once(
    subject: str,
    at_once: AtOnce,
    exempt_one: Exempt,
    units: dict[str, Unit],
    participants: dict[str, Participant],
) -> None:
    about = {"unit": units["T1-1"], "participant": participants["village_member"]}[subject]
    with refused("already_exempt"):
        at_once(lambda: exempt_one(**{subject: about}), lambda: exempt_one(**{subject: about}))
    assert Exemption.objects.count() == 1


@pytest.mark.lock("exemptions.revoke_exemption")
def test_an_exemption_is_revoked_once(
    at_once: AtOnce, exempt_one: Exempt, units: dict[str, Unit], now: datetime
) -> None:
    exemption = exempt_one(unit=units["T1-1"])

    def revoke() -> Exemption:
        return revoke_exemption(exemption=exemption, reason="已返回支部", by=None, now=now)

    with refused("already_revoked"):
        at_once(revoke, revoke)
    assert Entry.objects.filter(kind="exemption.revoked").count() == 1
