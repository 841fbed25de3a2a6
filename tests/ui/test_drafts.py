"""Drafts of one form on several pages: none overwrites another, each goes with its own deed."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from pingyi.accounts.models import User
from pingyi.ui import drafts
from pingyi.ui.models import Draft
from tests.cast import NOW

ADDRESS = "/here/"


def sent(page: str, text: str, **more: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update({"draft": page, "text": text, "csrfmiddlewaretoken": "secret", **more})
    return found


def keep(user: User, page: str, text: str, **more: str) -> Draft | None:
    typed = sent(page, text, **more)
    return drafts.keep_typed(account=user.pk, address=ADDRESS, sent=typed, now=NOW)


def texts() -> list[str]:
    return sorted(draft.typed["text"][0] for draft in Draft.objects.all())


def test_each_page_keeps_its_own(member_user: User) -> None:
    one, two = (drafts.new_page(member_user.pk) for _ in range(2))
    keep(member_user, one, "on the phone")
    keep(member_user, two, "at the desk")
    keep(member_user, two, "at the desk, longer", draft_number="1")
    assert texts() == ["at the desk, longer", "on the phone"]
    assert all("csrfmiddlewaretoken" not in draft.typed for draft in Draft.objects.all())


def test_a_saving_that_was_overtaken_on_its_way_counts_no_more(member_user: User) -> None:
    page = drafts.new_page(member_user.pk)
    keep(member_user, page, "newer", draft_number="2")
    keep(member_user, page, "older", draft_number="1")
    assert texts() == ["newer"]


def test_a_page_takes_the_place_of_the_draft_it_began_from(member_user: User) -> None:
    one, two, three = (drafts.new_page(member_user.pk) for _ in range(3))
    keep(member_user, one, "begun", draft_number="1")
    keep(member_user, two, "gone on", draft_from=f"{one}@1")
    assert texts() == ["gone on"]
    keep(member_user, one, "gone on at the first device too", draft_number="2")
    keep(member_user, three, "from what the first had before", draft_from=f"{one}@1")
    assert len(texts()) == 3


def test_what_is_too_long_is_not_kept_in_part(member_user: User) -> None:
    page = drafts.new_page(member_user.pk)
    assert keep(member_user, page, "长" * (drafts.LONGEST + 1)) is None
    assert texts() == []


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "{}", '{"address": "/", "sent": []}', '{"address": 1, "sent": {"a": 1}}'],
)
def test_what_was_not_carried_by_us_is_nothing(member_user: User, text: str) -> None:
    assert not drafts.keep_carried(account=member_user.pk, text=text, now=NOW)


def test_a_page_of_another_account_is_not_taken(member_user: User, clerk_user: User) -> None:
    page = drafts.new_page(clerk_user.pk)
    assert drafts.is_page_of(clerk_user.pk, page)
    assert not drafts.is_page_of(member_user.pk, page)
    assert not drafts.is_page_of(member_user.pk, page.partition("-")[0])


def test_what_is_done_is_gone_after_a_day(member_user: User) -> None:
    keep(member_user, drafts.new_page(member_user.pk), "done")
    Draft.objects.update(is_done=True)
    assert drafts.forget(NOW + timedelta(hours=23)) == 0
    assert drafts.forget(NOW + timedelta(hours=25)) == 1


def test_after_a_month_nobody_goes_on(member_user: User) -> None:
    keep(member_user, drafts.new_page(member_user.pk), "old")
    assert drafts.forget(NOW + timedelta(days=29)) == 0
    assert drafts.forget(NOW + timedelta(days=31)) == 1
