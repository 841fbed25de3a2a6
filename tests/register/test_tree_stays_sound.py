"""Whatever is moved on whatever day: no circle, and one formal place on every day."""

from datetime import datetime, timedelta
from random import Random

import pytest

from pingyi.core.refusals import Refusal
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Affiliation, Organization
from pingyi.organizations.queries import organizations_below
from pingyi.organizations.rules.spans import Span
from pingyi.register import operations
from tests.cast import TODAY, Register


@pytest.mark.parametrize("seed", range(4))
def test_random_moves_leave_a_tree(seed: int, register: Register, now: datetime) -> None:
    random = Random(seed)
    organizations = list(Organization.objects.order_by("code"))
    moved = refused = 0
    for _step in range(20):
        organization, parent = random.sample(organizations, 2)
        on = TODAY + timedelta(days=random.randrange(10))
        try:
            operations.move_organization(
                organization=organization, parent=parent, on=on, by=None, now=now
            )
        except Refusal:
            refused += 1
        else:
            moved += 1
    assert moved
    assert refused
    edges = ground.formal_edges()
    for offset in range(-1, 12):
        on = TODAY + timedelta(days=offset)
        placed = [edge.child for edge in edges if edge.span.covers(on)]
        assert len(placed) == len(set(placed)) == 6
        # All seven are found from the top down, so none of them stands in a circle.
        rows = ground.tree_on(on)
        assert [row.code for row in rows if row.parent_id is None] == ["X"]
        assert len(organizations_below([register.county.pk], on)) == 7


def test_the_formal_edges_are_those_of_the_table(register: Register) -> None:
    assert len(ground.formal_edges()) == Affiliation.objects.count() == 6
    assert all(edge.span == Span(register.t1.valid_from) for edge in ground.formal_edges())
