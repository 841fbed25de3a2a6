"""Which organization a word means, without a file around it."""

import pytest

from pingyi.rosters.rules.places import SHOWN, Place, Places

COUNTY = [
    Place("A", "青石镇党委"),
    Place("A1", "柳湾村党支部", "A"),
    Place("B", "白水镇党委"),
    Place("B1", "柳湾村党支部", "B"),
    Place("C1", "石桥村党支部", "A"),
]


def meant(text: str, **chosen: str) -> list[str]:
    return [place.code for place in Places(COUNTY, chosen).meant(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A1", ["A1"]),
        ("a1", ["A1"]),
        ("石桥村党支部", ["C1"]),
        ("中共石桥村支部委员会", ["C1"]),
        ("石桥村", ["C1"]),
        ("石桥支部", ["C1"]),
        ("青石镇石桥村支部", ["C1"]),
        ("石桥村党总支", []),
        ("青石镇石桥村党总支", []),
        ("柳湾村党支部", ["A1", "B1"]),
        ("白水镇柳湾村党支部", ["B1"]),
        ("村", []),
    ],
)
def test_a_word_means_every_organization_it_can_mean(text: str, codes: list[str]) -> None:
    assert meant(text) == codes


def test_of_many_the_most_alike_are_offered() -> None:
    many = [Place(f"D{number:02d}", f"第{number}党支部") for number in range(SHOWN)]
    few = Places(COUNTY)
    assert few.likely("石桥") == COUNTY
    offered = Places([*many, *COUNTY]).likely("石乔村党支部")
    assert (offered[0].code, len(offered)) == ("C1", SHOWN)


def test_a_short_name_means_a_place_whose_name_says_also_what_is_above() -> None:
    places = Places(
        [
            Place("T", "青石镇党委", None, "committee"),
            Place("V", "青石镇柳湾村党支部", "T", "branch"),
        ]
    )
    assert [place.code for place in places.meant("柳湾支部")] == ["V"]
    assert places.meant("柳湾社区支部") == []
    assert [place.code for place in places.meant("柳湾村委会支部")] == ["V"]
