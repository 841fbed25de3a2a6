"""Identity numbers of before 1999."""

from pingyi.organizations.rules.identity import fault_of, of_18


def test_fifteen_digits_get_a_century_and_a_check_digit() -> None:
    assert of_18("430921700101001") == "43092119700101001X"
    assert fault_of(of_18("110105491231002")) is None
