"""Sectors and leader categories are named exactly as the columns of the annexes."""

import json
from pathlib import Path

import pytest

from pingyi.organizations.queries import post_categories, sectors

GOLDEN = Path(__file__).parent.parent / "fixtures" / "annexes.golden.json"


@pytest.fixture
def golden() -> dict:
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_sectors_are_the_columns_of_annexes_2_and_3(db: None, golden: dict) -> None:
    names = [sector.name for sector in sectors()]
    assert names == golden["annex2"]["columns"] == golden["annex3"]["columns"]


@pytest.mark.parametrize(
    ("role", "block"), [("secretary", "secretaries"), ("leader", "leading_group_members")]
)
def test_categories_are_the_columns_of_annex_1(
    db: None, golden: dict, role: str, block: str
) -> None:
    names = [category.name for category in post_categories() if category.role == role]
    assert names == golden["annex1"][block]["columns"]
