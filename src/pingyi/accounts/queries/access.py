"""Reads of the access log, and whether the database keeps it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pingyi.accounts.enums import AccessKind, Right
from pingyi.accounts.models import Access, User
from pingyi.accounts.queries.accounts import tell_accounts_apart, tops, users_visible_to
from pingyi.core.refusals import Refusal
from pingyi.ledger.queries import missing_triggers
from pingyi.organizations import queries as ground

AT_ONCE = 1000
# What a text is looked for in.
SEARCHED = ("account__username", "account__name", "told", "address")
TRIGGERS = {
    "sqlite": {
        "access_is_never_changed",
        "access_is_kept_half_a_year",
        "access_is_never_replaced",
    },
    "postgresql": {"access_is_never_changed", "access_is_never_emptied"},
}


def access_visible_to(actor: User, on: date, kind: str = "") -> QuerySet[Access]:
    """The lines about accounts that the office sees; about names that nobody has only where all of
    the tree is in sight. Nothing for everybody else.
    """
    offices = tops(actor, Right.MANAGE_ACCOUNTS)
    lines = Access.objects.select_related("account", "done_by")
    if kind in AccessKind.values:
        lines = lines.filter(kind=kind)
    if not offices:
        return lines.none()
    if ground.hold_all(offices, on):
        return lines
    return lines.filter(account__in=users_visible_to(actor, on).prefetch_related(None).values("pk"))


def with_page(lines: Iterable[Access], actor: User, on: date) -> set[int]:
    """The accounts of these lines that have a page for the actor: others are not managed there.

    One query.
    """
    keys = {line.account_id for line in lines if line.account_id is not None}
    seen = users_visible_to(actor, on).prefetch_related(None).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


def told_apart(lines: Iterable[Access], on: date) -> Iterator[Access]:
    """The same lines; their accounts bear what tells their people apart from namesakes (ADR 0022).

    However many there are, so many are held at a time.
    """
    rest = iter(lines)
    while some := list(islice(rest, AT_ONCE)):
        tell_accounts_apart([line.account for line in some if line.account], on)
        yield from some


def why_access_is_not_sealed() -> Refusal | None:
    """Why lines of the access log could be changed or removed without anybody being refused."""
    missing = missing_triggers(Access._meta.db_table, TRIGGERS[connection.vendor])
    if not missing:
        return None
    return Refusal(
        _("Triggers that keep the access log from being changed are missing: %(names)s.")
        % {"names": ", ".join(missing)},
        code="not_sealed",
    )
