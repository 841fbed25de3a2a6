"""Two records of one person become one, and two again (ADR 0026)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pingyi.accounts.operations import move_account
from pingyi.accounts.queries import Actor
from pingyi.core.clock import day_of
from pingyi.core.refusals import refuse
from pingyi.ledger.operations import Rows, lines_last
from pingyi.organizations.models import Charge, Membership, Person, PersonMerge, Post
from pingyi.organizations.queries import register_locked
from pingyi.organizations.rules.spans import Span
from pingyi.register import permissions
from pingyi.register.enums import LedgerKind
from pingyi.register.operations.people import put_in_order
from pingyi.register.operations.record import save_checked, write_line

Dated = Membership | Post | Charge
# What somebody has once at a time: one membership, a post at a place, the charge of a place.
ONCE: Mapping[str, tuple[type[Dated], tuple[str, ...]]] = {
    "memberships": (Membership, ()),
    "posts": (Post, ("organization_id", "title")),
    "charges": (Charge, ("organization_id",)),
}
VALUES = ("name", "gender", "born_on", "joined_on")
IDENTITY = "identity"
MEMBERSHIP = "membership"


@transaction.atomic
@lines_last()
def merge_people(
    *, kept: Person, other: Person, taking: Collection[str], reason: str, by: Actor, now: datetime
) -> Person:
    """Let what stands under another record of the same person stand under the kept one.

    `taking` names what is to be as the other record says: VALUES, IDENTITY, MEMBERSHIP (whose
    memberships hold on days on which both are members). What the kept one lacks it takes anyway.
    What campaigns have frozen stays under the record that they froze.
    """
    register_locked()
    kept, other = _as_it_is(kept), _as_it_is(other)
    refuse(permissions.why_not_merge_people(by, kept, other, now))
    moved: dict[str, Any] = {"into": kept.pk, **_take_values(kept, other, taking)}
    for name in ONCE:
        yields = kept if name == MEMBERSHIP + "s" and MEMBERSHIP in taking else other
        moved[name] = list(_bring_together(name, kept, other, yields))
    moved["led"] = list(other.merged.order_by("pk").values_list("pk", flat=True))
    other.merged.update(merged_into=kept)
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    moved["account"] = move_account(person=other, to=kept, by=by, now=now)
    merge = PersonMerge(person=other, reason=reason.strip(), on=day_of(now), moved=moved)
    save_checked(merge)
    body = {"merged": other.pk, "taken": sorted(taking), "reason": merge.reason}
    rows = _touched(other, moved)
    write_line(LedgerKind.PEOPLE_MERGED, kept, body, by, now, rows=rows)
    return kept


@transaction.atomic
@lines_last()
def separate_people(*, person: Person, reason: str, by: Actor, now: datetime) -> Person:
    """Undo a merge: what it moved goes back to `person`, the record that was merged.

    What was done since stays with the other one. Refuses while the record into which it was merged
    is merged itself, and where a membership would stand twice.
    """
    register_locked()
    other = _as_it_is(person)
    refuse(permissions.why_not_separate(by, other, now))
    kept, merge = other.merged_into, other.merge
    assert kept is not None  # noqa: S101  asked above
    moved = merge.moved
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    for name in ONCE:
        _put_back(name, moved[name], kept)
    _give_values_back(kept, other, moved)
    Person.objects.filter(pk__in=moved["led"], merged_into=kept).update(merged_into=other)
    if moved["account"] is not None:
        move_account(person=kept, to=other, by=by, now=now, only=moved["account"])
    merge.delete()
    body = {"separated": other.pk, "reason": reason.strip()}
    rows = _touched(other, moved)
    write_line(LedgerKind.PEOPLE_SEPARATED, kept, body, by, now, rows=rows)
    return other


def _as_it_is(person: Person) -> Person:
    return Person.objects.select_related("merged_into").get(pk=person.pk)


def _touched(other: Person, moved: Mapping[str, Any]) -> Iterator[Rows]:
    """The rows that a merge moved, changed, made or left out, the other record and those it led on,
    and the row of the merge."""
    yield Rows(PersonMerge, [other.pk])
    for name, (model, _once) in ONCE.items():
        yield Rows(model, [row["id"] for pair in moved[name] for row in pair if row])
    yield Rows(Person, [other.pk, moved["into"], *moved["led"]])


def _take_values(kept: Person, other: Person, taking: Collection[str]) -> dict[str, Any]:
    """Change the kept record as was chosen; gives each value before and after.

    Two identity numbers change their places, so that both lead to the person.
    """
    values = {}
    for name in VALUES:
        before, said = getattr(kept, name), getattr(other, name)
        if said and said != before and (name in taking or not before):
            setattr(kept, name, said)
            values[name] = [_plain(before), _plain(said)]
    put_in_order(kept)
    swaps = bool(other.identity_hash) and (IDENTITY in taking or not kept.identity_hash)
    if swaps:
        _swap_identity(kept, other)
    save_checked(kept)
    return {"values": values, "numbers": [kept.identity_hash, other.identity_hash] * swaps}


def _swap_identity(one: Person, other: Person) -> None:
    mine, theirs = _identity(one), _identity(other)
    # No two people have one number, not even for a moment.
    Person.objects.filter(pk__in=[one.pk, other.pk]).update(identity_hash=None)
    for person, (hashed, last4) in ((one, theirs), (other, mine)):
        person.identity_hash, person.identity_last4 = hashed, last4
        person.save(update_fields=["identity_hash", "identity_last4"])


def _identity(person: Person) -> tuple[str | None, str]:
    return person.identity_hash, person.identity_last4


def _give_values_back(kept: Person, other: Person, moved: Mapping[str, Any]) -> None:
    """Values are put back where they are as the merge left them."""
    fields = {field.attname: field for field in Person._meta.concrete_fields}
    for name, (before, after) in moved["values"].items():
        if _plain(getattr(kept, name)) == after:
            setattr(kept, name, fields[name].to_python(before))
    put_in_order(kept)
    save_checked(kept)
    if moved["numbers"] and moved["numbers"] == [kept.identity_hash, other.identity_hash]:
        _swap_identity(kept, other)


def _bring_together(
    name: str, kept: Person, other: Person, yields: Person
) -> Iterator[list[dict[str, Any] | None]]:
    """Put rows of both under the kept record; on days on which both have one, the rows of whom
    `yields` give way. Gives how each changed row was, and how it is: None where there is none."""
    model, once = ONCE[name]
    found = model._default_manager.filter(person__in=[kept, other]).order_by("valid_from", "pk")
    taken = defaultdict(list)
    for row in found.exclude(person=yields):
        taken[_once(row, once)].append(Span(row.valid_from, row.valid_to))
    for row in found.filter(person=yields):
        was = _said(row)
        left = Span(row.valid_from, row.valid_to).without(taken[_once(row, once)])
        if not left:
            row.delete()
            yield [was, None]
            continue
        row.person, row.valid_from, row.valid_to = kept, left[0].valid_from, left[0].valid_to
        if (now := _said(row)) != was:
            save_checked(row)
            yield [was, now]
        for span in left[1:]:
            days = {"valid_from": span.valid_from, "valid_to": span.valid_to}
            more = model(**{**_columns(row), **days, "id": None})
            save_checked(more)
            yield [None, _said(more)]
    for row in found.exclude(person=kept):
        was = _said(row)
        row.person = kept
        save_checked(row)
        yield [was, _said(row)]


def _put_back(name: str, moved: Iterable[list[dict[str, Any] | None]], kept: Person) -> None:
    """Rows as they were before a merge; those that were changed since change only their person."""
    model, _once = ONCE[name]
    # Those of the other record first: nobody is a member twice, not even for a moment.
    for was, now in sorted(moved, key=lambda pair: (pair[0] or {}).get("person_id") == kept.pk):
        row = model._default_manager.filter(pk=(was or now or {})["id"]).first()
        if was is None:
            if row is not None and _said(row) == now:
                row.delete()
        elif row is None and now is None:
            save_checked(_as_said(model(), was))
        elif row is not None and row.person_id == kept.pk:
            back = was if _said(row) == now else {"person_id": was["person_id"]}
            save_checked(_as_said(row, back))


def _once(row: Dated, columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _columns(row: Dated) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _said(row: Dated) -> dict[str, Any]:
    return {name: _plain(value) for name, value in _columns(row).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _as_said(row: Dated, said: Mapping[str, Any]) -> Dated:
    """The row as was kept of it; it does not outlive an organization closed meanwhile."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in said.items():
        setattr(row, name, fields[name].to_python(value))
    closed = row.organization.valid_to
    if closed is not None and closed > row.valid_from:
        row.valid_to = min(closed, row.valid_to or closed)
    return row
