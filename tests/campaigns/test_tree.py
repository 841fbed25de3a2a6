"""Paths of the frozen tree, for trees of any shape."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pingyi.campaigns.queries.universe import ancestor_paths
from pingyi.campaigns.rules.tree import (
    Node,
    TooDeep,
    above_all,
    beyond,
    hold_all,
    next_child_path,
    outermost,
    places,
    ranges,
    reporting_ids,
    segment,
)

# How fast a loaded machine draws trees says nothing about them.
any_tree = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def trees(draw):
    """Nodes 1..n in any order; the parent of each is one of the three before it."""
    steps = draw(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 9)), max_size=17))
    nodes = [Node(1, None, "c1")]
    for number, (back, code) in enumerate(steps, start=2):
        nodes.append(Node(number, max(1, number - back), f"c{code}"))
    return nodes[::-1] if draw(st.booleans()) else nodes


@any_tree
@given(trees())
def test_paths_are_unique_and_every_node_stands_below_its_parent(nodes):
    found = {place.id: place for place in places(nodes, 1)}
    assert set(found) == {node.id for node in nodes}
    assert len({place.path for place in found.values()}) == len(nodes)
    for node in nodes:
        place = found[node.id]
        assert len(place.path) == 6 * (place.depth + 1)
        if node.parent_id is not None:
            above = found[node.parent_id]
            assert place.path.startswith(above.path)
            assert place.depth == above.depth + 1
            assert ancestor_paths(place.path)[-1] == above.path


@any_tree
@given(trees())
def test_a_subtree_is_a_prefix_and_nothing_else(nodes):
    found = {place.id: place for place in places(nodes, 1)}
    parents = {node.id: node.parent_id for node in nodes}
    for top in nodes:
        below = {other for other in found if found[other].path.startswith(found[top.id].path)}
        expected = set()
        for other in found:
            line = other
            while line is not None:
                if line == top.id:
                    expected.add(other)
                line = parents[line]
        assert below == expected


@any_tree
@given(trees())
def test_siblings_stand_in_the_order_of_their_codes(nodes):
    found = {place.id: place.path for place in places(nodes, 1)}
    by_parent = {}
    for node in nodes:
        by_parent.setdefault(node.parent_id, []).append(node)
    for siblings in by_parent.values():
        ordered = sorted(siblings, key=lambda node: (node.code, node.id))
        assert [found[node.id] for node in ordered] == sorted(found[n.id] for n in siblings)


@any_tree
@given(trees(), st.data())
def test_no_reporting_unit_stands_below_another(nodes, data):
    found = places(nodes, 1)
    words = st.sampled_from(["county", "township", "grassroots"])
    drawn = data.draw(st.lists(words, min_size=len(nodes), max_size=len(nodes)))
    levels = {node.id: level for node, level in zip(nodes, drawn, strict=True)}
    chosen = reporting_ids(found, levels, ["township"])
    paths = {place.id: place.path for place in found}
    for one in chosen:
        assert not any(paths[one].startswith(paths[o]) for o in chosen if o != one)
    if "township" in levels.values():
        covered = [id_ for id_ in levels if levels[id_] == "township"]
        assert all(any(paths[id_].startswith(paths[o]) for o in chosen) for id_ in covered)
        assert all(levels[id_] == "township" for id_ in chosen)
    else:
        assert chosen == {1}


def test_what_does_not_stand_below_the_root_is_left_out():
    nodes = [Node(1, None, "a"), Node(2, 1, "b"), Node(3, None, "c"), Node(4, 3, "d")]
    assert [(p.id, p.parent_id, p.path, p.depth) for p in places(nodes, 1)] == [
        (1, None, "00001/", 0),
        (2, 1, "00001/00001/", 1),
    ]
    assert [(p.id, p.parent_id, p.path) for p in places(nodes, 4)] == [(4, None, "00001/")]
    assert places(nodes, 9) == []


def test_a_tree_that_no_path_can_hold_is_refused():
    chain = [Node(n, n - 1 or None, f"{n:03d}") for n in range(1, 21)]
    assert len(places(chain, 1)) == 20
    with pytest.raises(TooDeep):
        places([*chain, Node(21, 20, "x")], 1)


def test_segments_have_five_digits():
    assert segment(12) == "00012/"
    assert segment(99_999) == "99999/"
    for number in (0, 100_000):
        with pytest.raises(ValueError, match="no segment"):
            segment(number)


@any_tree
@given(trees(), st.data())
def test_a_subtree_is_all_from_its_top_to_the_first_path_beyond(nodes, data):
    paths = [place.path for place in places(nodes, 1)]
    top = data.draw(st.sampled_from(paths))
    between = [path for path in paths if top <= path < beyond(top)]
    assert between == [path for path in paths if path.startswith(top)]


def test_beyond_the_last_child_comes_what_is_beyond_its_parent():
    assert beyond("00001/00012/") == "00001/00013/"
    assert beyond("00001/00009/") == "00001/00010/"
    assert beyond("00001/99998/") == "00001/99999/"
    assert beyond("00001/99999/99999/") == "00002/"
    with pytest.raises(ValueError, match="nothing comes after"):
        beyond("99999/")


def test_whoever_has_the_top_has_everything():
    assert hold_all(["00001/00002/", "00001/"])
    assert not hold_all(["00001/00002/", "00001/00002/00001/"])
    assert not hold_all([])


def test_what_lies_below_another_is_within_it_already():
    paths = ["00001/00003/", "00001/00002/00001/", "00001/00002/", "00001/00003/"]
    assert outermost(paths) == ["00001/00002/", "00001/00003/"]
    assert outermost([]) == []


def test_a_new_child_comes_after_all_others():
    assert next_child_path("00001/", []) == "00001/00001/"
    used = ["00001/00002/", "00001/00007/"]
    assert next_child_path("00001/", used) == "00001/00008/"


def test_neighbours_are_one_range():
    first, second, third, far = (f"00001/0000{n}/" for n in (1, 2, 3, 5))
    assert ranges([third, first, second, far, f"{second}00001/"]) == [
        (first, "00001/00004/"),
        (far, "00001/00006/"),
    ]
    assert ranges([]) == []


@any_tree
@given(trees(), st.data())
def test_ranges_hold_what_lies_below_and_nothing_else(nodes, data):
    paths = [place.path for place in places(nodes, 1)]
    tops = data.draw(st.lists(st.sampled_from(paths)))
    found = ranges(tops)
    for path in paths:
        below = any(path.startswith(top) for top in tops)
        assert any(first <= path < end for first, end in found) == below
    assert [each for pair in found for each in pair] == sorted(
        {each for pair in found for each in pair}
    )


def test_what_lies_above_all_of_them():
    assert above_all(["00001/00012/00001/", "00001/00012/00003/"]) == "00001/00012/"
    assert above_all(["00001/00011/", "00001/00012/"]) == "00001/"
    assert above_all(["00001/00012/"]) == "00001/00012/"
    assert above_all(["00001/", "00002/"]) == ""
    assert above_all([]) == ""
