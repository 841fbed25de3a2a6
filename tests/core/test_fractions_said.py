"""Shares in words."""

import pytest

from pingyi.core.fractions import share_text


@pytest.mark.parametrize(
    ("kept", "said"),
    [("3/5", "60%"), ("1/3", "1/3"), ("60%", "60%"), ("1", "100%"), ("1/200", "1/200"), ("", "")],
)
def test_a_share_is_said_as_people_say_it(kept: str, said: str) -> None:
    assert share_text(kept) == said
