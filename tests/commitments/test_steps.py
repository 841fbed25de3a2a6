"""A commitment goes from its proposal to its appraisal; whose deed each is."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Campaign, Participant, Unit
from pingyi.commitments.models import Commitment
from pingyi.commitments.operations import steps
from pingyi.commitments.operations.propose import Promise, propose, propose_many
from pingyi.commitments.queries.commitments import (
    Rate,
    commitments_of,
    kinds_of,
    rate_of,
    records,
)
from pingyi.commitments.rules.workflow import diagram
from pingyi.ledger.models import Entry
from tests.at_once import AtOnce, refused
from tests.commitments.conftest import DONE, DUE, TEXT

Promised = Callable[..., Commitment]


def test_the_whole_way_is_kept_with_its_words(
    promised: Promised, campaign: Campaign, member: Participant
) -> None:
    assert records(campaign) == []
    found = promised("appraised")
    assert (found.state, found.fulfilment, found.progress) == (
        "appraised", "whole", DONE["progress"],
    )  # fmt: skip
    assert [step.deed for step in found.steps.all()] == [
        "examine", "publish", "keep", "check", "appraise",
    ]  # fmt: skip
    assert records(campaign) == ["公开承诺"]
    assert Entry.objects.filter(kind="commitment.kept").count() == 1
    assert list(commitments_of(None, member)) == [found]


def test_what_is_vague_goes_back_and_is_said_otherwise(
    promised: Promised, member_user: User, now: datetime
) -> None:
    found = promised("sent_back")
    again = steps.revise(
        commitment=found, kind="post", text=" 帮扶张家、李家 ", due_on=DUE, by=member_user, now=now
    )
    assert (again.state, again.kind, again.text) == ("proposed", "post", "帮扶张家、李家")
    with refused("text_missing"):
        steps.send_back(commitment=again, reason=" ", by=None, now=now)


def test_nobody_examines_their_own(
    promised: Promised, units: dict[str, Unit], participants: dict[str, Participant],
    branch_secretary_user: User, clerk_user: User, member_user: User, now: datetime,
) -> None:  # fmt: skip
    own = promised(participant=participants["village_secretary"])
    of_the_branch = promised(participant=None)
    for commitment in (own, of_the_branch):
        with refused("not_an_examiner"):
            steps.examine(commitment=commitment, by=branch_secretary_user, now=now)
        assert steps.examine(commitment=commitment, by=clerk_user, now=now)
    with refused("not_an_examiner"):
        steps.examine(commitment=promised(), by=member_user, now=now)
    assert steps.examine(commitment=promised(), by=branch_secretary_user, now=now)
    # At the top there is nobody above.
    assert steps.examine(commitment=promised(unit=units["X"], participant=None), by=None, now=now)


def test_members_promise_for_themselves_alone(
    village: Unit, member: Participant, participants: dict[str, Participant], member_user: User,
    other_clerk_user: User, now: datetime,
) -> None:  # fmt: skip
    who: dict[str, Any] = {"unit": village, "now": now}
    assert propose(promise=Promise("post", TEXT, DUE, member), by=member_user, **who)
    others = Promise("post", TEXT, DUE, participants["village_secretary"])
    for promise, user in ((others, member_user), (others, other_clerk_user)):
        with refused("not_a_maker"):
            propose(promise=promise, by=user, **who)
    with refused("not_a_maker"):
        propose_many(promises=[others], by=member_user, **who)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "song"}, "unknown_kind"),
        ({"text": " "}, "text_missing"),
        ({"due_on": date(2011, 5, 1)}, "day_past"),
    ],
)
def test_a_promise_says_what_and_by_when(
    change: dict[str, Any], code: str, village: Unit, member: Participant, now: datetime
) -> None:
    promise = Promise(**{"kind": "post", "text": TEXT, "due_on": DUE, **change})
    for given, deed in (({"promise": promise}, propose), ({"promises": [promise]}, propose_many)):
        with refused(code):
            deed(unit=village, by=None, now=now, **given)  # type: ignore[operator]


def test_a_whole_branch_promises_at_once_or_not_at_all(
    village: Unit, member: Participant, participants: dict[str, Participant], now: datetime
) -> None:
    who: dict[str, Any] = {"unit": village, "by": None, "now": now}
    with refused("nothing_to_take"):
        propose_many(promises=[], **who)
    sound = Promise("post", TEXT, DUE, member)
    with refused("not_a_member"):
        propose_many(
            promises=[sound, Promise("post", TEXT, DUE, participants["school_member"])], **who
        )
    assert not Commitment.objects.exists()
    assert len(propose_many(promises=[sound, Promise("common", TEXT, DUE)], **who)) == 2


def test_nobody_reports_for_others(
    promised: Promised, participants: dict[str, Participant], member_user: User, now: datetime
) -> None:
    others = promised("published", participant=participants["village_secretary"])
    with refused("not_a_maker"):
        steps.keep(commitment=others, **DONE, by=member_user, now=now)


def test_what_nothing_shows_was_not_kept(promised: Promised, now: datetime) -> None:
    found = promised("published")
    given: dict[str, Any] = {"commitment": found, "verdict": "入户查看", "by": None, "now": now}
    with refused("unknown_fulfilment"):
        steps.check(fulfilment="maybe", **given)
    with refused("nothing_reported"):
        steps.check(fulfilment="part", **given)
    assert steps.check(fulfilment="not", **given).state == "checked"


def test_the_rate_is_of_what_is_public(promised: Promised, village: Unit) -> None:
    for state in ("proposed", "published", "checked", "appraised"):
        promised(state)
    assert rate_of(Commitment.objects.filter(unit=village)) == Rate(kept=2, public=3)
    assert not commitments_of(village, None).exists()


def test_kinds_stand_in_the_pack(campaign: Campaign) -> None:
    assert list(kinds_of(campaign)) == ["common", "post", "deed"]
    assert "    kept --> kept: keep (maker)\n" in diagram()


@pytest.mark.lock("steps._locked")
def test_a_commitment_is_checked_once(at_once: AtOnce, promised: Promised, now: datetime) -> None:
    found = promised("kept")

    def check() -> Commitment:
        return steps.check(
            commitment=found, fulfilment="whole", verdict="入户查看", by=None, now=now
        )

    with refused("not_now"):
        at_once(check, check)
    assert found.steps.filter(deed="check").count() == 1
