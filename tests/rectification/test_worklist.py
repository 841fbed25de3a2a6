"""What is to be put right is owed by its unit; what is to be assigned or checked waits above."""

from collections.abc import Callable
from datetime import date, datetime

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.core.clock import day_of
from pingyi.rectification.models import Item
from pingyi.rectification.queries.worklist import worklist

ItemIn = Callable[..., Item]


def test_a_unit_owes_what_was_assigned_to_it(
    item_in: ItemIn,
    branch_secretary_user: User,
    clerk_user: User,
    first_round: Round,
    now: datetime,
) -> None:
    item_in("registered")
    item = item_in("assigned", problem="路灯不亮")
    [line] = worklist(branch_secretary_user, first_round, day_of(now)).owed
    assert line.what == "整改第 2 号：路灯不亮"
    assert (line.due_on, line.state) == (item.due_on, "todo")
    assert line.url == f"/rectification/cx2011/items/{item.pk}/"
    # Of those below somebody else takes care.
    assert not worklist(clerk_user, first_round, day_of(now)).owed


def test_what_is_to_be_assigned_checked_or_late_waits_in_a_line_each(
    item_in: ItemIn, clerk_user: User, inspector_user: User, first_round: Round, now: datetime
) -> None:
    for state in ("registered", "registered", "reported", "assigned", "closed"):
        item_in(state)
    waiting = worklist(clerk_user, first_round, date(2011, 7, 16)).waiting
    assert [(line.what, line.state) for line in waiting] == [
        ("2 项整改待交办", "todo"), ("1 项整改待验收", "todo"), ("1 项整改已逾期", "todo"),
    ]  # fmt: skip
    assert waiting[2].url == "/rectification/cx2011/?state=late"
    assert not worklist(inspector_user, first_round, day_of(now)).waiting


def test_a_unit_does_not_assign_to_itself(
    item_in: ItemIn, clerk_user: User, office_user: User, units, first_round: Round, now: datetime
) -> None:
    item_in("registered", unit=units["T1"])
    item_in("registered", unit=units["X"])
    assert not worklist(clerk_user, first_round, day_of(now)).waiting
    [line] = worklist(office_user, first_round, day_of(now)).waiting
    assert line.what == "2 项整改待交办"


def test_what_belongs_to_a_campaign_is_said_with_its_first_round_alone(
    item_in: ItemIn, clerk_user: User, member_user: User, first_round: Round, now: datetime
) -> None:
    item_in("registered")
    second = first_round.campaign.rounds.get(code="second")
    for round_ in (None, second):
        found = worklist(clerk_user, round_, day_of(now))
        assert not [*found.owed, *found.waiting]
    assert worklist(clerk_user, first_round, day_of(now)).waiting
    found = worklist(member_user, first_round, day_of(now))
    assert not [*found.owed, *found.waiting]
