"""RESULT: every reason has its meaning, and nothing else can be said."""

from typing import get_args

import pytest
from pydantic import ValidationError

from pingyi.paper.omr import result
from pingyi.paper.omr.acceptance import Reason
from pingyi.paper.omr.readings import Rejection
from pingyi.paper.omr.result import ITEM_REASONS, PAGE_REASONS, PageResult, Result


def test_every_reason_of_a_page_has_a_meaning_and_no_other_has() -> None:
    kinds = (Rejection, result.FileRejection, result.Duplication)
    assert set(PAGE_REASONS) == {reason for kind in kinds for reason in get_args(kind)}


def test_every_reason_of_an_item_has_a_meaning_and_no_other_has() -> None:
    assert set(ITEM_REASONS) == set(get_args(Reason))


def test_a_page_has_the_keys_that_others_rely_on() -> None:
    keys = {"file", "page", "status", "reason", "ballot", "layout", "k", "of", "rotation",
            "quality", "items"}  # fmt: skip
    assert keys <= set(PageResult.model_fields)
    assert {"version", "pages"} <= set(Result.model_fields)
    item = set(result.ItemResult.model_fields)
    assert item == {"item", "row", "marked", "state", "reason", "crop"}


def test_a_reason_that_is_not_on_the_list_cannot_be_written() -> None:
    with pytest.raises(ValidationError, match="reason"):
        PageResult(file="a", page=1, status="rejected", reason="odd")  # type: ignore[arg-type]


def test_what_is_written_can_be_read_back() -> None:
    page = PageResult(file="东/a.jpg", page=1, status="rejected", reason="blank_page")
    whole = Result(pages=[page], incomplete=[])
    assert Result.model_validate_json(whole.model_dump_json(indent=1)) == whole
