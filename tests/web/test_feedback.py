"""Where remarks about the program go stands at the foot of every page, as it was set."""

import pytest

from pingyi.accounts.models import User
from pingyi.campaigns.models import Round
from pingyi.config.environment import Feedback, WrongSetting, feedback
from tests.web.conftest import Ask


def test_it_is_a_link_or_words_on_every_page(
    at: Ask, office_user: User, first_round: Round, settings
) -> None:
    settings.FEEDBACK = feedback("X", env={"X": "mailto:office@pingyi.example"})
    for user, address in ((None, "/accounts/sign-in/"), (office_user, "/"), (office_user, "/no/")):
        page = at(user, address).content.decode()
        assert 'href="mailto:office@pingyi.example"' in page
        assert "意见反馈" in page
    settings.FEEDBACK = feedback("X", env={"X": "创先争优办 0730-2011628"})
    assert "意见反馈：创先争优办 0730-2011628" in at(office_user, "/").content.decode()
    settings.FEEDBACK = Feedback()
    assert "意见反馈" not in at(office_user, "/").content.decode()


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://x", "mailto:", "https://", "a\nb",
        "好" * 201, "https://x.example/ y",
    ],
)  # fmt: skip
def test_what_no_page_may_hold_is_refused(value: str) -> None:
    with pytest.raises(WrongSetting, match="X="):
        feedback("X", env={"X": value})


def test_links_and_words_are_told_apart() -> None:
    assert feedback("X", env={}) == Feedback()
    assert feedback("X", env={"X": " 电话：2011 "}) == Feedback(words="电话：2011")
    assert feedback("X", env={"X": "tel:0730-2011"}) == Feedback(address="tel:0730-2011")
