from pingyi.campaigns import operations as campaigns
from pingyi.campaigns.operations.exemptions import exempt
from pingyi.campaigns.operations.people import remove_participant
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries import gaps_in
from pingyi.reviews.queries.coverage import coverage, missing, owed
from pingyi.reviews.queries.tasks import last_review, tasks_of
from pingyi.reviews.queries.texts import supervision_signs
from pingyi.reviews.rules.coverage import Figures


def test_whoever_is_not_reviewed_is_a_gap(first_round, record):
    def subjects():
        return {gap.subject for gap in gaps_in(first_round, {"review": owed(first_round)})}

    before = subjects()
    record("village_secretary", "village_member")
    record("t1_leader", "T1-1", 1)
    after = subjects()
    assert before - after == {"张小芳", "柳湾村党支部"}
    assert "中共松山县委员会" not in before
    assert len(before) == 6 + 11


def test_coverage_adds_up_by_unit_and_sector(first_round, record, units, participants, now):
    record("village_secretary", "village_member")
    record("village_secretary", "village_member", 1)
    exempt(
        round_=first_round,
        duty="review",
        participant=participants["village_probationer"],
        reason="预备党员外出",
        by=None,
        now=now,
    )
    found = coverage(first_round)
    assert found.of(units["T1-1"]).people == Figures(1, 1, 1)
    assert found.of(units["T1"]).people == Figures(1, 1, 6)
    assert found.of(units["X"]).people == Figures(1, 1, 9)
    assert found.of(units["X"]).units == Figures(0, 0, 6)
    assert found.in_sector("rural").people == Figures(1, 1, 4)
    assert not found.of(units["X"]).is_complete
    assert coverage(first_round, [units["T2"].path]).of(units["T2"]).people.of == 3
    assert {gap.subject for gap in missing(first_round, units["T1-1"])} == {
        "王大山",
        "柳湾村党支部",
    }


def test_a_review_in_spite_of_an_exemption_is_done_and_whoever_left_counts_nowhere(
    first_round, record, units, participants, now
):
    record("village_secretary", "village_member")
    record("village_secretary", "village_probationer", 1)
    exempt(
        round_=first_round,
        duty="review",
        participant=participants["village_member"],
        reason="外出务工",
        by=None,
        now=now,
    )
    assert coverage(first_round).of(units["T1-1"]).people == Figures(2, 0, 1)
    remove_participant(
        participant=participants["village_probationer"], reason="迁出", by=None, now=now
    )
    assert coverage(first_round).of(units["T1-1"]).people == Figures(1, 0, 1)


def test_signs_are_counted_by_unit_for_supervision(first_round, record, units):
    record("village_secretary", "village_member", direction="", problems="", accept_signs=True)
    record("village_secretary", "village_probationer", 1)
    assert supervision_signs(first_round, [units["T1-1"], units["T2"]]) == {units["T1-1"].pk: 1}


def test_tasks_show_who_is_missing_first(assignments, first_round, record, participants):
    record("village_secretary", "village_member")
    [group] = tasks_of(participants["village_secretary"], first_round)
    assert (group.unit.name, group.missing, group.done) == ("柳湾村党支部", 1, 1)
    assert [task.subject for task in group.tasks] == ["刘洋", "张小芳"]


def test_the_direction_of_the_last_round_stands_beside_the_task(
    campaign, first_round, record, participants, now, nothing_owed
):
    said = record("village_secretary", "village_member")
    close_round(round_=first_round, by=None, now=now)
    second = campaigns.open_round(round_=campaign.rounds.get(code="second"), by=None, now=now)
    [group] = tasks_of(participants["village_secretary"], second)
    assert {task.subject: task.last for task in group.tasks} == {
        "张小芳": said.direction,
        "刘洋": "",
    }
    assert last_review(None, participants["village_member"]) == said


def test_of_no_subtree_nothing_is_told(first_round, units):
    assert coverage(first_round, []).of(units["T1-1"]).people == Figures(0, 0, 0)
    assert coverage(first_round).of(units["T1-1"]).people != Figures(0, 0, 0)
