"""Two people at one return: the second waits, and finds what the first one left (PostgreSQL)."""

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from pingyi.campaigns.models import Campaign, Round
from pingyi.returns.models import Return, StampedCopy, Version
from pingyi.returns.rules.cells import from_json
from pingyi.reviews.operations.consequences import withdraw_review
from tests.at_once import AtOnce, refused
from tests.returns.desk import WHY, Desk, county, town
from tests.returns.filling import filled
from tests.returns.filling import sent as sent_in
from tests.returns.stamping import kept, ofd

__all__ = ["county", "town"]
UNTIL = date(2011, 7, 5)


@pytest.fixture
def sent(town: Desk) -> Desk:
    town.sealed()
    town.submit(table="annex3")
    return town


@pytest.mark.lock("taking.taken")
@pytest.mark.parametrize(
    ("first", "second"),
    [("accept", "withdraw"), ("withdraw", "accept"), ("accept", "send_back"), ("accept", "accept")],
)
def test_one_of_two_answers_counts(
    at_once: AtOnce, sent: Desk, county: Desk, first: str, second: str
) -> None:
    deeds = {
        "accept": lambda: county.accept(table="annex3"),
        "withdraw": lambda: sent.withdraw(table="annex3"),
        "send_back": lambda: county.send_back(table="annex3", remarks={"": WHY}),
    }
    with refused("not_in_this_state"):
        at_once(deeds[first], deeds[second])


@pytest.mark.lock("taking.taken")
def test_a_return_is_made_once(at_once: AtOnce, town: Desk, county: Desk) -> None:
    """Its deadline is extended at the moment at which it is sealed."""
    at_once(town.sealed, lambda: county.extend(table="annex3", until=UNTIL, reason=WHY))
    found = Return.objects.get()
    assert (found.state, found.extended_to) == ("sealed", UNTIL)


@pytest.mark.lock("taking.taken")
def test_two_seal_one_after_the_other(at_once: AtOnce, town: Desk) -> None:
    at_once(town.sealed, town.sealed)
    assert list(Version.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.lock("taking.taken")
@pytest.mark.parametrize(("first", "second"), [("drop", "submit"), ("submit", "drop")])
def test_an_amendment_is_sent_or_dropped(
    at_once: AtOnce, sent: Desk, county: Desk, first: str, second: str
) -> None:
    county.accept(table="annex3")
    sent.sealed(cause=WHY)
    with refused("not_in_this_state"):
        at_once(
            lambda: getattr(sent, first)(table="annex3"),
            lambda: getattr(sent, second)(table="annex3"),
        )


@pytest.mark.lock("taking.taken")
def test_sent_while_the_day_is_extended(at_once: AtOnce, town: Desk, county: Desk) -> None:
    town.sealed()
    with refused("not_in_this_state"):
        at_once(
            lambda: town.submit(table="annex3"),
            lambda: county.extend(table="annex3", until=UNTIL, reason=WHY),
        )


@pytest.mark.lock("held.rounds_locked")
def test_what_is_being_withdrawn_in_an_earlier_round_is_not_counted(
    at_once: AtOnce, town: Desk, campaign: Campaign, now: datetime
) -> None:
    """The second round's table tells of the first as well."""
    review = town.round.reviews.get(participant__unit__code="T1-1")
    second = campaign.rounds.get(code="second")
    Round.objects.filter(pk=second.pk).update(state="closed", opened_at=now, closed_at=now)
    desk = Desk(campaign.rounds.get(code="second"), town.unit, town.now, town.by)
    version = at_once(
        lambda: withdraw_review(review=review, reason="点评记录与实际不符", by=None, now=town.now),
        desk.sealed,
    )
    assert from_json(version.content["cells"])["annex3.reviewed_first.rural"].said == 0


@pytest.mark.lock("held.rounds_locked")
def test_the_same_form_sent_in_twice_is_taken_over_once(
    at_once: AtOnce, town: Desk, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    send = partial(sent_in, town, filled(town))
    assert at_once(send, send).is_again
    assert Version.objects.count() == 3


@pytest.mark.lock("held.units_locked")
def test_the_same_stamped_copy_sent_twice_is_kept_once(
    at_once: AtOnce, town: Desk, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    version = town.sealed()
    send = partial(kept, town, ofd(), signs=version.digest)
    assert at_once(send, send).is_again
    assert StampedCopy.objects.count() == 1


@pytest.mark.lock("held.units_locked")
def test_a_table_is_sealed_anew_while_its_stamped_copy_comes(
    at_once: AtOnce, town: Desk, settings: Any, tmp_path: Any
) -> None:
    """Without a number it is the latest: the one that was sealed meanwhile."""
    settings.MEDIA_ROOT = tmp_path
    version = town.sealed()
    with refused("of_another_version"):
        at_once(town.sealed, partial(kept, town, ofd(), signs=version.digest))
