"""Since when, and until when, something was so in every one of several boxes."""

from datetime import UTC, datetime

import pytest

from pingyi.appraisals.rules.together import Stretch, together


def at(hour: int) -> datetime:
    return datetime(2011, 6, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("boxes", "found"),
    [
        ([], []),
        ([[(at(1), None)]], [(at(1), None)]),
        ([[(at(1), None)], []], []),
        ([[(at(1), None)], [(at(3), None)]], [(at(3), None)]),
        ([[(at(1), at(5))], [(at(3), None)]], [(at(3), at(5))]),
        ([[(at(1), at(5))], [(at(3), at(4))]], [(at(3), at(4))]),
        # At the moment when one is signed the other was opened again.
        ([[(at(1), at(3))], [(at(3), None)]], []),
        ([[(at(1), at(3)), (at(5), None)], [(at(2), None)]], [(at(2), at(3)), (at(5), None)]),
    ],
)
def test_all_boxes_were_signed_at_once(boxes: list[list[Stretch]], found: list[Stretch]) -> None:
    assert together(boxes) == found
