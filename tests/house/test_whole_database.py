"""The comparison of all rows sees what it is to see."""

from django.db import transaction
from django.test import Client

from pingyi.accounts.models import User
from tests.house.every_address import client_of
from tests.house.whole_database import Watch


def test_a_row_that_was_changed_is_seen_once(clerk_user: User) -> None:
    watch = Watch()
    assert watch.changed() == set()
    User.objects.filter(pk=clerk_user.pk).update(name="别人")
    assert watch.changed() == {"accounts_user"}
    assert watch.changed() == set()


def test_what_was_rolled_back_is_no_change(clerk_user: User) -> None:
    watch = Watch()
    with transaction.atomic():
        User.objects.filter(pk=clerk_user.pk).update(name="别人")
        transaction.set_rollback(True)
    assert watch.changed() == set()


def test_a_session_is_no_change(clerk_user: User) -> None:
    watch = Watch()
    client: Client = client_of(clerk_user)
    client.get("/accounts/me/")
    assert watch.changed() <= {"accounts_user"}
