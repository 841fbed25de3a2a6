from fractions import Fraction

from pingyi.reviews.rules.coverage import Figures, rolled_up


def test_the_share_leaves_the_exempt_out():
    assert Figures(3, 5, 1).share == Fraction(3, 4)
    assert Figures(3, 5, 1).of == 9


def test_figures_are_added_each_to_its_own():
    assert Figures(1, 2, 3) + Figures(10, 20, 30) == Figures(11, 22, 33)


def test_where_nobody_is_owed_a_review_there_is_no_share():
    assert Figures(0, 5, 0).share is None


def test_figures_roll_up_along_the_path():
    own = {
        "00001/": (1, 0, 0),
        "00001/00002/": (0, 1, 0),
        "00001/00003/": (0, 0, 1),
    }
    assert rolled_up(own) == {
        "00001/": (1, 1, 1),
        "00001/00002/": (0, 1, 0),
        "00001/00003/": (0, 0, 1),
    }


def test_figures_roll_up_over_levels_that_have_none_of_their_own():
    own = {"00001/00002/00003/": (2, 0, 0), "00001/00002/00004/": (1, 1, 0)}
    assert rolled_up(own) == {
        **own,
        "00001/00002/": (3, 1, 0),
        "00001/": (3, 1, 0),
    }


def test_of_nothing_nothing_is_rolled_up():
    assert rolled_up({}) == {}
