"""Whatever is moved on whatever day: no circle, and one formal place on every day."""

from datetime import datetime, timedelta
from random import Random

import pytest

from pingyi.core.refusals import Refusal
from pingyi.organizations import queries as ground
from pingyi.organizations.models import Affiliation, Organization
from pingyi.organizations.rules.spans import Span, first_overlap
from pingyi.organizations.rules.tree import first_cycle
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
    assert first_cycle(edges) is None
    for organization in organizations:
        spans = [edge.span for edge in edges if edge.child == organization.pk]
        assert first_overlap(spans) is None
    for offset in range(-1, 12):
        rows = ground.tree_on(TODAY + timedelta(days=offset))
        assert [row.code for row in rows if row.parent_id is None] == ["X"]
        assert len(ground.subtree_ids(register.county.pk, TODAY + timedelta(days=offset))) == 7


def test_the_formal_edges_are_those_of_the_table(register: Register) -> None:
    assert len(ground.formal_edges()) == Affiliation.objects.count() == 6
    assert all(edge.span == Span(register.t1.valid_from) for edge in ground.formal_edges())
