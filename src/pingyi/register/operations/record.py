"""What every deed of the register has in common: dated rows, checked rows, the ledger line."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import Actor, signature
from pingyi.core.refusals import Refusal, refuse
from pingyi.ledger import operations as ledger
from pingyi.organizations.models import (
    Affiliation,
    Charge,
    Membership,
    Organization,
    Person,
    Post,
    Succession,
)
from pingyi.organizations.queries import register_held, still_after
from pingyi.organizations.rules.spans import Span
from pingyi.register.enums import LedgerKind
from pingyi.register.permissions import why_merged

Dated = TypeVar("Dated", Affiliation, Membership, Post, Charge)


def write_line(
    kind: LedgerKind,
    subject: Organization | Person,
    body: Mapping[str, object],
    by: Actor,
    now: datetime,
    *,
    rows: Iterable[ledger.Rows] = (),
) -> None:
    """One ledger line about an organization (by code) or a person (by number, never by name).

    It leaves the organization with its places and where it came from, or the person with all their
    memberships, posts and charges, as they are now; `rows` are what else the deed touched.
    """
    if isinstance(subject, Organization):
        named = f"organization:{subject.code}"
        own = [
            ledger.Rows(Affiliation, [subject.pk], by="organization_id"),
            ledger.Rows(Succession, [subject.pk], by="successor_id"),
        ]
    else:
        named = f"person:{subject.pk}"
        own = [
            ledger.Rows(model, [subject.pk], by="person_id") for model in (Membership, Post, Charge)
        ]
    ledger.append(
        kind=kind,
        subject=named,
        body=body,
        rows=[subject, *own, *rows],
        by=signature(by),
        now=now,
    )


def rows_of(rows: QuerySet[Any]) -> ledger.Rows:
    """Rows by their keys, which are read now: before a deed where it may remove some."""
    return ledger.Rows(rows.model, list(rows.values_list("pk", flat=True)))


def rows_at(organization: Organization) -> list[ledger.Rows]:
    """Everything that stands at an organization: its people's rows and the places below it."""
    return [
        rows_of(organization.memberships.all()),
        rows_of(organization.posts.all()),
        rows_of(organization.charges.all()),
        rows_of(organization.child_affiliations.all()),
    ]


def save_checked(row: Model) -> None:
    """Save a row that keeps all its promises; refuses with every broken one at once."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), code="invalid") from None
    row.save()


def locked_person(person: Person) -> Person:
    """The row as it is now, locked until the deed is done: whoever changes a person waits here.

    Refuses a record that was merged into another one.
    """
    register_held()
    found = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    refuse(why_merged(found))
    return found


def must_exist(organization: Organization, on: date) -> None:
    """Refuses a day before the organization began, and a closed organization."""
    if on < organization.valid_from:
        raise Refusal(
            _("{name} exists only from {day}. Choose that day or a later one.").format(
                name=organization.name, day=date_format(organization.valid_from)
            ),
            code="not_yet",
        )
    if organization.valid_to is not None:
        raise Refusal(
            _("{name} is closed from {day}.").format(
                name=organization.name, day=date_format(organization.valid_to)
            ),
            code="closed",
        )


def row_on(rows: QuerySet[Dated], on: date, *, missing: str) -> Dated:
    """The row that holds on that day and is the last one; refuses where there is none such."""
    ahead = rows.filter(valid_from__gt=on).order_by("valid_from").first()
    if ahead is not None:
        raise Refusal(
            _("There is already an entry from {day}. Choose that day or a later one.").format(
                day=date_format(ahead.valid_from)
            ),
            code="later_entry",
        )
    found = rows.filter(still_after(on)).order_by("-valid_from").first()
    if found is None:
        raise Refusal(missing, code="nothing_to_change")
    return found


def continue_with(row: Dated, on: date, **changes: object) -> Dated:
    """Let a dated row go on from a day with changes; on its own first day it is corrected."""
    if row.valid_from == on:
        for name, value in changes.items():
            setattr(row, name, value)
        save_checked(row)
        return row
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    continuation = type(row)(**{**columns, "id": None, "valid_from": on})
    for name, value in changes.items():
        setattr(continuation, name, value)
    row.valid_to = on
    save_checked(row)
    save_checked(continuation)
    return continuation


def end_row(row: Dated, on: date) -> None:
    """End a dated row; refuses a day on which it has not yet begun or is already over."""
    if on <= row.valid_from:
        raise Refusal(
            _("This begins on {day}. Choose a later day as its end.").format(
                day=date_format(row.valid_from)
            ),
            code="ends_before_it_begins",
        )
    if not Span(row.valid_from, row.valid_to).covers(on):
        raise Refusal(_("This has already ended."), code="ended")
    row.valid_to = on
    row.save(update_fields=["valid_to"])


def end_all(rows: QuerySet[Dated], on: date) -> int:
    """End every row that still holds; those that would only begin later never come to hold."""
    rows.filter(valid_from__gte=on).delete()
    return rows.filter(still_after(on)).update(valid_to=on)


def carry_over(
    rows: QuerySet[Dated], into: Organization, on: date, *, once: tuple[str, ...] = ()
) -> list[Dated]:
    """Let dated rows go on at another organization from a day, with the end they have.

    Where `into` has a row that agrees in the columns `once`, none is added (a post held at both
    of two merged organizations is held once). Rows that begin later only change their place.
    """
    model = rows.model
    found = list(rows.filter(still_after(on)).select_for_update(no_key=True).order_by("id"))
    there = model.objects.filter(still_after(on), organization=into)
    taken = set(there.values_list(*once)) if once else set()
    ended: list[int] = []
    carried: list[Dated] = []
    for row in found:
        key = tuple(getattr(row, column) for column in once)
        if key in taken:
            continue
        if once:
            taken.add(key)
        row.organization = into
        if row.valid_from >= on:
            row.save(update_fields=["organization"])
            continue
        ended.append(row.pk)
        row.pk = None
        row.valid_from = on
        carried.append(row)
    model.objects.filter(pk__in=ended).update(valid_to=on)
    return model.objects.bulk_create(carried)
