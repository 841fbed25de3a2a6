"""The code of an organization fits every address and file, however it comes in."""

import pytest
from django.core.exceptions import ValidationError

from pingyi.organizations.models import must_be_a_code
from pingyi.organizations.rules.codes import code_of, is_code


@pytest.mark.parametrize("code", ["T1", "0431-02", "a.b_c", "9" * 40])
def test_codes(code: str) -> None:
    assert is_code(code)
    must_be_a_code(code)


@pytest.mark.parametrize(
    "code",
    ["", "..", ".a", "-a", "0431/02", "a b", "a?b", "a#b", "a%2Fb", "a\\b", "甲1", "a\n", "9" * 41],
)
def test_what_is_no_code(code: str) -> None:
    assert not is_code(code)
    with pytest.raises(ValidationError):
        must_be_a_code(code)


@pytest.mark.parametrize(
    ("typed", "kept"), [("Ｔ０１－２", "T01-2"), (" 04 31\u3000—02 ", "0431-02"), ("x", "x")]
)
def test_what_people_type_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert code_of(typed) == kept
