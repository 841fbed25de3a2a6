"""What is published of a tree: nobody who adds and subtracts what is said finds fewer than k."""

import random

import numpy as np
import pytest

from pingyi.ballots.rules.suppression import publishable

K = 5


def grown(dice):
    """A random tree of up to eight nodes, and the ballots cast in each."""
    size = dice.randint(1, 8)
    parents = {0: None} | {node: dice.randrange(node) for node in range(1, size)}
    ballots = {node: dice.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 14]) for node in parents}
    return parents, ballots


def isolated(parents, ballots, published):
    """The fewest ballots of whom published sums, added and subtracted, tell the sum alone."""
    nodes = [node for node in parents if ballots[node]]
    rows = []
    for node in published:
        inside = {node}
        for below in sorted(parents):  # a parent has a lower number
            if parents[below] in inside:
                inside.add(below)
        rows.append([float(part in inside) for part in nodes])
    if not rows or not nodes:
        return None
    told = np.array(rows)
    subsets = ((np.arange(1, 2 ** len(nodes))[:, None] >> np.arange(len(nodes))) & 1).astype(float)
    # A sum of some nodes can be told where its row adds nothing to the rank of what is told.
    solved = np.linalg.lstsq(told.T, subsets.T, rcond=None)[0]
    is_told = np.all(np.isclose(told.T @ solved, subsets.T), axis=0)
    sizes = subsets[is_told] @ np.array([ballots[node] for node in nodes])
    return int(sizes.min()) if len(sizes) else None


def small_cells_hidden(parents, ballots, k):
    """The rule that seems to be enough, and is not."""
    whole = dict(ballots)
    for node in sorted(parents, reverse=True):
        if parents[node] is not None:
            whole[parents[node]] += whole[node]
    return {node for node in parents if whole[node] >= k}


def told_apart(rule):
    """In how many of 3,000 random trees a group of fewer than k is found."""
    dice = random.Random(20111)
    found = 0
    for _ in range(3_000):
        parents, ballots = grown(dice)
        fewest = isolated(parents, ballots, rule(parents, ballots, K))
        found += fewest is not None and fewest < K
    return found


def test_no_group_below_k_is_found_in_3000_random_trees():
    assert told_apart(publishable) == 0


def test_hiding_small_cells_alone_gives_groups_away():
    assert told_apart(small_cells_hidden) > 0


@pytest.mark.parametrize(
    ("ballots", "published"),
    [
        ({"a": 10, "b": 10}, {"top", "a", "b"}),
        ({"a": 10, "b": 4}, {"top"}),
        ({"a": 10, "b": 12, "c": 4}, {"top", "b"}),
        ({"a": 4, "b": 3, "c": 2}, set()),
        ({"a": 0, "b": 0}, set()),
        ({"a": 10, "b": 10, "c": 0}, {"top", "a", "b"}),
    ],
)
def test_the_smallest_published_part_is_taken_back_until_the_rest_is_large_enough(
    ballots, published
):
    parents = {"top": None} | dict.fromkeys(ballots, "top")

    assert publishable(parents, ballots, 10) == published


def test_a_chain_as_deep_as_a_country_is_no_matter():
    parents = {0: None} | {node: node - 1 for node in range(1, 3_000)}

    assert publishable(parents, {2_999: 12}, 10) == frozenset(parents)
