"""A leader who owes reviews in several branches: one sitting for all of them, owed rows marked."""

import pytest
from django.urls import reverse

from pingyi.reviews.operations.meetings import begin_meeting
from pingyi.reviews.queries.tasks import grid_rows
from tests.reviews.conftest import TEXTS

pytestmark = [pytest.mark.any_database, pytest.mark.pages_unwatched]


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    monkeypatch.setattr("pingyi.core.middleware.read_now", lambda: now)


@pytest.fixture
def tasks(client):
    def page(user):
        client.force_login(user)
        return client.get(reverse("reviews:tasks", args=["cx2011", "first"])).content.decode()

    return page


@pytest.fixture
def sitting(first_round, units, participants, plain, now, assignments):
    return begin_meeting(
        round_=first_round,
        unit=units["T1"],
        reviewer=participants["t1_secretary"],
        by=None,
        now=now,
        **plain,
    )


def meeting_at(code):
    return reverse("reviews:begin-meeting", args=["cx2011", "first", code])


def test_one_sitting_is_offered_for_all_branches(tasks, assignments, secretary_user, client):
    assert meeting_at("T1") in tasks(secretary_user)
    form = client.get(meeting_at("T1")).context["form"]
    # Whoever signed in is proposed, before others for whom they may type.
    assert next(name for _pk, name in form.fields["reviewer"].choices) == "陈卫东"


def test_none_is_offered_where_one_branch_is_owed(tasks, assignments, branch_secretary_user):
    page = tasks(branch_secretary_user)
    assert meeting_at("T1-1") in page
    assert meeting_at("T1") not in page


def test_none_is_offered_above_what_one_keeps(
    tasks, assignments, register, leader_user, participants, units, now
):
    from pingyi.reviews.operations.assign import reassign

    for subject in ("石桥村党支部", "张小芳"):
        reassign(
            assignment=assignments(subject),
            reviewer=participants["t1_leader"],
            reason="交叉点评",
            by=None,
            now=now,
        )
    page = tasks(leader_user)
    assert "石桥村党支部" in page
    assert meeting_at("X") not in page


def test_the_grid_marks_the_rows_owed(sitting):
    rows = {row.subject: row for row in grid_rows(sitting)}
    assert all(rows[name].is_owed for name in ("青石中学党支部", "青石镇机关党支部", "赵文"))


def test_rows_that_somebody_else_owes_come_after(meeting, assignments, participants, now):
    from pingyi.reviews.operations.assign import reassign

    reassign(
        assignment=assignments("张小芳"),
        reviewer=participants["t1_leader"],
        reason="交叉点评",
        by=None,
        now=now,
    )
    assert [(row.subject, row.is_owed) for row in grid_rows(meeting)] == [
        ("刘洋", True),
        ("张小芳", False),
    ]


def test_rows_of_several_branches_stand_branch_by_branch_under_their_names(
    sitting, client, secretary_user
):
    order = [row.place for row in grid_rows(sitting) if row.is_owed]
    assert order == sorted(order, key=order.index)
    assert len({row.place for row in grid_rows(sitting)}) > 1
    client.force_login(secretary_user)
    page = client.get(reverse("reviews:meeting", args=["cx2011", sitting.pk])).content.decode()
    assert page.count("青石中学党支部</th>") == 1


def test_after_one_branch_the_next_is_in_sight(
    client, sitting, secretary_user, assignments, first_round, units, participants, plain, now
):
    only = begin_meeting(
        round_=first_round,
        unit=units["T1-2"],
        reviewer=participants["t1_secretary"],
        by=None,
        now=now,
        **plain,
    )
    client.force_login(secretary_user)
    typed = {}
    for row, text in zip(grid_rows(only), TEXTS, strict=False):
        typed |= {f"{row.key}-{part}": words for part, words in text.items()}
    page = reverse("reviews:meeting", args=["cx2011", only.pk])
    after = client.post(page, typed, follow=True)
    assert after.redirect_chain[-1][0] == reverse("reviews:tasks", args=["cx2011", "first"])
    first = after.context["groups"][0]
    assert first.unit.code == "T1-3"
    assert "青石镇机关党支部" in after.content.decode()


def test_a_typist_is_proposed_whoever_owes_most_there(client, clerk_user, assignments):
    client.force_login(clerk_user)
    form = client.get(meeting_at("T1-1")).context["form"]
    names = [name for _pk, name in form.fields["reviewer"].choices]
    assert len(names) > 1
    assert names[0] == "王大山"
