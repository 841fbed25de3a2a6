"""Search, sort and page of a list."""

from dataclasses import dataclass

import pytest
from django.db.models import QuerySet
from django.test import RequestFactory
from django.utils import timezone

from pingyi.accounts.models import User
from pingyi.ui.lists import InTurn, list_page, ordered

SORTS = {"name": "name", "sign-in": ("name", "-username")}


def get(address: str = "/"):
    return RequestFactory().get(address)


@pytest.fixture
def users(db):
    names = [("c", "Li"), ("a", "Wang"), ("b", "Li"), ("d", "张")]
    User.objects.bulk_create(
        User(username=username, name=name, created_at=timezone.now()) for username, name in names
    )
    return User.objects.all()


def usernames(listed):
    return [user.username for user in listed.page]


def test_the_default_sort_holds_where_the_address_says_nothing(users):
    listed = list_page(get(), users, sorts=SORTS, default="name")
    assert (listed.sort, listed.q, listed.total) == ("name", "", 4)
    assert usernames(listed)[:2] == ["c", "b"], "ties keep the order of their primary keys"


def test_a_minus_turns_every_field_round(users):
    listed = list_page(
        get("/?sort=-sign-in&q=li"), users, search=("name",), sorts=SORTS, default="name"
    )
    assert usernames(listed) == ["b", "c"]
    forward = list_page(
        get("/?sort=sign-in&q=li"), users, search=("name",), sorts=SORTS, default="name"
    )
    assert usernames(forward) == ["c", "b"]


@pytest.mark.parametrize("asked", ["password", "-password", "", "name;"])
def test_an_unknown_sort_falls_back(users, asked):
    assert list_page(get(f"/?sort={asked}"), users, sorts=SORTS, default="-name").sort == "-name"


def test_a_default_that_is_no_sort_is_a_mistake_of_the_programmer(users):
    with pytest.raises(ValueError, match="'age' is not one of name, sign-in"):
        list_page(get(), users, sorts=SORTS, default="age")


def test_any_of_the_fields_may_hold_what_is_searched_for(users):
    both = list_page(get("/?q=A"), users, search=("name", "username"), sorts=SORTS, default="name")
    assert usernames(both) == ["a"]
    assert (
        list_page(get("/?q=%20张 "), users, search=("name",), sorts=SORTS, default="name").total
        == 1
    )


def test_nothing_is_searched_where_no_field_is_named(users):
    assert list_page(get("/?q=zzz"), users, sorts=SORTS, default="name").total == 4


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 2), ("x", 1), ("0", 2), ("", 1)])
def test_a_wrong_page_falls_back(users, asked, number):
    listed = list_page(get(f"/?page={asked}"), users, sorts=SORTS, default="name", per_page=3)
    assert listed.page.number == number


@dataclass(frozen=True)
class Apart:
    """Those without a value are read for themselves."""

    users: QuerySet[User]

    def asked_for(self, q, order):
        rows = ordered(self.users, (), q, order)
        return InTurn(rows.filter(last_login__isnull=False), rows.filter(last_login=None))


@pytest.mark.parametrize("asked", ["seen", "-seen"])
@pytest.mark.parametrize("per_page", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("how", [lambda users: users, Apart], ids=["together", "apart"])
def test_the_pages_together_are_the_whole_list_in_its_order(users, asked, per_page, how):
    """The later half is read from the end; ties and rows without a value stay where they were."""
    users.filter(username__in="ca").update(last_login=timezone.now())
    plain = list(users.order_by("pk"))
    whole = list_page(get(f"/?sort={asked}"), plain, sorts={"seen": "last_login"}, default="seen")
    pages = [
        list_page(
            get(f"/?sort={asked}&page={number}"),
            how(users),
            sorts={"seen": "last_login"},
            default="seen",
            per_page=per_page,
        )
        for number in range(1, -(-4 // per_page) + 1)
    ]
    assert [name for listed in pages for name in usernames(listed)] == usernames(whole)
    assert usernames(whole)[2:] == ["b", "d"], "never signed in: last, either way"


def test_rows_in_turn_are_one_sequence(users, django_assert_num_queries):
    by_name = users.order_by("username")
    rows = InTurn(by_name.filter(name="Li"), by_name.filter(name="x"), by_name.exclude(name="Li"))
    assert [user.username for user in rows] == ["b", "c", "a", "d"]
    assert (rows[-1].username, rows[1].username, len(rows)) == ("d", "c", 4)
    with pytest.raises(IndexError):
        rows[4]
    with django_assert_num_queries(1):
        assert [user.username for user in rows[2:]] == ["a", "d"], "only where they are"


def test_a_list_costs_two_queries_however_long_it_is(users, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(list_page(get(), users, sorts=SORTS, default="name").page)


@pytest.mark.parametrize("few", [0, 1, 2, 500])
@pytest.mark.parametrize(("page", "found"), [(1, ["b"]), (2, ["c"])])
def test_a_search_finds_the_same_however_many_there_are(
    users, few, page, found, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pingyi.core.lookups.FEW_FOUND", few)
    listed = list_page(
        get(f"/?q=li&sort=-sign-in&page={page}"),
        users,
        search=("name",),
        sorts={**SORTS, "sign-in": "-username"},
        default="name",
        per_page=1,
    )
    assert (usernames(listed), listed.total) == (found, 2)


def test_of_few_that_are_found_all_others_are_read_through_once(users, django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        list(list_page(get("/?q=li"), users, search=("name",), sorts=SORTS, default="name").page)
    by_key = ['"id" IN (' in query["sql"] for query in asked]
    assert by_key == [False, True, True]


@dataclass(frozen=True)
class Unit:
    name: str
    missing: int | None


UNITS = [Unit("东坪镇", 2), Unit("仙溪镇", None), Unit("梅城镇", 7), Unit("小淹镇", 2)]
UNIT_SORTS = {"missing": "missing", "name": "name", "both": ("-missing", "name")}


def names(address, default="missing"):
    listed = list_page(get(address), UNITS, search=("name",), sorts=UNIT_SORTS, default=default)
    return [unit.name for unit in listed.page]


def test_plain_lists_sort_stably_with_the_unknown_last():
    assert names("/") == ["东坪镇", "小淹镇", "梅城镇", "仙溪镇"]
    assert names("/?sort=-missing") == ["梅城镇", "东坪镇", "小淹镇", "仙溪镇"]


def test_a_field_may_run_against_its_key():
    assert names("/?sort=both")[0] == "梅城镇"
    assert names("/?sort=-both")[:2] == ["小淹镇", "东坪镇"]


def test_plain_lists_are_searched_by_attribute():
    assert names("/?q=仙") == ["仙溪镇"]
