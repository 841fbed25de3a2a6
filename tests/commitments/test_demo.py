"""The invented county promises something at every stage."""

from datetime import datetime

from pingyi.campaigns.models import Round
from pingyi.commitments.models import Commitment
from pingyi.demo.commitments import promise


def test_branches_and_members_promise_at_every_stage(first_round: Round, now: datetime) -> None:
    promise(first_round, now=now)
    states = set(Commitment.objects.values_list("state", flat=True))
    assert states == {"checked", "kept", "published", "sent_back"}
    assert Commitment.objects.filter(participant=None).count() == 4
