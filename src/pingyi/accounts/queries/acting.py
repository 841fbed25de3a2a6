"""Who does something with an account, beside reading; who holds a right where."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Prefetch

from pingyi.accounts.enums import Right
from pingyi.accounts.models import Grant, User
from pingyi.accounts.queries.accounts import OPEN
from pingyi.core.lookups import Among
from pingyi.core.pieces import in_parts

AT_ONCE = 200


def who_act(people: Collection[int] = ()) -> Iterator[User]:
    """Everybody who may sign in and has another role than that of a member, or is one of these
    people of the register; with their open grants. Two queries, and two for 200 of them.
    """
    open_ = Grant.objects.filter(ended_at=None)
    acting = open_.filter(role__in=Right.READ_PEOPLE.roles).order_by()
    keys = set(acting.values_list("user_id", flat=True).distinct())
    keys |= set(User.objects.filter(Among("person_id", people)).values_list("pk", flat=True))
    grants = Prefetch("grants", queryset=open_.select_related("organization"), to_attr=OPEN)
    for some in in_parts(sorted(keys), AT_ONCE):
        yield from User.objects.filter(pk__in=some, is_active=True).prefetch_related(grants)


def accounts_of(people: Collection[int]) -> dict[int, int]:
    """Keys of the accounts of these people of the register that can sign in. One query."""
    users = User.objects.filter(Among("person_id", people), is_active=True).order_by()
    return {person: pk for person, pk in users.values_list("person_id", "pk") if person}


def holders_at(right: Right, organizations: Collection[int]) -> dict[int, list[User]]:
    """Who holds a right by a role at one of these organizations itself. One query."""
    grants = Grant.objects.filter(
        Among("organization_id", organizations),
        ended_at=None,
        role__in=right.roles,
        user__is_active=True,
    )
    found: dict[int, list[User]] = defaultdict(list)
    for grant in grants.select_related("user").order_by("pk"):
        if grant.user not in found[grant.organization_id]:
            found[grant.organization_id].append(grant.user)
    return found


def holders(right: Right) -> dict[int, set[int]]:
    """Keys of the accounts that hold a right, by the organization of their role. One query."""
    grants = Grant.objects.filter(
        ended_at=None, role__in=right.roles, user__is_active=True
    ).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for organization_id, user_id in grants.values_list("organization_id", "user_id"):
        found[organization_id].add(user_id)
    return found
