"""Whom an urging reaches: somebody with an account, once a day."""

import pytest

from pingyi.notifications import permissions


@pytest.mark.parametrize(
    ("chosen", "with_account", "code"),
    [(0, 0, "nobody"), (2, 0, "no_accounts"), (2, 1, None), (1, 1, None)],
)
def test_somebody_who_can_sign_in_is_needed(
    chosen: int, with_account: int, code: str | None
) -> None:
    refusal = permissions.why_not_urge(chosen, with_account)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(("told", "code"), [(0, "urged_today"), (1, None)])
def test_once_a_day_is_enough(told: int, code: str | None) -> None:
    refusal = permissions.why_not_urge_again(told)
    assert (refusal.code if refusal else None) == code
