"""A leader leaves: all that is still to be reviewed goes to another one, in one deed."""

import json

import pytest

from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.people import remove_participant
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from pingyi.reviews import permissions
from pingyi.reviews.models import Assignment
from pingyi.reviews.operations.hand_over import hand_over
from pingyi.reviews.queries.tasks import still_owed


@pytest.fixture
def give(first_round, participants, now):
    """Hands over what somebody still owes, by key."""

    def made(former, reviewer, **changes):
        leader = participants[former]
        given = {"reason": "调离本镇", "by": None, "now": now, **changes}
        return hand_over(
            round_=first_round, former=leader, reviewer=participants[reviewer],
            assignments=given.pop("assignments", list(still_owed(first_round, leader))), **given,
        )  # fmt: skip

    return made


def subjects(round_, person):
    rows = Assignment.objects.filter(round=round_, reviewer=person)
    return {str(row.unit or row.participant) for row in rows}


def test_what_is_still_to_be_reviewed_goes_over_and_what_is_done_stays(
    first_round, participants, record, give, now
):
    secretary, leader = participants["village_secretary"], participants["t1_leader"]
    record("village_secretary", "village_member")
    assert subjects(first_round, secretary) == {"张小芳", "刘洋"}
    before = subjects(first_round, leader)
    assert give("village_secretary", "t1_leader") == 1
    assert subjects(first_round, secretary) == {"张小芳"}
    assert subjects(first_round, leader) == before | {"刘洋"}
    given = Assignment.objects.get(participant=participants["village_probationer"])
    assert (given.source, given.reason, given.changed_at) == ("edited", "调离本镇", now)
    line = Entry.objects.get(kind="reviews.handed_over")
    told = json.loads(line.body.content)
    assert (told["before"], told["after"], told["assignments"]) == ("王大山", "李秀兰", [given.pk])


def test_whoever_is_exempt_is_not_handed_over(first_round, participants, give, now):
    exempt(
        round_=first_round, duty="review", participant=participants["village_probationer"],
        reason="长期外出", by=None, now=now,
    )  # fmt: skip
    assert give("village_secretary", "t1_leader") == 1
    assert subjects(first_round, participants["village_secretary"]) == {"刘洋"}


def test_nobody_gets_their_own_review(first_round, participants, give):
    leader = participants["t1_leader"]
    own = subjects(first_round, leader)
    assert "王大山" in own
    assert give("t1_leader", "village_secretary") == len(own) - 1
    assert subjects(first_round, leader) == {"王大山"}


@pytest.mark.parametrize(
    ("code", "former", "reviewer", "changes"),
    [
        ("reason_missing", "village_secretary", "t1_leader", {"reason": "  "}),
        ("same_reviewer", "village_secretary", "village_secretary", {}),
        ("nothing_owed", "village_secretary", "t1_leader", {"assignments": []}),
    ],
)
def test_it_is_refused(code, former, reviewer, changes, give):
    with pytest.raises(Refusal) as refusal:
        give(former, reviewer, **changes)
    assert refusal.value.code == code


def test_whoever_has_left_gets_nothing(give, participants, now):
    remove_participant(
        participant=participants["school_secretary"], reason="调离", by=None, now=now
    )
    with pytest.raises(Refusal) as refusal:
        give("village_secretary", "school_secretary")
    assert refusal.value.code == "not_in_campaign"


def test_a_clerk_hands_over_in_the_own_township_only(
    give, clerk_user, other_clerk_user, first_round, participants
):
    with pytest.raises(Refusal) as refusal:
        give("village_secretary", "t1_leader", by=other_clerk_user)
    assert refusal.value.code == "not_clerk"
    assert give("village_secretary", "t1_leader", by=clerk_user) == 2


def test_ones_own_review_is_for_others(first_round, participants, secretary_user):
    owed = list(still_owed(first_round, participants["county_leader"]))
    found = permissions.may_hand_over(secretary_user, owed)
    assert "陈卫东" in {str(row.participant) for row in owed}
    assert [str(row.participant or row.unit) for row in found] == ["中共青石镇委员会"]


def address(person):
    return f"/reviews/cx2011/rounds/first/assignments/of/{person.pk}/"


def test_the_page_shows_what_goes_over_before_it_does(
    client, clerk_user, participants, first_round
):
    client.force_login(clerk_user)
    page = client.get(address(participants["village_secretary"])).content.decode()
    assert "刘洋" in page
    assert "张小芳" in page
    listed = client.get("/reviews/cx2011/rounds/first/assignments/?q=刘洋").content.decode()
    assert address(participants["village_secretary"]) in listed


def test_what_changed_meanwhile_is_shown_first(
    client, clerk_user, participants, first_round, record
):
    client.force_login(clerk_user)
    where = address(participants["village_secretary"])
    version = client.get(where).context["deed"].edits.version
    record("village_secretary", "village_member")
    typed = {"reviewer": participants["t1_leader"].pk, "reason": "调离本镇", "seen": version}
    answer = client.post(where, typed)
    assert answer.status_code == 422
    assert not Entry.objects.filter(kind="reviews.handed_over").exists()
    typed["seen"] = answer.context["deed"].edits.version
    assert client.post(where, typed).status_code == 302
    assert "刘洋" in subjects(first_round, participants["t1_leader"])


def test_a_leader_out_of_sight_is_not_found_and_one_without_reviews_is_told(
    client, clerk_user, participants, first_round, record, give
):
    client.force_login(clerk_user)
    assert client.get(address(participants["t2_secretary"])).status_code == 404
    record("village_secretary", "village_member")
    give("village_secretary", "t1_leader")
    page = client.get(address(participants["village_secretary"]))
    assert "没有可移交的点评任务" in page.content.decode()
