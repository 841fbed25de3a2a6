"""The highest of a leader's posts stands beside the name, whichever was recorded first."""

from pingyi.reviews.rules.first_post import rank


def test_the_highest_post_comes_first() -> None:
    posts = [
        ("", 0, "党委委员"),
        ("leader", 12, "党委委员"),
        ("leader", 12, "党委副书记、镇长"),
        ("leader", 12, "党委副书记"),
        ("secretary", 6, "党委书记"),
    ]
    ranked = sorted(posts, key=lambda post: rank(*post))
    assert [title for _role, _position, title in ranked] == [
        "党委书记", "党委副书记、镇长", "党委副书记", "党委委员", "党委委员",
    ]  # fmt: skip
