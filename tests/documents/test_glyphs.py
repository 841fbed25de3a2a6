"""Characters without a font are known before anything is printed."""

import pytest

from pingyi.documents import glyphs


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", ""),
        ("买买提·艾力，“一年三件实事”——2011…", ""),
        ("张\U000f0000三\ue863\U000f0000", "\ue863\U000f0000"),
        ("\U000f0000", "\U000f0000"),
    ],
)
def test_what_lacks(text: str, lacking: str, embedded: None) -> None:
    assert glyphs.lacking(text) == lacking


def test_nothing_is_remarked_where_all_is_shown(embedded: None) -> None:
    assert glyphs.remark_on("张三") == ""
    assert "U+E863" in glyphs.remark_on("张\ue863")
